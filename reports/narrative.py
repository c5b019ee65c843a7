"""Sentences of the paper, written from its figures: pure functions on a ``Snapshot``.

Each returns paragraphs and takes every number through ``Quotes``. Official Vietnamese: numbers under
ten as 08, recognised apart from meeting all criteria, a missing base said and never guessed.
"""

from __future__ import annotations

from decimal import Decimal

from periods.models import ROMAN
from reports.naming import joined, until
from reports.quotable import Quotes
from reports.snapshot import ComparisonFigures, Snapshot


def overall(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """II.1: the sentence that everybody looks for, and what must be read beside it."""
    if not snapshot.headline.communes:
        return ["Trên địa bàn huyện chưa có xã nào thuộc phạm vi đánh giá của Chương trình."]
    if not snapshot.headline.entered or snapshot.headline.average is None:
        why = (
            "các chỉ tiêu đã nhập chưa đủ để đánh giá tiêu chí nào"
            if snapshot.headline.entered
            else "chưa xã nào nhập chỉ tiêu"
        )
        return [
            *provisional(snapshot, quote),
            f"{_until(snapshot)}, {_recognised(snapshot, quote)}. Trong kỳ chưa có số liệu đánh "
            f"giá: {why}.",
        ]
    return [
        *provisional(snapshot, quote),
        headline_sentence(snapshot, quote),
        meeting_all(snapshot, quote),
        *total(snapshot, quote),
        distribution(snapshot, quote),
        *poverty(snapshot, quote),
        certainty(snapshot, quote),
    ]


def provisional(snapshot: Snapshot, quote: Quotes) -> list[str]:
    if not snapshot.paper.provisional:
        return []
    handed_in, communes = quote("headline.handed_in"), quote("headline.communes")
    sent = (
        f"{handed_in}/{communes} xã đã gửi phiếu đánh giá"
        if snapshot.headline.handed_in
        else "chưa xã nào gửi phiếu đánh giá"
    )
    return [f"Số liệu tạm tính: kỳ số liệu chưa khóa, {sent}."]


def headline_sentence(snapshot: Snapshot, quote: Quotes) -> str:
    average = quote("headline.average")
    parts = [
        f"{_until(snapshot)}, {_recognised(snapshot, quote)}",
        f"bình quân đạt {average} tiêu chí/xã{_silent(snapshot, quote)}",
    ]
    changes = [
        difference(one, "average", one.average, "tiêu chí/xã", quote)
        for one in snapshot.comparable
        if one.average is not None
    ]
    if changes:
        parts.append(" và ".join(changes))
    sentence = ", ".join(parts) + "."
    if not snapshot.is_comparable:
        later = [one.label for one in snapshot.comparisons if one.available]
        if later:
            sentence += f" Chưa so sánh với {joined(later)} vì còn chỉ tiêu chưa nhập."
    missing = [one.label for one in snapshot.comparisons if not one.available]
    if missing:
        sentence += f" Chưa có số liệu {joined(missing)} để so sánh."
    return sentence


def _silent(snapshot: Snapshot, quote: Quotes) -> str:
    """The average is over all communes: how many of them have entered nothing."""
    if not any(one.count for one in snapshot.distribution if not one.has_data):
        return ""
    number = quote("distribution.-1")
    return f" (tính cho cả {quote('headline.communes')} xã, trong đó {number} xã chưa có số liệu)"


def _until(snapshot: Snapshot) -> str:
    paper = snapshot.paper
    begins = until(paper.kind, paper.term)
    if paper.kind != "adhoc":
        return begins
    return f"{begins}, theo số liệu quý {ROMAN[paper.quarter]} năm {paper.year}"


def _recognised(snapshot: Snapshot, quote: Quotes) -> str:
    recognised, communes = quote("headline.recognised"), quote("headline.communes")
    if not snapshot.headline.recognised:
        return "toàn huyện chưa có xã nào đạt chuẩn nông thôn mới"
    if snapshot.headline.recognised == snapshot.headline.communes:
        return f"toàn huyện có {recognised}/{communes} xã (100%) đạt chuẩn nông thôn mới"
    return f"toàn huyện có {recognised}/{communes} xã đạt chuẩn nông thôn mới"


def difference(
    one: ComparisonFigures, name: str, value: Decimal | int, unit: str, quote: Quotes
) -> str:
    """tăng 0,2 tiêu chí/xã so với quý II; không thay đổi so với cuối năm 2022."""
    shown = quote(f"{one.key}.{name}")
    if not value:
        return f"không thay đổi so với {one.label}"
    word = "tăng" if value > 0 else "giảm"
    return f"{word} {shown} {unit} so với {one.label}"


def meeting_all(snapshot: Snapshot, quote: Quotes) -> str:
    """Recognised is not meeting: the two are never one number."""
    criteria, number = quote("headline.criteria"), quote("headline.meeting_all")
    every = f"{criteria}/{criteria} tiêu chí"
    headline = snapshot.headline
    if not headline.meeting_all:
        fact = f"chưa có xã nào đang đạt đủ {every}"
    elif headline.meeting_all == headline.communes:
        fact = f"tất cả {number} xã đang đạt đủ {every}"
    else:
        fact = f"có {number} xã đang đạt đủ {every}"
    return (
        f"Đối chiếu với bộ tiêu chí hiện hành, {fact} (số xã đã được công nhận và số xã đang đạt "
        "đủ tiêu chí là hai số liệu khác nhau)."
    )


def total(snapshot: Snapshot, quote: Quotes) -> list[str]:
    changes = [
        difference(one, "criteria_met", one.criteria_met, "tiêu chí", quote)
        for one in snapshot.comparable
    ]
    sentence = f"Tổng số tiêu chí đạt của toàn huyện là {quote('headline.criteria_met')} tiêu chí"
    return [", ".join([sentence, *changes]) + "."]


def distribution(snapshot: Snapshot, quote: Quotes) -> str:
    parts = []
    for bucket in snapshot.distribution:
        if bucket.count:
            shown = quote(f"distribution.{bucket.lower}")
            what = f"đạt {bucket.label} tiêu chí" if bucket.has_data else bucket.label
            parts.append(f"{shown} xã {what} ({', '.join(bucket.communes)})")
    empty = [one.label for one in snapshot.distribution if one.has_data and not one.count]
    sentence = "Phân theo số tiêu chí đạt: " + "; ".join(parts)
    if empty:
        sentence += f"; không có xã nào đạt {joined(empty, 'hoặc')} tiêu chí"
    return sentence + "."


def poverty(snapshot: Snapshot, quote: Quotes) -> list[str]:
    found = snapshot.poverty
    if found.poor_rate is None or found.near_poor_rate is None:
        return ["Trong kỳ chưa có số liệu về hộ nghèo và hộ cận nghèo."]
    sentence = f"Tỷ lệ hộ nghèo là {quote('poverty.poor_rate')}%"
    sentence += _rate_changes(snapshot, "poor_rate", quote)
    sentence += f", tỷ lệ hộ cận nghèo là {quote('poverty.near_poor_rate')}%"
    sentence += _rate_changes(snapshot, "near_poor_rate", quote)
    if found.communes != snapshot.headline.communes:
        sentence += (
            f"; tính trên số liệu của {quote('poverty.communes')}/{quote('headline.communes')} xã"
        )
    return [sentence + "."]


def _rate_changes(snapshot: Snapshot, name: str, quote: Quotes) -> str:
    changes = [
        difference(one, name, getattr(one, name), "điểm phần trăm", quote)
        for one in snapshot.comparable
        if getattr(one, name) is not None
    ]
    return f" ({' và '.join(changes)})" if changes else ""


def certainty(snapshot: Snapshot, quote: Quotes) -> str:
    """Declared is not verified: how many figures nobody but the commune stands for."""
    headline = snapshot.headline
    entered = quote("headline.entered")
    if not headline.only_declared:
        return f"Toàn bộ {entered} chỉ tiêu đã nhập đều được cơ quan chủ trì thẩm định."
    declared = quote("headline.only_declared")
    if not headline.verified:
        return (
            f"Toàn bộ {entered} chỉ tiêu đã nhập mới do các xã tự đánh giá, chưa được cơ quan chủ "
            "trì thẩm định."
        )
    return (
        f"Trong {entered} chỉ tiêu đã nhập, {quote('headline.verified')} chỉ tiêu đã được cơ quan "
        f"chủ trì thẩm định; {declared} chỉ tiêu mới do các xã tự đánh giá, chưa được thẩm định."
    )


def as_list(items: list[str]) -> list[str]:
    """Items of a list end with a semicolon, the last one with a full stop."""
    return [item + ("." if item is items[-1] else ";") for item in items]
