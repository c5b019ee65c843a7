"""Evidence behind a row: added, described, removed. Whole, with its trace, or not at all.

The same people and the same locks as entering a value: an officer of the commune, while the row
can be changed. A row's ``version`` stays: adding a photo must not make what a colleague is typing
stale. What is confirmed before sending covers evidence through ``Sheet.fingerprint`` instead.
Errors: ``Refused``, ``NotAccepted``, ``InvalidRow`` (errors.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments import keeping, locking
from assessments.actions import refusal
from assessments.document_dates import date_errors
from assessments.errors import InvalidRow, NotAccepted, Refused, StaleDescription
from assessments.files import Inspected, check_name, clean_name, inspect
from assessments.models import (
    Assessment,
    Event,
    EventKind,
    Evidence,
    EvidenceQuerySet,
    IndicatorResult,
    ResultQuerySet,
)
from assessments.models.evidence import generated_name
from assessments.workflow import Act
from communes.texts import tidy
from periods.clock import now, today

#: Standing files behind one row.
FILES_A_ROW = 30
REASON_LIMIT, NUMBER_LIMIT = 2000, 80
FILE_FIELDS = ("file", "preview")


@dataclass(frozen=True, slots=True)
class Attached:
    """``created`` is False when this very file stood there already (a second press, a retry).

    ``elsewhere``: other rows of the same commune behind which the same file stands.
    """

    evidence: Evidence
    created: bool
    elsewhere: list[Evidence] = field(default_factory=list)


def attach(
    *, by: User, rows: ResultQuerySet, result_id: int, file: File, name: str, channel: str
) -> Attached:
    """Keep a file behind a row.

    The file is written before the transaction, so that nobody waits for a slow disk, and taken
    away again when the transaction fails, to its commit: it must be the outermost one.
    ``rows`` is the scope: a row outside it raises ``IndicatorResult.DoesNotExist``.
    """
    result = rows.select_related("assessment__unit", "assessment__period").get(pk=result_id)
    _allow(locking.read(result.assessment_id), by, result)
    check_name(name)
    with keeping.storage_asked():  # it is read from the disk, and a picture decoded beside it
        found = inspect(file, max_bytes=settings.EVIDENCE_MAX_BYTES)
    evidence = _described_by(found, result, clean_name(name, found.media_type), by, channel)
    try:
        _write_files(evidence, file, found)
        with transaction.atomic(durable=True):
            attached = _store(evidence, rows)
    except BaseException:
        _take_away(evidence)
        raise
    if not attached.created:
        _take_away(evidence)
    return attached


def _described_by(
    found: Inspected, result: IndicatorResult, name: str, by: User, channel: str
) -> Evidence:
    return Evidence(
        result=result,
        name=name,
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_at=now(),
        uploaded_by=by,
        channel=channel,
    )


def _write_files(evidence: Evidence, file: File, found: Inspected) -> None:
    keeping.write(evidence.file, generated_name(evidence, evidence.name), file)
    if found.preview is not None:
        preview = ContentFile(found.preview)
        keeping.write(evidence.preview, generated_name(evidence, evidence.name), preview)


def _take_away(evidence: Evidence) -> None:
    for name in FILE_FIELDS:
        if held := getattr(evidence, name):
            keeping.take_away(held)


def _store(evidence: Evidence, rows: ResultQuerySet) -> Attached:
    assessment, result = _hold(rows, evidence.result_id)
    _allow(assessment, evidence.uploaded_by, result)
    standing = {e.sha256: e for e in Evidence.objects.standing().filter(result=result)}
    if evidence.sha256 in standing:
        return Attached(standing[evidence.sha256], created=False)
    if len(standing) >= FILES_A_ROW:
        raise NotAccepted(
            _("A row takes at most %(limit)s files. Put several pages into one PDF.")
            % {"limit": FILES_A_ROW}
        )
    evidence.save(force_insert=True)
    _event(
        EventKind.ATTACHED,
        evidence,
        by=evidence.uploaded_by,
        channel=evidence.channel,
        after=_label(evidence),
    )
    return Attached(evidence, created=True, elsewhere=_elsewhere(evidence, assessment))


def _elsewhere(evidence: Evidence, assessment: Assessment) -> list[Evidence]:
    return list(
        Evidence.objects.standing()
        .filter(sha256=evidence.sha256, result__assessment__unit=assessment.unit_id)
        .exclude(result=evidence.result_id)
        .select_related("result__indicator", "result__assessment__period")[:3]
    )


def _hold(rows: ResultQuerySet, result_id: int) -> tuple[Assessment, IndicatorResult]:
    """Assessment, then row, both held (locking.py) and read after the lock."""
    assessment_id = rows.values_list("assessment_id", flat=True).get(pk=result_id)
    assessment = locking.hold(Assessment(pk=assessment_id))
    result = rows.select_for_update(of=("self",)).get(pk=result_id)
    result.assessment = assessment
    return assessment, result


@dataclass(frozen=True, slots=True)
class Details:
    """What is said about a document."""

    document_number: str = ""
    document_date: dt.date | None = None
    valid_until: dt.date | None = None

    def tidied(self) -> Details:
        return Details(tidy(self.document_number), self.document_date, self.valid_until)

    def as_json(self) -> dict:
        return {
            "document_number": self.document_number,
            "document_date": self.document_date and self.document_date.isoformat(),
            "valid_until": self.valid_until and self.valid_until.isoformat(),
        }


@transaction.atomic
def describe(
    *,
    by: User,
    evidence: EvidenceQuerySet,
    evidence_id: int,
    version: str,
    read: Callable[[Details], Details],
    channel: str,
) -> Evidence:
    """Number, date and validity of a document; pressing twice records once.

    ``version`` is that of the description that was read (``Evidence.version``), ``read`` makes the
    new one from what stands there. Raises ``StaleDescription`` where somebody was faster.
    """
    held, assessment = _hold_evidence(evidence, evidence_id)
    _allow(assessment, by, held.result)
    if held.removed_at is not None:
        raise InvalidRow({"row": _("This file was removed; it can no longer be described.")})
    before = Details(held.document_number, held.document_date, held.valid_until)
    details = read(before).tidied()
    _check(details)
    if details == before:
        return held
    if version != held.version:
        raise StaleDescription(held)
    held.document_number = details.document_number
    held.document_date, held.valid_until = details.document_date, details.valid_until
    held.save(update_fields=["document_number", "document_date", "valid_until"])
    _event(
        EventKind.DESCRIBED,
        held,
        by=by,
        channel=channel,
        before=_label(held) | before.as_json(),
        after=_label(held) | details.as_json(),
    )
    return held


def _check(details: Details) -> None:
    errors = {}
    if len(details.document_number) > NUMBER_LIMIT:
        errors["document_number"] = _("At most %(limit)s characters.") % {"limit": NUMBER_LIMIT}
    errors |= date_errors(details.document_date, details.valid_until, today())
    if errors:
        raise InvalidRow(errors)


@transaction.atomic
def remove(
    *, by: User, evidence: EvidenceQuerySet, evidence_id: int, reason: str, channel: str
) -> bool:
    """Take a file from its row. Its line and the file stay as the trace, served to the standing
    office only. False when it was removed already (a second press)."""
    held, assessment = _hold_evidence(evidence, evidence_id)
    _allow(assessment, by, held.result)
    if held.removed_at is not None:
        return False
    reason = tidy(reason)
    if not reason:
        raise InvalidRow({"reason": _("Say why the file is removed; the reason stays with it.")})
    if len(reason) > REASON_LIMIT:
        raise InvalidRow({"reason": _("At most %(limit)s characters.") % {"limit": REASON_LIMIT}})
    held.removed_at, held.removed_by, held.removal_reason = now(), by, reason
    held.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    _event(EventKind.REMOVED, held, by=by, channel=channel, reason=reason, before=_label(held))
    return True


def _hold_evidence(evidence: EvidenceQuerySet, evidence_id: int) -> tuple[Evidence, Assessment]:
    result_id = evidence.values_list("result_id", flat=True).get(pk=evidence_id)
    assessment, result = _hold(IndicatorResult.objects.all(), result_id)
    held = evidence.get(pk=evidence_id)
    held.result = result
    return held, assessment


def _allow(assessment: Assessment, by: User, result: IndicatorResult) -> None:
    reason = refusal(Act.ENTER, assessment, by, result)
    if reason is not None:
        raise Refused(reason, assessment)


def _label(evidence: Evidence) -> dict:
    return {"evidence": evidence.pk, "name": evidence.name, "sha256": evidence.sha256}


def _event(kind: EventKind, evidence: Evidence, *, by: User, channel: str, **trace) -> None:
    Event.objects.create(
        assessment_id=evidence.result.assessment_id,
        result=evidence.result,
        kind=kind,
        at=now(),
        by=by,
        channel=channel,
        **trace,
    )
