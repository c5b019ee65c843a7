"""An archive of years: many issues of one summary, for pages that must not grow with them."""

from reports.models import SummaryIssue


def corrected_often(times: int) -> None:
    """``times`` further issues of the published summary of 2023 Q2, without files."""
    first = SummaryIssue.objects.get(summary__slug="2023-q2")
    for edition in range(2, times + 2):
        SummaryIssue.objects.create(
            summary=first.summary,
            edition=edition,
            year=2023,
            serial=100 + edition,
            code=f"T-{edition}",
            snapshot={},
            snapshot_sha256="0" * 64,
            published_at=first.published_at,
            published_by=first.published_by,
            reason="Sửa",
        )
