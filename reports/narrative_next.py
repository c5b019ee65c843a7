"""Sentences of what is not as it should be, what follows, and of what the year is to bring."""

from __future__ import annotations

from communes.alphabet import sort_key
from reports.blanks import blanks_sentence
from reports.naming import count, criteria_list
from reports.narrative import as_list
from reports.quotable import Quotes
from reports.snapshot import Snapshot, TargetFigures


def limits(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """III.1: what the figures themselves say is not as it should be."""
    headline, found = snapshot.headline, []
    if not headline.entered:
        return []
    nowhere = snapshot.met_by_nobody
    if nowhere:
        found.append(
            f"- {quote('criteria.nowhere')} tiêu chí chưa có xã nào đạt: "
            + "; ".join(f"số {one.number} ({one.name})" for one in nowhere)
        )
    fallen = [one for one in snapshot.communes if one.lost]
    for one in sorted(fallen, key=lambda one: (not one.recognised, sort_key(one.short_name))):
        known = " đã được công nhận đạt chuẩn nhưng" if one.recognised else ""
        found.append(f"- {one.name}{known} không còn đạt {criteria_list(one.lost)}")
    absent = [one for one in snapshot.reporting if not one.handed_in]
    if absent:
        found.append(
            f"- {count(len(absent))} xã chưa gửi phiếu đánh giá: "
            f"{', '.join(one.short_name for one in absent)}"
        )
    if snapshot.blank:
        found.append(f"- {blanks_sentence(snapshot, quote)}")
    if headline.only_declared:
        found.append(
            f"- Còn {quote('headline.only_declared')} chỉ tiêu mới do xã tự đánh giá, chưa được cơ "
            "quan chủ trì thẩm định"
        )
    return as_list(found)


def tasks(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """IV: what follows from the figures; the rest is written or taken from the reports."""
    found = []
    if snapshot.headline.recognised:
        found.append(
            f"- Duy trì và nâng cao chất lượng các tiêu chí ở {quote('headline.recognised')} xã đã "
            "được công nhận đạt chuẩn nông thôn mới"
        )
    for one in snapshot.targets:
        if one.unmet and one.tier == "ntm":
            found.append(
                f"- {one.unit}: tập trung hoàn thành {criteria_list(one.unmet)} để đạt chuẩn "
                f"{one.tier_name} đến năm {one.year}"
            )
    if snapshot.headline.only_declared:
        found.append(
            f"- Các cơ quan chủ trì thẩm định {quote('headline.only_declared')} chỉ tiêu còn lại"
        )
    return as_list(found)


def estimate(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """II.7 of the nine months: what the targets of this year come to. Nobody's guess is written."""
    year, due = snapshot.paper.year, _due(snapshot, snapshot.paper.year)
    found = []
    if snapshot.headline.entered:
        found.append(
            f"Đến hết {snapshot.paper.term}, {quote('headline.recognised')}/"
            f"{quote('headline.communes')} xã đã được công nhận đạt chuẩn nông thôn mới."
        )
    if due:
        found += [
            f"Theo mục tiêu được giao, trong năm {year} phấn đấu hoàn thành:",
            *as_list([_aim(one, snapshot) for one in due]),
        ]
    else:
        found.append(f"Không có đơn vị nào được giao mục tiêu đạt chuẩn trong năm {year}.")
    found.append(f"Chưa có số liệu ước thực hiện cả năm {year}.")
    return found


def next_targets(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """II.7 of the year: who is to reach a tier next year; else who is later."""
    year = snapshot.paper.year + 1
    due = _due(snapshot, year)
    if due:
        return [
            f"Mục tiêu được giao trong năm {year}:",
            *as_list([_aim(one, snapshot) for one in due]),
        ]
    found = [f"Chưa có mục tiêu nào được giao riêng cho năm {year}."]
    later = [one for one in snapshot.targets if one.year > year]
    if later:
        found += [
            "Mục tiêu được giao cho các năm tiếp theo:",
            *as_list([_aim(one, snapshot, f" đến năm {one.year}") for one in later]),
        ]
    return found


def _due(snapshot: Snapshot, year: int) -> list[TargetFigures]:
    return [one for one in snapshot.targets if one.year == year]


def _aim(one: TargetFigures, snapshot: Snapshot, until: str = "") -> str:
    words = f"- {one.unit}: đạt chuẩn {one.tier_name}{until}"
    if one.met is None:
        return words
    if one.has_no_data:
        return f"{words} (chưa có số liệu đánh giá)"
    of = " của bộ tiêu chí xã nông thôn mới" if one.tier != "ntm" else ""
    return f"{words} (hiện đạt {count(one.met)}/{count(snapshot.headline.criteria)} tiêu chí{of})"
