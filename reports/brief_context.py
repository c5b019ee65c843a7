"""The one page for a leader: three numbers, what got worse, what to decide.

Sentences are short and their number is bounded: ``most`` of each, the rest is counted. Everything
stands in the full paper; the brief only chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from communes.alphabet import sort_key
from reports import paper_words as words
from reports.cleaning import blocks
from reports.naming import count, figure
from reports.snapshot import Snapshot

LONGEST = 170


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that matters, with what it is and how it moved."""

    value: str
    of: str
    name: str
    change: str


def numbers(snapshot: Snapshot) -> list[Number]:
    line, known = snapshot.headline, snapshot.compared
    whole = f"/{line.communes}"
    return [
        Number(
            count(line.recognised),
            whole,
            "xã đã được công nhận đạt chuẩn nông thôn mới",
            _moved_recognised(snapshot),
        ),
        Number(
            _meeting_all(snapshot),
            "" if snapshot.is_blank else whole,
            f"xã đang đạt đủ {line.criteria} tiêu chí",
            moved(snapshot, known and known.meeting_all, "xã"),
        ),
        Number(
            "–" if line.average is None or snapshot.is_blank else figure(line.average, 1),
            "",
            f"tiêu chí/xã, bình quân{_silent(snapshot)}",
            moved(snapshot, known and known.average, "tiêu chí/xã"),
        ),
    ]


def _meeting_all(snapshot: Snapshot) -> str:
    if snapshot.is_blank:
        return "–"
    return count(snapshot.headline.meeting_all) if snapshot.headline.meeting_all else "0"


def _silent(snapshot: Snapshot) -> str:
    """The average is over all communes: how many of them have entered nothing."""
    if snapshot.is_blank or not snapshot.without_data:
        return ""
    return (
        f" (tính cho cả {count(snapshot.headline.communes)} xã, "
        f"trong đó {count(snapshot.without_data)} xã chưa có số liệu)"
    )


def _moved_recognised(snapshot: Snapshot) -> str:
    """Decisions wait for nobody's figures: compared also while a quarter is entered."""
    base = snapshot.comparison
    if base is None:
        return ""
    return told(base.recognised, "xã", base.label)


def moved(snapshot: Snapshot, value: Decimal | int | None, unit: str) -> str:
    base = snapshot.comparison
    if base is None:
        return ""
    if snapshot.why_not_compared:
        return snapshot.why_not_compared
    return told(value, unit, base.label)


def told(value: Decimal | int | None, unit: str, label: str) -> str:
    if value is None:
        return f"chưa có số liệu {label} để so sánh"
    if not value:
        return f"không đổi so với {label}"
    way = "tăng" if value > 0 else "giảm"
    return f"{way} {words.figure(abs(value))} {unit} so với {label}"


def worse(snapshot: Snapshot) -> list[str]:
    """What went down against the base: communes first, then totals and rates where those may be
    compared. A criterion is lost only where figures say so, never by a blank."""
    base = snapshot.comparison
    if base is None or not base.available:
        return []
    found = [
        f"{'Xã đã được công nhận ' if one.recognised else ''}{one.short_name} "
        f"không còn đạt tiêu chí số {', '.join(str(number) for number in one.lost)}"
        for one in sorted(
            snapshot.communes, key=lambda one: (not one.recognised, sort_key(one.short_name))
        )
        if one.lost
    ]
    if base.recognised is not None and base.recognised < 0:
        found.append(f"Số xã đã được công nhận giảm {words.figure(abs(base.recognised))} xã")
    if not snapshot.compared:
        return found
    if base.average is not None and base.average < 0:
        found.append(f"Bình quân tiêu chí/xã giảm {words.figure(abs(base.average))} tiêu chí")
    for value, name in (
        (base.poor_rate, "Tỷ lệ hộ nghèo"),
        (base.near_poor_rate, "Tỷ lệ hộ cận nghèo"),
    ):
        if value is not None and value > 0:
            found.append(f"{name} tăng {words.figure(value)} điểm phần trăm")
    return found


def nothing_worse(snapshot: Snapshot) -> str:
    base = snapshot.comparison
    if base is None or not base.available:
        return "Chưa có số liệu kỳ trước để so sánh."
    if why := snapshot.why_not_compared:
        return f"{why[:1].upper()}{why[1:]}."
    return f"Không có chỉ số nào giảm so với {base.label}."


def to_decide(snapshot: Snapshot) -> list[str]:
    """The proposals of the paper, then what its figures ask for."""
    found = [
        line
        for section in snapshot.sections
        if section.key == "proposals"
        for _kind, lines in blocks(section.text)
        for line in lines
    ]
    lost = [one.short_name for one in snapshot.communes if one.recognised and one.lost]
    if lost:
        where = "các xã" if len(lost) > 1 else "xã"
        found.append(
            f"Yêu cầu biện pháp, thời hạn khôi phục tiêu chí ở {where} đã công nhận: "
            + ", ".join(lost)
        )
    nobody = [f"{one.number} ({one.name})" for one in snapshot.met_by_nobody]
    if nobody and snapshot.headline.entered:
        found.append(
            f"Giao cơ quan chủ trì lộ trình cho tiêu chí chưa xã nào đạt: {', '.join(nobody)}"
        )
    if snapshot.headline.only_declared:
        found.append(
            f"Đôn đốc thẩm định {count(snapshot.headline.only_declared)} chỉ tiêu mới do xã tự đánh giá"
        )
    if snapshot.blank and not snapshot.paper.provisional:
        found.append(f"Yêu cầu bổ sung {count(snapshot.not_entered)} chỉ tiêu chưa có số liệu")
    silent = [one.short_name for one in snapshot.reporting if not one.handed_in]
    if silent:
        found.append(f"Đôn đốc {count(len(silent))} xã chưa gửi số liệu: {', '.join(silent)}")
    missing = sum(one.submitted_at is None for one in snapshot.written)
    if missing:
        found.append(f"Đôn đốc {count(missing)} cơ quan, xã chưa gửi báo cáo bằng văn bản")
    return found


def verified(snapshot: Snapshot) -> str:
    line = snapshot.headline
    if not line.entered:
        return "chưa có chỉ tiêu nào được nhập"
    return f"{line.verified}/{line.entered} chỉ tiêu đã nhập được thẩm định"


def shortened(lines: list[str], most: int) -> list[str]:
    """At most ``most`` lines, none longer than a few lines of print; what is left is counted."""
    shown = [
        line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]}…" for line in lines
    ]
    if len(shown) <= most:
        return shown
    return [*shown[:most], f"và {count(len(shown) - most)} nội dung khác (xem báo cáo đầy đủ)"]
