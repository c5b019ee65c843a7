"""Can these be the dates of a paper? Plain Python; each answer is a sentence beside its field.

A slip such as 0203 or 20023 must not stand in a record that people are judged by. An expired paper
is no slip: its day may lie in the past, and pages then say that it no longer proves anything.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

#: Older papers prove nothing about a quarter of today; nor does any licence run for longer.
EARLIEST = dt.date(1990, 1, 1)
LONGEST_YEARS = 50


def date_errors(
    document_date: dt.date | None, valid_until: dt.date | None, today: dt.date
) -> dict[str, str]:
    """Field -> what is wrong with it; empty when the dates may be kept."""
    errors = {}
    latest = dt.date(today.year + LONGEST_YEARS, 12, 31)
    if document_date is not None:
        if document_date < EARLIEST:
            errors["document_date"] = _too_early()
        elif document_date > today:
            errors["document_date"] = _(
                "The document cannot be dated after today (%(today)s). Check the day and the year."
            ) % {"today": f"{today:%d/%m/%Y}"}
    if valid_until is not None:
        if valid_until < EARLIEST:
            errors["valid_until"] = _too_early()
        elif valid_until > latest:
            errors["valid_until"] = _(
                "At the latest 31/12/%(year)s. Check the year; leave it blank if the document does not expire."
            ) % {"year": latest.year}
        elif document_date is not None and valid_until < document_date:
            errors["valid_until"] = _("A document cannot expire before its own date.")
    return errors


def _too_early() -> str:
    return _("Not before %(year)s. Check the year.") % {"year": EARLIEST.year}
