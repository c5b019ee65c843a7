"""How far the verification of one assessment is, who still has to, and what can be decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may_accept, may_reopen
from assessments.gate import refusal
from assessments.models import Assessment, Review
from assessments.sheet import Row, Sheet
from assessments.wording import lock_text, not_complete_text
from assessments.workflow import Act, Lock
from assignments.verifiers import Verifier, verifiers_of


@dataclass(frozen=True, slots=True)
class Decision:
    """A button of the standing office: where it leads, or why it cannot be pressed."""

    act: Act
    url: str
    lock: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One body with the rows that wait for it."""

    agency: str
    codes: list[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The verification of one assessment; every row is in one of the four numbers."""

    verified: int
    returned: int
    blank: int
    waiting: list[Waiting]
    differing: int
    decisions: list[Decision]

    @property
    def left(self) -> int:
        return sum(len(one.codes) for one in self.waiting)

    @property
    def of(self) -> int:
        return self.verified + self.returned + self.left


def standing_of(sheet: Sheet, reader: User) -> Standing:
    """From a whole sheet (all rows); one query."""
    verifiers = verifiers_of(sheet.definition)
    rows = sheet.rows
    pending = [row for row in rows if row.result.review == Review.PENDING]
    waiting: dict[str, list[str]] = {}
    for row in pending:
        if not row.is_missing:
            waiting.setdefault(_who(verifiers[row.definition.id]), []).append(row.definition.code)
    left = sum(len(codes) for codes in waiting.values())
    return Standing(
        verified=_count(rows, Review.VERIFIED),
        returned=_count(rows, Review.RETURNED),
        blank=sum(row.is_missing for row in pending),
        waiting=[Waiting(who, codes) for who, codes in waiting.items()],
        differing=sum(
            row.result.verified_verdict not in ("", row.result.declared_verdict) for row in rows
        ),
        decisions=decisions_of(sheet.assessment, reader, left),
    )


def _count(rows: list[Row], review: str) -> int:
    return sum(row.result.review == review for row in rows)


def _who(verifier: Verifier) -> str:
    if verifier.lead is None:
        return _("Standing office")
    if verifier.stands_in:
        return _("Standing office, for %(agency)s") % {"agency": verifier.lead.short_name}
    return verifier.lead.short_name


def decisions_of(assessment: Assessment, reader: User, left: int) -> list[Decision]:
    """The buttons that this person has at all, each with its reason where it is disabled."""
    acts = []
    if may_accept(reader):
        acts += [Act.COMPLETE, Act.ACCEPT]
    if may_reopen(reader):
        acts.append(Act.REOPEN)
    return [_decision(act, assessment, reader, left) for act in acts]


def _decision(act: Act, assessment: Assessment, reader: User, left: int) -> Decision:
    reason = refusal(act, assessment, reader)
    sentence = lock_text(reason, assessment, act) if reason else ""
    if reason is Lock.NOT_VERIFIED:
        sentence = not_complete_text(left)
    return Decision(act, f"{assessment.get_absolute_url()}{act.value}/", sentence)
