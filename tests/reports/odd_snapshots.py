"""Snapshots that a paper must bear: nothing in it, a commune without data, hostile and long text."""

from __future__ import annotations

from dataclasses import replace

from reports.snapshot import Bucket, Snapshot
from tests.reports.snapshots import six_months

#: Each would be a formula, a tag, an entity or an error if it were taken for more than text.
HOSTILE = (
    "<script>alert(1)</script>",
    "A & B <b>đậm</b> &amp; “ngoặc”",
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\x00\x07\x0b\ufffeđiều khiển",
    "]]> <!-- -->",
)


def empty() -> Snapshot:
    """A quarter in which nothing was entered and that nothing comes before."""
    given = six_months()
    return replace(
        given,
        comparisons=(),
        communes=(),
        criteria=(),
        trend=(),
        reporting=(),
        written=(),
        indicators=(),
        recognised=(),
        targets=(),
        statutory=(),
        distribution=tuple(replace(one, count=0, communes=()) for one in given.distribution),
        sections=tuple(replace(one, text="") for one in given.sections),
        headline=replace(
            given.headline,
            communes=0,
            recognised=0,
            meeting_all=0,
            criteria_met=0,
            average=None,
            indicators=0,
            entered=0,
            verified=0,
            only_declared=0,
            verified_share=None,
            handed_in=0,
        ),
        poverty=replace(
            given.poverty, communes=0, poor_rate=None, near_poor_rate=None, poverty_rate=None
        ),
    )


def with_sections(text: str) -> Snapshot:
    given = six_months()
    return replace(given, sections=tuple(replace(one, text=text) for one in given.sections))


def without_text(key: str) -> Snapshot:
    given = six_months()
    return replace(
        given,
        sections=tuple(replace(one, text="") if one.key == key else one for one in given.sections),
    )


def with_text(text: str) -> Snapshot:
    """The text in a section, in a name and in a note."""
    given = six_months()
    first, *rest = given.communes
    row, *rows = given.statutory
    return replace(
        given,
        sections=tuple(replace(one, text=text) for one in given.sections),
        communes=(replace(first, short_name=text), *rest),
        statutory=(replace(row, note=text), *rows),
    )


def without_data() -> Snapshot:
    """The first commune has entered nothing."""
    given = six_months()
    first, *rest = given.communes
    blank = replace(
        first,
        met=0,
        change=None,
        won=(),
        lost=(),
        handed_in=False,
        recognised=False,
        cells=tuple(replace(one, verdict="missing", change="", met=0) for one in first.cells),
    )
    return replace(
        given, communes=(blank, *rest), distribution=with_a_silent(given, first.short_name)
    )


def with_a_silent(given: Snapshot, name: str) -> tuple[Bucket, ...]:
    """The groups, with one commune among those without data."""
    moved = []
    for one in given.distribution:
        names = tuple(other for other in one.communes if other != name)
        names = (*names, name) if not one.has_data else names
        moved.append(replace(one, count=len(names), communes=names))
    return tuple(moved)


def provisional() -> Snapshot:
    given = six_months()
    return replace(given, paper=replace(given.paper, provisional=True, demo=False))
