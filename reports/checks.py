"""What a reader of the paper would ask about: a list of sentences before it is published.

None of them stops the leader: they say what is unverified, missing, contradictory or late, so
that it is published knowingly; of what is contradictory the leader says so (``publishing``). Pure
functions on the snapshot; the wording is the reader's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from periods.models import ROMAN
from reports.naming import day
from reports.quotable import changed, quotable
from reports.sections import BY_KEY
from reports.snapshot import Paper, Snapshot


@dataclass(frozen=True, slots=True)
class Finding:
    """``kind`` is unverified, missing, contradictory or late. It is mended in a ``section`` of the
    paper, or at a ``place`` of the portal (``places.place_of``); ``about`` is a commune's slug."""

    kind: str
    text: str
    section: str = ""
    place: str = ""
    about: str = ""

    @property
    def parts(self) -> tuple[str, str]:
        """What is linked, and the names that follow it: twenty names are no link to press."""
        head, colon, names = self.text.partition(": ")
        return f"{head}{colon.rstrip()}", names


def findings(snapshot: Snapshot) -> list[Finding]:
    """Contradictions first: they are most likely to be wrong."""
    return [
        *contradictions(snapshot),
        *_missing(snapshot),
        *_late(snapshot),
        *_unverified(snapshot),
    ]


def contradictions(snapshot: Snapshot) -> list[Finding]:
    """What the leader has to know of before the paper says it for ever."""
    return list(_contradictory(snapshot))


def _contradictory(snapshot: Snapshot) -> Iterator[Finding]:
    for one in snapshot.communes:
        if one.recognised and one.lost:
            yield Finding(
                "contradictory",
                _("%(commune)s is recognised and has lost criteria: %(numbers)s.")
                % {"commune": one.name, "numbers": ", ".join(map(str, one.lost))},
                place="commune",
                about=one.slug,
            )
    recognised = {one.commune for one in snapshot.recognised if one.tier == "ntm"}
    counted = {one.short_name for one in snapshot.communes if one.recognised}
    if recognised != counted:
        names = ", ".join(sorted(recognised ^ counted))
        yield Finding(
            "contradictory",
            _("The list of recognised communes has changed since the quarter closed: %(names)s.")
            % {"names": names},
            place="recognitions",
        )
    for one in snapshot.recognised:
        if one.tier != "ntm" and one.commune not in recognised:
            yield Finding(
                "contradictory",
                _("%(commune)s is recognised at a higher tier without the first one.")
                % {"commune": one.commune},
                place="recognitions",
            )
    figures = quotable(snapshot)
    for section in snapshot.sections:
        moved = changed(section.quoted, figures) if section.edited else []
        if moved:
            yield Finding(
                "contradictory",
                _(
                    "The edited text of “%(section)s” quotes figures that have changed since: "
                    "%(changes)s."
                )
                % {
                    "section": section.heading,
                    "changes": "; ".join(
                        f"{one.label} {one.was} → {one.now or '–'}" for one in moved
                    ),
                },
                section.key,
            )


def _missing(snapshot: Snapshot) -> Iterator[Finding]:
    yield from _too_early(snapshot.paper)
    headline = snapshot.headline
    blank = headline.indicators - headline.entered
    if blank:
        yield Finding(
            "missing",
            ngettext(
                "%(n)s indicator is not entered yet.",
                "%(n)s indicators are not entered yet.",
                blank,
            )
            % {"n": blank},
            place="sheets",
        )
    if snapshot.poverty.communes != headline.communes:
        yield Finding(
            "missing",
            _("Poor households are known of %(n)s of %(all)s communes only.")
            % {"n": snapshot.poverty.communes, "all": headline.communes},
            place="poverty",
        )
    for base in snapshot.comparisons:
        if not base.available:
            yield Finding(
                "missing",
                _("There are no figures to compare with: %(base)s.") % {"base": base.label},
                place="quarters",
            )
    for section in snapshot.sections:
        if not section.text and not BY_KEY[section.key].is_heading:
            yield Finding(
                "missing",
                _("“%(section)s” has no text.") % {"section": section.heading},
                section.key,
            )


def _too_early(paper: Paper) -> Iterator[Finding]:
    """Before its term has ended, or before its last quarter was closed: two things, each of which
    can be without the other."""
    if paper.as_of <= paper.data_to:
        text = _(
            "The term has not ended yet: its data run until %(until)s, the paper is of %(day)s."
        )
        named = {"until": day(paper.data_to), "day": day(paper.as_of)}
        yield Finding("missing", text % named, place="quarter")
    if paper.provisional:
        text = _("The quarter is still open: its figures are provisional.")
        if paper.kind.endswith("-months"):
            text = _(
                "Quarter %(quarter)s of %(year)s, the last of the term, is still open: its figures "
                "are provisional."
            ) % {"quarter": ROMAN[paper.quarter], "year": paper.year}
        yield Finding("missing", text, place="quarter")


def _by_due_date(
    waiting: list[tuple[str, dt.date | None]], on: dt.date
) -> Iterator[tuple[str, list[str]]]:
    """Whom is waited for, as ``late`` past the due date and as ``missing`` until then."""
    late = [name for name, due_on in waiting if due_on is not None and on > due_on]
    rest = [name for name, due_on in waiting if due_on is None or on <= due_on]
    for kind, names in (("late", late), ("missing", rest)):
        if names:
            yield kind, names


def _late(snapshot: Snapshot) -> Iterator[Finding]:
    """Late is only what is past its day; what may still come is missing."""
    sheets = [(one.short_name, one.due_on) for one in snapshot.reporting if not one.handed_in]
    for kind, absent in _by_due_date(sheets, snapshot.paper.as_of):
        yield Finding(
            kind,
            ngettext(
                "%(n)s commune has not sent its figures: %(names)s.",
                "%(n)s communes have not sent their figures: %(names)s.",
                len(absent),
            )
            % {"n": len(absent), "names": ", ".join(absent)},
            place="late sheets" if kind == "late" else "sheets",
        )
    papers = [(one.sender, one.due_on) for one in snapshot.written if one.submitted_at is None]
    for kind, unwritten in _by_due_date(papers, snapshot.paper.as_of):
        yield Finding(
            kind,
            ngettext(
                "%(n)s written report has not arrived: %(names)s.",
                "%(n)s written reports have not arrived: %(names)s.",
                len(unwritten),
            )
            % {"n": len(unwritten), "names": ", ".join(unwritten)},
            place="written",
        )


def _unverified(snapshot: Snapshot) -> Iterator[Finding]:
    declared = snapshot.headline.only_declared
    if declared:
        yield Finding(
            "unverified",
            ngettext(
                "%(n)s indicator is only declared by its commune; nobody has verified it.",
                "%(n)s indicators are only declared by their communes; nobody has verified them.",
                declared,
            )
            % {"n": declared},
            place="to verify",
        )
    returned = sum(one.returned for one in snapshot.reporting)
    if returned:
        yield Finding(
            "unverified",
            ngettext(
                "%(n)s row was returned and is not corrected yet.",
                "%(n)s rows were returned and are not corrected yet.",
                returned,
            )
            % {"n": returned},
            place="returned",
        )
    by_doubt = sum(one.level_unconfirmed for one in snapshot.indicators)
    if by_doubt:
        yield Finding(
            "unverified",
            ngettext(
                "%(n)s verdict rests on a level that is not confirmed.",
                "%(n)s verdicts rest on levels that are not confirmed.",
                by_doubt,
            )
            % {"n": by_doubt},
            place="levels",
        )
