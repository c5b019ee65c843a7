"""How papers name terms, bodies and numbers: official Vietnamese, whatever the reader's language.

Papers are Vietnamese by law, so these words are not in the catalogue. Numbers under ten are
written 01 to 09 (Decree 30/2020/NĐ-CP's habit for numbers of documents, and the directive's own:
"08/12 xã").
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from accounts.models import Position
from criteria.numbers import format_number
from periods.models import ROMAN, ReportingPeriod
from reports.models import SummaryKind

PROGRAMME = "Chương trình mục tiêu quốc gia xây dựng nông thôn mới"
TIERS = {
    "ntm": "nông thôn mới",
    "ntm-nang-cao": "nông thôn mới nâng cao",
    "ntm-kieu-mau": "nông thôn mới kiểu mẫu",
}


def signature_lines(position: str) -> tuple[str, ...]:
    """Who signs below "TM. ỦY BAN NHÂN DÂN" (Decree 30/2020/NĐ-CP, Annex I, II.7): the chairman
    himself, or a deputy in his place."""
    if position == Position.CHAIRMAN:
        return ("CHỦ TỊCH",)
    return ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def day(date: dt.date) -> str:
    """20/9/2023; a day under 10 and the months 1 and 2 take a leading 0."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{date.day:02d}/{month}/{date.year}"


def count(number: int) -> str:
    """08, 12, 196; 00 only where a table asks for it."""
    return f"{number:02d}" if 0 <= number < 10 else format_number(Decimal(number), language="vi")


def figure(number: Decimal, places: int | None = None) -> str:
    """16,3; with ``places`` the zeros at the end stay: 25,50."""
    if places is None:
        return format_number(number, language="vi")
    return f"{number:.{places}f}".replace(".", ",")


def quarter(period: ReportingPeriod) -> str:
    return f"quý {ROMAN[period.quarter]}"


def quarter_of_year(period: ReportingPeriod) -> str:
    return f"{quarter(period)} năm {period.year}"


def term(kind: str, period: ReportingPeriod, on: dt.date | None = None) -> str:
    """quý II năm 2023, 6 tháng đầu năm 2023, năm 2023, đến ngày 20/9/2023."""
    match kind:
        case SummaryKind.SIX_MONTHS:
            return f"6 tháng đầu năm {period.year}"
        case SummaryKind.NINE_MONTHS:
            return f"9 tháng đầu năm {period.year}"
        case SummaryKind.TWELVE_MONTHS:
            return f"năm {period.year}"
        case SummaryKind.ADHOC:
            return f"tính đến ngày {day(on)}"
        case _:
            return quarter_of_year(period)


def next_term(kind: str, period: ReportingPeriod) -> str:
    match kind:
        case SummaryKind.SIX_MONTHS:
            return f"6 tháng cuối năm {period.year}"
        case SummaryKind.NINE_MONTHS:
            return f"3 tháng cuối năm {period.year}"
        case SummaryKind.TWELVE_MONTHS:
            return f"năm {period.year + 1}"
        case SummaryKind.ADHOC:
            return "thời gian tới"
        case _ if period.quarter == 4:
            return f"quý I năm {period.year + 1}"
        case _:
            return f"quý {ROMAN[period.quarter + 1]} năm {period.year}"


def until(kind: str, named_term: str) -> str:
    """How a sentence begins: "Đến hết quý II năm 2023", "Tính đến ngày 20/9/2023"."""
    if kind == SummaryKind.ADHOC:
        return named_term[0].upper() + named_term[1:]
    return f"Đến hết {named_term}"


def subject(kind: str, named_term: str) -> str:
    """The trích yếu under BÁO CÁO."""
    return f"Kết quả thực hiện {PROGRAMME} {named_term}"


def title(kind: str, period: ReportingPeriod, on: dt.date | None = None) -> str:
    """What lists and pages call the summary: "Báo cáo quý II năm 2023"."""
    if kind == SummaryKind.ADHOC:
        return f"Báo cáo đột xuất {term(kind, period, on)}"
    return f"Báo cáo {term(kind, period, on)}"


def criteria_list(numbers: tuple[int, ...] | list[int]) -> str:
    """tiêu chí số 11; các tiêu chí số 10, 11 và 12."""
    words = [str(number) for number in numbers]
    if len(words) == 1:
        return f"tiêu chí số {words[0]}"
    return f"các tiêu chí số {joined(words)}"


def joined(words: list[str] | tuple[str, ...], last: str = "và") -> str:
    """a; a và b; a, b và c."""
    words = list(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
