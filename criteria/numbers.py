"""Numbers as people type and read them: 25,52 and 25.52 are the same, 1.234 is refused.

Nothing is ever guessed. A point may be a decimal sign or, on Vietnamese papers, the thousands
separator; where a text could mean either it is refused with a sentence that says what to write.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

#: The largest figure that any measure holds.
LIMIT = Decimal("99999999.99")
HUNDRED = Decimal(100)
_EXAMPLE = Decimal("25.52")
#: A number with its unit is shorter; what is longer was pasted by mistake.
LONGEST = 40

_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
_MINUS = ("-", "−", "–")
_GROUP = r"[.,'’ ]"
_PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_THOUSANDS = re.compile(rf"[0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}})+(?:[.,][0-9]+)?")
#: As Vietnamese papers and our own pages write a count: 1.087.
_COUNT = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_EXPONENT = re.compile(r"[0-9.,]+[eE][+-]?[0-9]+")


class Problem(StrEnum):
    """Why a text is not read as a number."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    LETTERS = "letters"
    FOREIGN_DIGITS = "foreign_digits"
    EXPONENT = "exponent"
    NEGATIVE = "negative"
    PLUS_SIGN = "plus_sign"
    PERCENT_SIGN = "percent_sign"
    THOUSANDS = "thousands"
    TWO_SIGNS = "two_signs"
    AMBIGUOUS = "ambiguous"
    UNFINISHED = "unfinished"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_SMALL = "too_small"
    OVER_HUNDRED = "over_hundred"
    TOO_LARGE = "too_large"


