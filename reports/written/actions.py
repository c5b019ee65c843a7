"""Everything that changes a written report, whole and with its trace.

Keyword-only, one transaction each, ``by`` is the person who acts. Errors: ``WrittenRefused``,
``InvalidParts``, ``StaleParts``, ``MissingParts``, ``ChangedSince`` (errors.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from periods.clock import now
from reports.cleaning import clean
from reports.limits import REASON_LIMIT, TEXT_LIMIT
from reports.models import (
    Part,
    PeriodicReport,
    ReportPart,
    WrittenEvent,
    WrittenEventKind,
    WrittenState,
)
from reports.written.bodies import Body
from reports.written.errors import (
    ChangedSince,
    InvalidParts,
    MissingParts,
    StaleParts,
    WrittenRefused,
)
from reports.written.telling import tell_written
from reports.written.terms import Term
from reports.written.workflow import TRANSITIONS, Act, Lock, lock


@dataclass(frozen=True, slots=True)
class PartInput:
    """One part as typed; ``version`` is the one that the page was drawn from (0: none yet).

    ``was`` is the ``digest`` of what the page was drawn with: a part that its reader left alone
    does not overwrite what a colleague has written there meanwhile.
    """

    version: int
    text: str = ""
    nothing: bool = False
    was: str | None = None

    def cleaned(self) -> PartInput:
        return replace(self, text=clean(self.text))

    @property
    def is_untouched(self) -> bool:
        return self.was == digest(self.text, self.nothing)


def digest(text: str, nothing: bool) -> str:
    """A short name of what a part holds."""
    return hashlib.blake2b(f"{nothing}:{text}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Saved:
    """The report afterwards (None while nothing was ever typed), the parts that changed, and the
    version of each part that the person has seen."""

    report: PeriodicReport | None
    versions: dict[str, int]
    changed: dict[str, PartInput]


def may_write(user: User, body: Body) -> bool:
    permission = "reports.write_for_agency" if body.is_agency else "reports.write_for_unit"
    return may(user, permission, body.id)


def may_decide(user: User) -> bool:
    return may(user, "reports.decide")


def write_lock(user: User, body: Body, term: Term, report: PeriodicReport | None) -> Lock | None:
    """Why a person may not write now, or None: the page's form asks here too."""
    if not may_write(user, body):
        return Lock.NOT_YOURS
    state = report.state if report else WrittenState.DRAFT
    return lock(Act.WRITE, state, period_state=term.period.state)


def decide_lock(act: Act, user: User, report: PeriodicReport) -> Lock | None:
    """Why a person may not decide now, or None."""
    if not may_decide(user):
        return Lock.NOT_YOURS
    if report.submitted_by_id == user.pk:
        return Lock.OWN
    return lock(act, report.state, period_state=report.period.state)


@transaction.atomic
def save(
    *, by: User, body: Body, term: Term, parts: Mapping[str, PartInput], channel: str
) -> Saved:
    """Store what was typed. A part that is as it was stays; pressing twice stores once."""
    if not may_write(by, body):
        raise WrittenRefused(Lock.NOT_YOURS)
    typed = {part: given.cleaned() for part, given in parts.items()}
    report = _hold(body, term)
    if report is None:
        if not any(given.text or given.nothing for given in typed.values()):
            return Saved(None, {}, {})
        _allow_writing(by, body, term, None)
        report = _begin(by, body, term, channel)
    stored = {part.part: part for part in report.parts.select_related("changed_by")}
    seen, changes = {}, {}
    for part, given in typed.items():
        row = stored[part]
        if (given.text, given.nothing) == (row.text, row.nothing):
            seen[part] = row.version
        elif given.is_untouched:
            seen[part] = given.version  # a colleague has changed it since
        else:
            changes[part] = given
    if changes:
        _allow_writing(by, body, term, report)
        _check(changes, stored)
    for part, given in changes.items():
        _write(stored[part], given, by)
        seen[part] = stored[part].version
    return Saved(report, seen, changes)


def _hold(body: Body, term: Term) -> PeriodicReport | None:
    """Held until the transaction ends; read after the lock, so that nothing joined is stale."""
    found = PeriodicReport.objects.filter(period=term.period, kind=term.kind, **body.key)
    pk = found.select_for_update().values_list("pk", flat=True).first()
    if pk is None:
        return None
    return PeriodicReport.objects.select_related("period", "submitted_by", "unit", "agency").get(
        pk=pk
    )


def _begin(by: User, body: Body, term: Term, channel: str) -> PeriodicReport:
    """The report with its five unanswered parts; when somebody was faster, theirs."""
    report, created = PeriodicReport.objects.get_or_create(
        period=term.period, kind=term.kind, **body.key
    )
    if not created:
        return _hold(body, term)
    ReportPart.objects.bulk_create([ReportPart(report=report, part=part) for part in Part.values])
    _event(report, WrittenEventKind.BEGUN, by, channel)
    return report


def _allow_writing(by: User, body: Body, term: Term, report: PeriodicReport | None) -> None:
    reason = write_lock(by, body, term, report)
    if reason is not None:
        raise WrittenRefused(reason, report)


