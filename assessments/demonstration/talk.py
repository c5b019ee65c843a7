"""What people of the demonstration wrote about single rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assessments.demonstration.people import People
from assessments.demonstration.sheets import FilledSheet
from assessments.demonstration.story import moment
from assessments.models import Comment
from communes.fixtures import read_fixture
from communes.models import Agency

COMMUNE = "commune"


def add_comments(
    folder: Path, sheets: Iterable[FilledSheet], agencies: Iterable[Agency], people: People
) -> list[Comment]:
    """Stored in the order in which they were written; the rows must be stored already."""
    node = read_fixture(folder / "comments.json")
    by_place = {(sheet.story.slug, sheet.unit.slug): sheet for sheet in sheets}
    by_slug = {agency.slug: people.by_agency.get(agency.pk) for agency in agencies}
    made = []
    for told in sorted(node.data["comments"], key=lambda one: one["at"]):
        sheet = by_place[told["quarter"], told["unit"]]
        by = people.by_unit[told["unit"]] if told["by"] == COMMUNE else by_slug[told["by"]]
        row = sheet.row(told["indicator"])
        made.append(Comment(result=row.result, by=by, at=moment(told["at"]), text=told["text"]))
    return Comment.objects.bulk_create(made)
