"""Saturdays that are worked for a day off beside a holiday: what the government swaps year by year.

The library of holidays knows some of them; what is listed here comes on top. ``memory`` means that
nobody has held the document against it yet: it is counted, and the page says that it is not
confirmed. Check it when the due dates of its year are set.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: As in the reference data: stated by the document that is named, or from memory.
DOCUMENT, MEMORY = "document", "memory"


@dataclass(frozen=True, slots=True)
class SwappedDay:
    off: dt.date
    worked: dt.date
    source: str
    certainty: str = MEMORY

    @property
    def is_confirmed(self) -> bool:
        return self.certainty == DOCUMENT


SWAPPED = (
    SwappedDay(dt.date(2024, 4, 29), dt.date(2024, 5, 4), "1570/VPCP-KGVX, 12/4/2024"),
    SwappedDay(dt.date(2025, 5, 2), dt.date(2025, 4, 26), "6150/TB-BLĐTBXH, 3/12/2024"),
    SwappedDay(dt.date(2026, 1, 2), dt.date(2026, 1, 10), "Bộ Nội vụ, 2025"),
    SwappedDay(dt.date(2026, 8, 31), dt.date(2026, 8, 22), "Bộ Nội vụ, 2025"),
)


def swapped_between(start: dt.date, end: dt.date) -> list[SwappedDay]:
    """Those of which a day lies in the span, both ends included."""
    return [one for one in SWAPPED if start <= one.off <= end or start <= one.worked <= end]
