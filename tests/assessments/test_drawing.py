"""The drawing in the docs is the one that the table of states gives."""

from assessments.drawing import ACTS, mermaid, with_drawing
from assessments.workflow import TRANSITIONS, Act
from tests.house.source import ROOT


def test_the_committed_drawing_is_what_the_table_gives():
    page = (ROOT / "docs/workflow.md").read_text(encoding="utf-8")
    assert with_drawing(page) == page, "run manage.py draw_workflow"


def test_every_transition_is_drawn():
    drawn = mermaid()
    assert set(ACTS) == set(Act)
    for (before, act), after in TRANSITIONS.items():
        (arrow,) = [line for line in drawn.splitlines() if f" {before} --> {after}:" in line]
        assert ACTS[act] in arrow
