"""Sentences of sections III and IV: what the figures say is not as it should be, what follows."""

from __future__ import annotations

from reports.naming import count, criteria_list
from reports.narrative import as_list
from reports.quotable import Quotes
from reports.snapshot import Snapshot


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
    fallen = [one for one in snapshot.communes if one.recognised and one.lost]
    for one in fallen:
        found.append(
            f"- {one.name} đã được công nhận đạt chuẩn nhưng không còn đạt {criteria_list(one.lost)}"
        )
    absent = [one for one in snapshot.reporting if not one.handed_in]
    if absent:
        found.append(
            f"- {count(len(absent))} xã chưa gửi phiếu đánh giá: "
            f"{', '.join(one.short_name for one in absent)}"
        )
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
