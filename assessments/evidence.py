"""The files behind rows, as pages show them: standing, carried from earlier quarters, expiring.

One query for any number of rows, whatever their communes and quarters.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q

from accounts.models import User
from assessments.files import PDF, PICTURES
from assessments.models import Basis, Evidence, IndicatorResult
from periods.models import ReportingPeriod

#: From the evidence over its commune to every assessment of it, and the row it stands behind there.
_OF_UNIT = "result__assessment__unit__assessments"
_BEHIND = f"{_OF_UNIT}__results"


class Validity(StrEnum):
    VALID = "valid"
    #: Valid for this quarter's figures, but no longer at the next quarter's cut-off.
    ENDING = "ending"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One file behind a row. ``carried_from`` is the quarter it was added in, where an earlier one."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    has_preview: bool
    document_number: str
    document_date: dt.date | None
    valid_until: dt.date | None
    validity: Validity
    uploaded_at: dt.datetime
    uploaded_by: str
    carried_from: ReportingPeriod | None
    version: str = ""

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES

    @property
    def is_pdf(self) -> bool:
        return self.media_type == PDF

    @property
    def counts(self) -> bool:
        """Whether it proves anything for this quarter's figures."""
        return self.validity is not Validity.EXPIRED


def evidence_by_result(
    result_ids: Iterable[int], user: User | None = None
) -> dict[int, list[EvidenceItem]]:
    """What stands behind each row, own files first; rows without any are left out.

    Behind a row kept unchanged stands also what was added to the same indicator of the same
    commune in the quarter in which its values were entered, and since. With ``user`` only rows
    that the person may see.
    """
    ids = list(result_ids)
    found: dict[int, list[EvidenceItem]] = {}
    if not ids:
        return found
    # Filtered before annotated: inner joins let the database begin at the rows that are asked for.
    rows = (
        Evidence.objects.standing()
        .filter(
            Q(result=F(_BEHIND))
            | Q(
                **{f"{_BEHIND}__basis": Basis.UNCHANGED},
                result__assessment__period__data_to__gte=F(f"{_BEHIND}__entered_in__data_to"),
                result__assessment__period__data_to__lt=F(f"{_OF_UNIT}__period__data_to"),
            ),
            **{f"{_BEHIND}__in": ids, f"{_BEHIND}__indicator": F("result__indicator")},
        )
        .annotate(behind=F(f"{_BEHIND}__pk"), behind_to=F(f"{_OF_UNIT}__period__data_to"))
    )
    if user is not None:
        rows = rows.filter(behind__in=IndicatorResult.objects.visible_to(user).values("pk"))
    rows = rows.select_related("result__assessment__period", "uploaded_by")
    for evidence in sorted(rows.order_by(), key=_place):
        found.setdefault(evidence.behind, []).append(_item(evidence))
    return found


def _place(evidence: Evidence) -> tuple:
    return (evidence.result_id != evidence.behind, evidence.uploaded_at, evidence.pk)


def _item(evidence: Evidence) -> EvidenceItem:
    carried = evidence.result_id != evidence.behind
    return EvidenceItem(
        id=evidence.pk,
        name=evidence.name,
        media_type=evidence.media_type,
        size=evidence.size,
        sha256=evidence.sha256,
        has_preview=bool(evidence.preview),
        document_number=evidence.document_number,
        document_date=evidence.document_date,
        valid_until=evidence.valid_until,
        validity=validity_of(evidence.valid_until, evidence.behind_to),
        uploaded_at=evidence.uploaded_at,
        uploaded_by=evidence.uploaded_by.display_name,
        carried_from=evidence.result.assessment.period if carried else None,
        version=evidence.version,
    )


def validity_of(valid_until: dt.date | None, data_to: dt.date) -> Validity:
    """Against the cut-off of the row's quarter and of the next one."""
    if valid_until is None:
        return Validity.VALID
    if valid_until < data_to:
        return Validity.EXPIRED
    return Validity.ENDING if valid_until < next_cut_off(data_to) else Validity.VALID


def next_cut_off(data_to: dt.date) -> dt.date:
    """The 14th, three months later (windows run from the 15th to the 14th)."""
    month = data_to.month + 3
    return data_to.replace(year=data_to.year + (month > 12), month=(month - 1) % 12 + 1)


def fingerprint_of(items: Iterable[EvidenceItem]) -> str:
    """Changes with every file added, described or removed."""
    text = "|".join(
        f"{i.id}:{i.document_number}:{i.document_date}:{i.valid_until}"
        for i in sorted(items, key=lambda item: item.id)
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