class NumberError(ValueError):
    """A text that is not read as a number: ``code`` says why, ``params`` explain it."""

    def __init__(self, code: Problem, **params: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params


def parse_optional(
    text: str,
    *,
    decimals: int,
    maximum: Decimal | None = None,
    minimum: Decimal = Decimal(0),
    percentage: bool = False,
) -> Decimal | None:
    """As ``parse_number``; None for a field that was left empty."""
    if not _clean(text):
        return None
    return parse_number(
        text, decimals=decimals, maximum=maximum, minimum=minimum, percentage=percentage
    )


def parse_number(
    text: str,
    *,
    decimals: int,
    maximum: Decimal | None = None,
    minimum: Decimal = Decimal(0),
    percentage: bool = False,
) -> Decimal:
    """The number that a person typed, with a decimal comma or point.

    Zeros after the allowed decimals change nothing and are accepted (``12,0`` where whole numbers
    are asked is 12), except three of them after a short number: ``12,000`` could mean twelve
    thousand. Where only whole numbers are asked, points between groups of three can mean nothing
    else: ``1.087`` households are 1087. A percentage never is read so. Raises ``NumberError`` and nothing else.
    """
    cleaned = _clean(text)
    if not cleaned:
        raise NumberError(Problem.EMPTY)
    if len(cleaned) > LONGEST:
        raise NumberError(Problem.TOO_LONG)
    cleaned = _without_percent(cleaned, percentage)
    if decimals == 0 and not percentage and _COUNT.fullmatch(cleaned):
        cleaned = cleaned.replace(".", "")
    highest = LIMIT if maximum is None else min(maximum, LIMIT)
    if percentage:
        highest = min(highest, HUNDRED)
    if minimum < 0 and cleaned[:1] in _MINUS:
        number = -_read(cleaned[1:].lstrip(), decimals, highest)
    else:
        number = _read(cleaned, decimals, highest)
    if number < minimum:
        raise NumberError(Problem.TOO_SMALL, minimum=minimum)
    if number > highest:
        over_hundred = percentage and highest == HUNDRED
        raise NumberError(
            Problem.OVER_HUNDRED if over_hundred else Problem.TOO_LARGE, maximum=highest
        )
    return number


def message(error: NumberError) -> str:
    """What is wrong and what to write instead, in the reader's language."""
    params = {"example": format_for_input(_EXAMPLE)}
    for name, value in error.params.items():
        params[name] = format_for_input(value) if isinstance(value, Decimal) else value
    sentences = [str(_SENTENCES[error.code]) % params] if error.code in _SENTENCES else []
    if "decimals" in params:
        sentences.append(_decimals_message(params["decimals"]))
    return " ".join(sentences)


def format_number(value: Decimal, *, language: str | None = None) -> str:
    """For reading: ``1.234,5`` in Vietnamese, ``1,234.5`` in English; no idle zeros."""
    text = _trimmed(f"{value:,f}")
    return text if _is_english(language) else text.translate(_SWAPPED)


def format_for_input(value: Decimal, *, language: str | None = None) -> str:
    """For typing: no thousands separators, so that ``parse_number`` reads it back."""
    text = _trimmed(f"{value:f}")
    return text if _is_english(language) else text.replace(".", ",")


_SWAPPED = str.maketrans(".,", ",.")


def _is_english(language: str | None) -> bool:
    return (language or get_language() or "").startswith("en")


def _trimmed(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _clean(text: str) -> str:
    """Full-width characters and special blanks as plain ones; no invisible marks around it.

    Superscripts, fractions and circled figures are left as they are: read as plain digits, ``5²``
    would become 52.
    """
    plain = "".join(
        char if unicodedata.category(char) == "No" else unicodedata.normalize("NFKC", char)
        for char in text[: LONGEST * 4]
    )
    return plain.strip().strip(_INVISIBLE).strip()


def _without_percent(text: str, percentage: bool) -> str:
    if not text.endswith("%"):
        return text
    if not percentage:
        raise NumberError(Problem.PERCENT_SIGN)
    return text[:-1].rstrip()


def _read(text: str, decimals: int, highest: Decimal) -> Decimal:
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        raise _explain(text, highest)
    whole, fraction = plain[1], plain[2] or ""
    if _AMBIGUOUS.fullmatch(text):
        thousands = Decimal(whole + fraction)
        if thousands <= highest:
            raise NumberError(Problem.AMBIGUOUS, number=thousands, decimals=decimals)
        raise NumberError(Problem.TOO_MANY_DECIMALS, decimals=decimals)
    kept = fraction.rstrip("0")
    if len(kept) > decimals:
        raise NumberError(Problem.TOO_MANY_DECIMALS, decimals=decimals)
    return Decimal(f"{whole}.{kept}" if kept else whole)


def _explain(text: str, highest: Decimal) -> NumberError:
    """Why a text that is not plainly a number is none."""
    if text.startswith(_MINUS) and text[1:].strip()[:1].isdecimal():
        return NumberError(Problem.NEGATIVE)
    if text.startswith("+") and _PLAIN.fullmatch(text[1:].strip()):
        return NumberError(Problem.PLUS_SIGN)
    if _EXPONENT.fullmatch(text):
        return NumberError(Problem.EXPONENT)
    if any(char.isdecimal() and not char.isascii() for char in text):
        return NumberError(Problem.FOREIGN_DIGITS)
    if any(char.isalpha() for char in text):
        return NumberError(Problem.LETTERS)
    if _THOUSANDS.fullmatch(text):
        return _grouped(_ungrouped(text), highest)
    if _PLAIN.fullmatch(text.strip(".,")):
        return NumberError(Problem.UNFINISHED)
    return NumberError(Problem.NOT_A_NUMBER)


def _grouped(number: Decimal, highest: Decimal) -> NumberError:
    """What to write instead, unless that would be refused next."""
    if number <= highest:
        return NumberError(Problem.THOUSANDS, number=number)
    return NumberError(Problem.TWO_SIGNS, maximum=highest)


def _ungrouped(text: str) -> Decimal:
    """What a grouped number most likely means, to show as an example, never to store."""
    signs = [char for char in text if not char.isdecimal()]
    last = signs[-1]
    if last in ".," and signs.count(last) == 1 and len(set(signs)) > 1:
        whole, fraction = text.rsplit(last, 1)
        return Decimal(f"{re.sub(_GROUP, '', whole)}.{fraction}")
    return Decimal(re.sub(_GROUP, "", text))


def _decimals_message(decimals: int) -> str:
    if decimals == 0:
        return _("Write a whole number here, without decimals.")
    return ngettext(
        "At most %(decimals)s digit after the decimal sign.",
        "At most %(decimals)s digits after the decimal sign.",
        decimals,
    ) % {"decimals": decimals}


_SENTENCES = {
    Problem.EMPTY: gettext_lazy("Enter a number."),
    Problem.TOO_LONG: gettext_lazy("This is too long for a number. Write only the number."),
    Problem.NOT_A_NUMBER: gettext_lazy(
        "This is not a number. Write digits only, such as %(example)s."
    ),
    Problem.LETTERS: gettext_lazy(
        "Write the number only, without letters or a unit, such as %(example)s."
    ),
    Problem.FOREIGN_DIGITS: gettext_lazy("Write the number with the digits 0 to 9."),
    Problem.EXPONENT: gettext_lazy("Write the number out in full, without “e”."),
    Problem.NEGATIVE: gettext_lazy(
        "This number cannot be negative. Write it without a minus sign."
    ),
    Problem.PLUS_SIGN: gettext_lazy("Write the number without a plus sign."),
    Problem.PERCENT_SIGN: gettext_lazy("This is not a percentage. Leave the percent sign out."),
    Problem.THOUSANDS: gettext_lazy("Write %(number)s, without thousands separators."),
    Problem.TWO_SIGNS: gettext_lazy(
        "The largest possible value is %(maximum)s. Write the number with one decimal sign at most, "
        "such as %(example)s."
    ),
    Problem.AMBIGUOUS: gettext_lazy(
        "This can be read in two ways. If you mean %(number)s, write it without a separator."
    ),
    Problem.UNFINISHED: gettext_lazy("A digit is missing before or after the decimal sign."),
    Problem.TOO_SMALL: gettext_lazy("The smallest possible value is %(minimum)s."),
    Problem.OVER_HUNDRED: gettext_lazy("A percentage cannot be more than 100."),
    Problem.TOO_LARGE: gettext_lazy("The largest possible value is %(maximum)s."),
}