def _check(changes: Mapping[str, PartInput], stored: Mapping[str, ReportPart]) -> None:
    errors = {}
    for part, given in changes.items():
        if len(given.text) > TEXT_LIMIT:
            errors[part] = _(
                "Too long: %(length)s characters, at most %(limit)s. Shorten it, or put details "
                "into an annex."
            ) % {"length": len(given.text), "limit": TEXT_LIMIT}
        elif given.text and given.nothing:
            errors[part] = _(
                "There is a text here. Clear it first, or take back “nothing to report”."
            )
    if errors:
        raise InvalidParts(errors)
    stale = {part: stored[part] for part, g in changes.items() if g.version != stored[part].version}
    if stale:
        raise StaleParts(stale)


def _write(row: ReportPart, given: PartInput, by: User) -> None:
    row.text, row.nothing = given.text, given.nothing
    row.version += 1
    row.changed_at, row.changed_by = now(), by
    row.save(update_fields=["text", "nothing", "version", "changed_at", "changed_by"])


@transaction.atomic
def submit(*, by: User, body: Body, term: Term, versions: Mapping[str, int], channel: str) -> bool:
    """Send the report as the person saw it. False when it already was (a second press).

    Raises MissingParts with the parts that are not answered, StaleParts when somebody else has
    changed one since.
    """
    if not may_write(by, body):
        raise WrittenRefused(Lock.NOT_YOURS)
    report = _hold(body, term)
    if report is None:
        raise MissingParts(list(Part.values))
    stored = {part.part: part for part in report.parts.select_related("changed_by")}
    seen = all(versions.get(part) == row.version for part, row in stored.items())
    if report.state == WrittenState.SUBMITTED and seen:
        return False
    _allow_writing(by, body, term, report)
    missing = [part for part in Part.values if not stored[part].is_answered]
    if missing:
        raise MissingParts(missing)
    if not seen:
        raise StaleParts({p: row for p, row in stored.items() if versions.get(p) != row.version})
    report.state = TRANSITIONS[report.state, Act.SUBMIT]
    report.sendings += 1
    report.submitted_at, report.submitted_by = now(), by
    report.decided_at, report.decided_by, report.return_reason = None, None, ""
    report.save()
    _event(
        report,
        WrittenEventKind.SUBMITTED,
        by,
        channel,
        texts={p: {"text": row.text, "nothing": row.nothing} for p, row in stored.items()},
    )
    return True


@transaction.atomic
def accept(*, by: User, report: PeriodicReport, sending: int, channel: str) -> bool:
    """Take the report over. ``sending`` is the one that the person read."""
    report = _hold_for_decision(report)
    if report.state == WrittenState.ACCEPTED and report.sendings == sending and may_decide(by):
        return False
    _allow_decision(Act.ACCEPT, by, report, sending)
    _decide(report, Act.ACCEPT, by, "")
    _event(report, WrittenEventKind.ACCEPTED, by, channel)
    return True


@transaction.atomic
def send_back(*, by: User, report: PeriodicReport, sending: int, reason: str, channel: str) -> bool:
    """Return the report with a reason that its writer reads; also one accepted by mistake."""
    report = _hold_for_decision(report)
    reason = clean(reason)
    already = report.state == WrittenState.RETURNED and report.sendings == sending
    if already and report.return_reason == reason and may_decide(by):
        return False
    _allow_decision(Act.RETURN, by, report, sending)
    if not reason:
        raise InvalidParts({"reason": _("Say why; the writer reads it.")})
    if len(reason) > REASON_LIMIT:
        raise InvalidParts({"reason": _("At most %(limit)s characters.") % {"limit": REASON_LIMIT}})
    _decide(report, Act.RETURN, by, reason)
    _event(report, WrittenEventKind.RETURNED, by, channel, reason=reason)
    return True


def _hold_for_decision(report: PeriodicReport) -> PeriodicReport:
    PeriodicReport.objects.select_for_update().values("pk").get(pk=report.pk)
    return PeriodicReport.objects.select_related("period", "submitted_by", "unit", "agency").get(
        pk=report.pk
    )


def _allow_decision(act: Act, by: User, report: PeriodicReport, sending: int) -> None:
    reason = decide_lock(act, by, report)
    if reason is not None:
        raise WrittenRefused(reason, report)
    if report.sendings != sending:
        raise ChangedSince


def _decide(report: PeriodicReport, act: Act, by: User, reason: str) -> None:
    report.state = TRANSITIONS[report.state, act]
    report.decided_at, report.decided_by, report.return_reason = now(), by, reason
    report.save(update_fields=["state", "decided_at", "decided_by", "return_reason"])


def _event(report, kind: WrittenEventKind, by: User, channel: str, **more) -> None:
    event = WrittenEvent.objects.create(
        report=report, kind=kind, at=now(), by=by, channel=channel, **more
    )
    if kind != WrittenEventKind.BEGUN:
        tell_written(report=report, event=event)
