"""What was written for the verifier alone is in no paper (decision 19)."""

import json

import pytest

from assessments.models import Comment, Event, Evidence, IndicatorResult
from periods.clock import now
from reports.building import build_snapshot
from reports.snapshot import to_json
from tests.reports import summary_stages as stages

pytestmark = pytest.mark.usefixtures("demonstration")
SECRET = "Chỉ để cán bộ thẩm định đọc"


@pytest.mark.parametrize(("kind", "period"), [("quarter", "2023-q1"), ("9_months", "2023-q3")])
def test_no_note_comment_evidence_or_return_gets_into_a_snapshot(kind, period):
    rows = IndicatorResult.objects.filter(assessment__period__slug=period)
    rows.update(note=SECRET)
    rows.filter(review="returned").update(review_reason=SECRET)
    Evidence.objects.filter(result__in=rows).update(name=SECRET, document_number=SECRET)
    Comment.objects.bulk_create(
        Comment(result=row, by=stages.coordinator(), at=now(), text=SECRET) for row in rows
    )
    returned = Event.objects.filter(result__in=rows, kind="returned")
    reasons = set(returned.values_list("reason", flat=True)) - {""}
    assert reasons or period == "2023-q1"

    snapshot = build_snapshot(stages.started(kind, period))
    said = json.dumps(to_json(snapshot), ensure_ascii=False)
    assert not [words for words in {SECRET, *reasons} if words in said]
    assert all(one.short_name in said for one in snapshot.communes)
