"""Everything that changes a summary before it is published, whole and under its lock.

Keyword-only, one transaction each, ``by`` is the person who acts. Errors: ``SummaryRefused``,
``InvalidSummary``, ``StaleSection``, ``FiguresMoved`` (errors.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from periods.clock import now
from reports.cleaning import clean
from reports.correcting import corrects_nothing
from reports.errors import InvalidSummary, StaleSection, SummaryRefused
from reports.limits import REASON_LIMIT, TEXT_LIMIT
from reports.models import SummaryReport, SummarySection
from reports.quotable import Figure
from reports.quoting import quoted_in
from reports.sections import BY_KEY
from reports.snapshot import Section
from reports.workflow import PERMISSION, TRANSITIONS, Act, Lock, lock


def refusal(act: Act, summary: SummaryReport, by: User) -> Lock | None:
    """Why ``by`` may not do this now, or None: the page's buttons ask here too."""
    if not may(by, PERMISSION[act]):
        return Lock.NOT_YOURS
    return lock(act, summary.state)


def held(summary: SummaryReport, act: Act, by: User) -> SummaryReport:
    """The summary as it is now, held until the transaction ends, if ``by`` may do this."""
    if not SummaryReport.objects.select_for_update().values("pk").filter(pk=summary.pk).first():
        raise SummaryRefused(Lock.DISCARDED)
    found = SummaryReport.objects.select_related("period").get(pk=summary.pk)
    refused = refusal(act, found, by)
    if refused is not None:
        raise SummaryRefused(refused)
    return found


@transaction.atomic
def save_section(
    *,
    by: User,
    summary: SummaryReport,
    generated: Section,
    figures: Mapping[str, Figure],
    version: int,
    text: str,
) -> SummarySection | None:
    """Store an edited text with those of the ``figures`` that it quotes; pressing twice stores once.

    ``generated`` is the section as the figures write it now; a text equal to it is not stored, and
    answers None. ``version`` is the one that the page was drawn from: 0 where nothing was edited.
    """
    summary = held(summary, Act.EDIT, by)
    key = generated.key
    if key not in BY_KEY or BY_KEY[key].is_heading:
        raise InvalidSummary({key: _("There is no such section.")})
    text = clean(text)
    if len(text) > TEXT_LIMIT:
        sentence = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidSummary({key: sentence % {"limit": TEXT_LIMIT, "length": len(text)}})
    stored = summary.sections.filter(key=key).first()
    if text == (stored.text if stored else clean(generated.text)):
        return stored
    _check_version(stored, version)
    quoted = quoted_in(text, figures, stored.quoted if stored else generated.quoted)
    stored = stored or SummarySection(summary=summary, key=key)
    stored.version = _raised(summary)
    stored.text, stored.quoted = text, quoted
    stored.edited_at, stored.edited_by = now(), by
    stored.save()
    return stored


@transaction.atomic
def reset_section(*, by: User, summary: SummaryReport, key: str, version: int) -> bool:
    """Back to the generated text; False when nothing was edited (a second press)."""
    summary = held(summary, Act.EDIT, by)
    stored = summary.sections.filter(key=key).first()
    if stored is None:
        return False
    _check_version(stored, version)
    stored.delete()
    _raised(summary)
    return True


def _check_version(stored: SummarySection | None, version: int) -> None:
    if (stored.version if stored else 0) != version:
        raise StaleSection(stored)


def _raised(summary: SummaryReport) -> int:
    """The version of the summary that is held, raised by one. A text bears the one that it was
    stored at: so none has a version twice, also where it was deleted and typed anew between."""
    summary.version += 1
    summary.save(update_fields=["version"])
    return summary.version


@transaction.atomic
def hand_over(*, by: User, summary: SummaryReport) -> bool:
    """Give it to the leader for publication; False when it waits already. A correction has to say
    something else than the issue that it replaces."""
    if _is(summary, "waiting") and may(by, PERMISSION[Act.HAND_OVER]):
        return False
    summary = held(summary, Act.HAND_OVER, by)
    if corrects_nothing(summary):
        raise SummaryRefused(Lock.CORRECTS_NOTHING)
    summary.handed_over_at, summary.handed_over_by = now(), by
    summary.returned_reason = ""
    _become(summary, Act.HAND_OVER)
    return True


@transaction.atomic
def take_back(*, by: User, summary: SummaryReport) -> bool:
    """The coordinator goes on composing; False when it does not wait any more."""
    if _is(summary, "composing") and may(by, PERMISSION[Act.TAKE_BACK]):
        return False
    summary = held(summary, Act.TAKE_BACK, by)
    summary.handed_over_at = summary.handed_over_by = None
    _become(summary, Act.TAKE_BACK)
    return True


@transaction.atomic
def give_back(*, by: User, summary: SummaryReport, reason: str) -> SummaryReport:
    """The leader wants it otherwise, and says what."""
    summary = held(summary, Act.GIVE_BACK, by)
    reason = _reason(reason, _("Say what should be changed; the standing office reads it."))
    summary.handed_over_at = summary.handed_over_by = None
    summary.returned_reason = reason
    _become(summary, Act.GIVE_BACK)
    return summary


@transaction.atomic
def begin_correction(*, by: User, summary: SummaryReport, reason: str) -> SummaryReport:
    """Open a published summary for a further issue; the published one stays as it is."""
    summary = held(summary, Act.CORRECT, by)
    summary.correction_reason = _reason(reason, _("Say why it is corrected; the paper says it."))
    _become(summary, Act.CORRECT)
    return summary


def _reason(typed: str, when_missing: str) -> str:
    reason = clean(typed)
    if not reason:
        raise InvalidSummary({"reason": when_missing})
    if len(reason) > REASON_LIMIT:
        sentence = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidSummary({"reason": sentence % {"limit": REASON_LIMIT, "length": len(reason)}})
    return reason


def _is(summary: SummaryReport, state: str) -> bool:
    return SummaryReport.objects.filter(pk=summary.pk, state=state).exists()


def _become(summary: SummaryReport, act: Act) -> None:
    summary.state = TRANSITIONS[summary.state, act]
    summary.version += 1
    summary.save(
        update_fields=[
            "state",
            "version",
            "handed_over_at",
            "handed_over_by",
            "returned_reason",
            "correction_reason",
        ]
    )
