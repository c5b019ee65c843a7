"""A published summary and its correction, reached through the real actions."""

from reports import composing
from reports.models import SummaryIssue
from tests.reports import summary_stages as stages


def corrected(
    slug: str = "2023-q2", text: str = "Nguyên nhân đúng.", key: str = "causes"
) -> tuple[SummaryIssue, SummaryIssue]:
    first = SummaryIssue.objects.select_related("summary__period").get(summary__slug=slug)
    by, summary = stages.coordinator(), first.summary
    composing.begin_correction(by=by, summary=summary, reason="Nhầm nguyên nhân & số liệu.")
    stages.edit(stages.reread(summary), text, key=key)
    composing.hand_over(by=by, summary=summary)
    return first, stages.issue(stages.reread(summary))
