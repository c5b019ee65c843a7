"""A notice in its reader's language: a title, a sentence, and the page it is about."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import AssessmentState, Notice, NoticeKind, Verdict
from criteria.wording import verdict_text
from periods.models import ReportingPeriod


@dataclass(frozen=True, slots=True)
class NoticeText:
    notice: Notice
    title: str
    text: str
    url: str
    icon: str
    tone: str


LOOKS = {
    NoticeKind.OPENED: ("calendar3", "green"),
    NoticeKind.SUBMITTED: ("send", "green"),
    NoticeKind.RETURNED: ("arrow-counterclockwise", "red"),
    NoticeKind.WITHDRAWN: ("arrow-counterclockwise", "green"),
    NoticeKind.DIFFERS: ("shield-check", "amber"),
    NoticeKind.VERIFIED: ("shield-check", "green"),
    NoticeKind.ACCEPTED: ("patch-check", "green"),
    NoticeKind.CLOSED: ("lock", "green"),
    NoticeKind.REOPENED: ("arrow-counterclockwise", "amber"),
    NoticeKind.EXTENDED: ("clock", "amber"),
    NoticeKind.DUE_SOON: ("clock", "amber"),
    NoticeKind.LATE: ("exclamation-triangle", "red"),
    NoticeKind.COMMENTED: ("chat-left-text", ""),
    NoticeKind.WRITTEN: ("file-earmark-text", "green"),
    NoticeKind.WRITTEN_DUE: ("clock", "amber"),
}
#: Kinds whose words an app above this one knows: title, sentence and address.
_SAID_ELSEWHERE: dict[str, Callable[[Notice], tuple[str, str, str]]] = {}


def say_elsewhere(kinds: Iterable[str], words: Callable[[Notice], tuple[str, str, str]]) -> None:
    """Called once, when an app is ready."""
    _SAID_ELSEWHERE.update(dict.fromkeys(map(str, kinds), words))


def notice_text(notice: Notice) -> NoticeText:
    """Needs ``assessment`` with unit, period and set, and ``period``, selected."""
    icon, tone = LOOKS[NoticeKind(notice.kind)]
    if notice.kind in _SAID_ELSEWHERE:
        return NoticeText(notice, *_SAID_ELSEWHERE[notice.kind](notice), icon, tone)
    title, text = _words(notice)
    return NoticeText(notice, title, text, _url(notice), icon, tone)


def _period(notice: Notice) -> ReportingPeriod:
    return notice.period if notice.period_id else notice.assessment.period


def _url(notice: Notice) -> str:
    if notice.assessment_id is None and "agency" in notice.facts:
        return f"{reverse('verification:queue')}?period={notice.period.slug}"
    if notice.assessment_id is None:
        return reverse("periods:detail", args=[notice.period.slug])
    if notice.kind == NoticeKind.SUBMITTED:
        return f"{reverse('verification:queue')}?period={notice.assessment.period.slug}"
    row = notice.facts.get("row")
    if notice.kind == NoticeKind.COMMENTED and row:
        return f"{notice.assessment.get_absolute_url()}rows/{row}/history/#comments"
    return notice.assessment.get_absolute_url() + (f"#row-{row}" if row else "")


def _words(notice: Notice) -> tuple[str, str]:
    facts = notice.facts
    known = {
        "quarter": _period(notice).label,
        "unit": notice.assessment.unit.name if notice.assessment_id else "",
        "by": facts.get("by", ""),
        "reason": facts.get("reason", ""),
        "date": _day(facts["due_on"]) if "due_on" in facts else "",
    }
    match notice.kind:
        case NoticeKind.OPENED:
            title, text = _("%(quarter)s is open"), _("Due on %(date)s. Opened by %(by)s.")
        case NoticeKind.SUBMITTED if facts.get("again"):
            title = _("%(unit)s sent its corrected figures of %(quarter)s")
            text = _("Sent by %(by)s; the corrected rows wait to be verified.")
        case NoticeKind.SUBMITTED:
            title = _("%(unit)s sent its assessment of %(quarter)s")
            text = _("Sent by %(by)s; its rows wait to be verified.")
        case NoticeKind.RETURNED:
            return _returned(notice, known)
        case NoticeKind.WITHDRAWN:
            known |= {"code": facts["code"]}
            title = _("%(quarter)s: indicator %(code)s is no longer returned")
            text = _("Nothing has to be corrected there. %(by)s: %(reason)s")
        case NoticeKind.CLOSED:
            return _("%(quarter)s is closed") % known, _closed(notice, known)
        case NoticeKind.DIFFERS:
            return _found(facts, known)
        case NoticeKind.VERIFIED if facts.get("declared_only"):
            return _ended(facts, known)
        case NoticeKind.VERIFIED:
            title = _("%(unit)s: %(quarter)s is verified")
            text = _("The leading agencies have verified it; the standing office accepts it next.")
        case NoticeKind.ACCEPTED:
            title = _("%(unit)s: %(quarter)s is accepted")
            text = _("Accepted by %(by)s; these figures no longer change.")
        case NoticeKind.REOPENED:
            title = (
                _("%(unit)s: %(quarter)s was reopened")
                if notice.assessment_id
                else _("%(quarter)s was reopened")
            )
            text = _("%(by)s: %(reason)s")
        case NoticeKind.EXTENDED:
            title = (
                _("%(unit)s may enter %(quarter)s until %(date)s")
                if notice.assessment_id
                else _("%(quarter)s is now due on %(date)s")
            )
            text = _("%(by)s: %(reason)s")
        case NoticeKind.DUE_SOON:
            return _due_soon(facts, known)
        case NoticeKind.LATE if notice.assessment_id:
            title = _("%(unit)s is late with %(quarter)s")
            text = _("It was due on %(date)s. Ask the standing office to lift the due date.")
        case NoticeKind.LATE:
            return _late(facts, known)
        case _:
            known |= {"code": facts["code"], "text": facts["text"]}
            title = _("%(by)s wrote about %(code)s of %(unit)s, %(quarter)s")
            text = "%(text)s"
    return title % known, text % known


def _ended(facts: dict, known: dict[str, str]) -> tuple[str, str]:
    """The standing office ended the verification: what was not verified is not called so."""
    text = ngettext(
        "%(n)s row was not verified and counts as declared only. %(by)s: %(reason)s",
        "%(n)s rows were not verified and count as declared only. %(by)s: %(reason)s",
        facts["declared_only"],
    )
    title = _("%(unit)s: the verification of %(quarter)s was ended by decision")
    return title % known, text % {**known, "n": facts["declared_only"]}


def _closed(notice: Notice, known: dict[str, str]) -> str:
    """How the commune's own assessment was counted; for a department the indicators that it leads,
    for the district the quarter."""
    facts = defaultdict(int, notice.facts)
    if "agency" in facts:
        return _closed_for_department(facts)
    if notice.assessment_id is None:
        counted = _(
            "%(verified)s rows verified, %(only_declared)s counted as declared, "
            "%(missing)s without figures."
        )
        accepted = _("%(accepted)s of %(assessments)s assessments accepted.")
        return f"{accepted % facts} {counted % facts}"
    words = {
        AssessmentState.DRAFT: _("%(unit)s never sent its assessment."),
        AssessmentState.ACCEPTED: _("%(unit)s: the assessment is accepted."),
    }
    other = _("%(unit)s: the assessment was not accepted.")
    said = [words.get(facts["state"], other) % known]
    if declared := facts["only_declared"]:
        said.append(
            ngettext(
                "%(n)s row counts only as declared.",
                "%(n)s rows count only as declared.",
                declared,
            )
            % {"n": declared}
        )
    if missing := facts["missing"]:
        said.append(
            ngettext(
                "%(n)s row without figures does not count.",
                "%(n)s rows without figures do not count.",
                missing,
            )
            % {"n": missing}
        )
    return " ".join(said)


def _closed_for_department(facts: dict) -> str:
    if not facts["indicators"]:
        return _("No indicator that %(agency)s leads had rows in it.") % facts
    led = ngettext(
        "The %(n)s indicator that %(agency)s leads:",
        "The %(n)s indicators that %(agency)s leads:",
        facts["indicators"],
    )
    counted = _(
        "%(verified)s rows of the communes verified, %(only_declared)s counted as declared only, "
        "%(missing)s without figures."
    )
    return f"{led % {**facts, 'n': facts['indicators']}} {counted % facts}"


def _found(facts: dict, known: dict[str, str]) -> tuple[str, str]:
    """A verdict other than declared; or, for who had read of one, that it is as declared again."""
    declared, found = Verdict(facts["declared"]), Verdict(facts["found"])
    known |= {
        "code": facts["code"],
        "declared": verdict_text(declared),
        "found": verdict_text(found),
    }
    if declared == found:
        title = _("%(quarter)s: indicator %(code)s counts as declared after all: %(found)s")
        return title % known, _("Decided anew by %(by)s.") % known
    title = _("%(quarter)s: indicator %(code)s was found: %(found)s")
    text = _("You declared: %(declared)s. %(by)s: %(reason)s")
    return title % known, text % known


def _returned(notice: Notice, known: dict[str, str]) -> tuple[str, str]:
    codes = notice.facts["codes"]
    title = ngettext(
        "Indicator %(codes)s of %(quarter)s was returned",
        "Indicators %(codes)s of %(quarter)s were returned",
        len(codes),
    )
    return title % {**known, "codes": ", ".join(codes)}, _("%(by)s: %(reason)s") % known


def _due_soon(facts: dict, known: dict[str, str]) -> tuple[str, str]:
    known |= {"days": facts["days"], "n": facts.get("returned", 0)}
    if not facts["days"]:
        title, text = _("%(quarter)s is due today"), _("%(unit)s has not sent it yet.")
    else:
        title = ngettext(
            "%(days)s working day left for %(quarter)s",
            "%(days)s working days left for %(quarter)s",
            facts["days"],
        )
        text = _("%(unit)s has not sent it yet; it is due on %(date)s.")
    if known["n"]:  # sent already: what is due are the corrections
        text = ngettext(
            "%(unit)s: %(n)s row was returned and is not sent again yet; it is due on %(date)s.",
            "%(unit)s: %(n)s rows were returned and are not sent again yet; due on %(date)s.",
            known["n"],
        )
    return title % known, text % known


def _late(facts: dict, known: dict[str, str]) -> tuple[str, str]:
    units = facts["units"]
    title = ngettext(
        "%(n)s commune is late with %(quarter)s",
        "%(n)s communes are late with %(quarter)s",
        len(units),
    )
    return title % {**known, "n": len(units)}, ", ".join(units) + "."


def _day(text: str) -> str:
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}"
