"""What lists and pages call a summary, in the reader's language. The paper itself is Vietnamese."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from periods.models import ROMAN, ReportingPeriod
from reports import naming
from reports.models import SummaryKind


def title(kind: str, period: ReportingPeriod, on: dt.date | None = None) -> str:
    """In Vietnamese exactly ``naming.title``: "Báo cáo quý II năm 2023"."""
    year = {"year": period.year}
    match kind:
        case SummaryKind.SIX_MONTHS:
            return _("Report on the first 6 months of %(year)s") % year
        case SummaryKind.NINE_MONTHS:
            return _("Report on the first 9 months of %(year)s") % year
        case SummaryKind.TWELVE_MONTHS:
            return _("Report on the year %(year)s") % year
        case SummaryKind.ADHOC:
            return _("Ad hoc report as of %(date)s") % {"date": naming.day(on)}
        case _other:
            return _("Report on quarter %(quarter)s of %(year)s") % {
                "quarter": ROMAN[period.quarter],
                **year,
            }
