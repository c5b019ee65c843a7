"""The life of an assessment as a drawing (Mermaid), made from the table in ``workflow``.

``docs/workflow.md`` holds it between two marks; a test compares, ``draw_workflow`` writes.
"""

from __future__ import annotations

from collections import defaultdict

from assessments.workflow import TRANSITIONS, Act

BEGIN, END = "<!-- drawn from assessments/workflow.py -->", "<!-- end of the drawing -->"

#: What each act is called in the drawing; who does it stands in the page's table.
ACTS = {
    Act.ENTER: "enter, correct",
    Act.SUBMIT: "send",
    Act.EXTEND: "lift the due date",
    Act.RETURN: "return a row",
    Act.WITHDRAW: "withdraw the last return",
    Act.VERIFY: "verify a row",
    Act.COMPLETE: "last row verified, or completed with a reason",
    Act.ACCEPT: "accept",
    Act.REOPEN: "reopen with a reason",
}


def mermaid() -> str:
    """A state diagram: one arrow for each pair of states, with the acts that lead along it."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (before, act), after in TRANSITIONS.items():
        arrows[before, after].append(ACTS[act])
    lines = ["stateDiagram-v2", "    [*] --> draft: quarter opened"]
    lines += [
        f"    {before} --> {after}: {', '.join(acts)}" for (before, after), acts in arrows.items()
    ]
    return "\n".join(lines)


def with_drawing(page: str) -> str:
    """The page with its drawing as the table gives it now."""
    head, _begin, rest = page.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n```mermaid\n{mermaid()}\n```\n\n{END}{tail}"
