"""The number of a paper: the next one of its year, or the one that the clerk's register gave.

Số 07/BC-UBND: the register of outgoing papers (Decree 30/2020) is kept by the clerk and numbers
papers that this portal does not know; decision 18.
"""

from __future__ import annotations

from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from communes.texts import tidy
from reports import titles
from reports.models import SummaryIssue

#: What the portal takes from a register; no district sends out more papers of a kind in a year.
HIGHEST = 9999
#: What was typed and is no number; no paper has it, and ``refusal`` says what is wanted.
UNREADABLE = 0


def read_number(typed: str) -> int | None:
    """ "07" and " 7 " are 7, nothing is None; whatever is no plain number is ``UNREADABLE``."""
    typed = tidy(typed)
    if not typed:
        return None
    plain = typed.isascii() and typed.isdigit() and len(typed) <= 10
    return int(typed) if plain else UNREADABLE


def next_number(year: int) -> int:
    highest = SummaryIssue.objects.filter(year=year).aggregate(Max("serial"))["serial__max"]
    return (highest or 0) + 1


def refusal(number: int, year: int) -> str:
    """Why a paper of ``year`` cannot bear ``number``; empty when it can."""
    if not 1 <= number <= HIGHEST:
        return _(
            "Write the number alone, from 1 to 9999, with the digits 0 to 9: such as 07, without "
            "“/BC-UBND”."
        )
    taken = (
        SummaryIssue.objects.filter(year=year, serial=number)
        .defer("snapshot", "differences")
        .select_related("summary__period")
        .first()
    )
    return _taken(taken) if taken else ""


def _taken(issue: SummaryIssue) -> str:
    summary = issue.summary
    return _(
        "No. %(number)s of %(year)s was given to another paper already: “%(title)s”, issue "
        "%(edition)s, on %(date)s. Ask the clerk for the right number."
    ) % {
        "number": f"{issue.serial:02d}",
        "year": issue.year,
        "title": titles.title(summary.kind, summary.period, summary.on),
        "edition": issue.edition,
        "date": f"{localtime(issue.published_at):%d/%m/%Y}",
    }
