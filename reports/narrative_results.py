"""Sentences of sections II.2 to II.4: by criterion, by commune, the targets."""

from __future__ import annotations

from reports.naming import criteria_list
from reports.narrative import as_list
from reports.quotable import Quotes
from reports.snapshot import CriterionFigures, Snapshot


def by_criterion(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """II.2: which criteria all or none meet, and which were won and lost where."""
    if not snapshot.headline.entered:
        return []
    communes = quote("headline.communes")
    every = [one.number for one in snapshot.met_by_all]
    none = snapshot.met_by_nobody
    paragraphs = []
    if every:
        paragraphs.append(
            f"Có {quote('criteria.everywhere')} tiêu chí được tất cả {communes} xã đạt: "
            f"{criteria_list(every)}."
        )
    for one in none:
        paragraphs.append(
            f"Tiêu chí số {one.number} ({one.name}) chưa có xã nào đạt"
            + (
                f"; chưa có số liệu: {', '.join(one.missing_communes)}."
                if one.without_data
                else "."
            )
        )
    unknown = [one.number for one in snapshot.criteria if not one.met and not one.failing]
    if unknown:
        paragraphs.append(f"Chưa có số liệu để đánh giá {criteria_list(unknown)}.")
    some = [one for one in snapshot.criteria if one.met and one.number not in every]
    if some:
        items = [
            f"- Tiêu chí số {one.number} ({one.name}): {quote(f'criterion.{one.number}')}/"
            f"{communes} xã đạt{_not_met(one.not_met_communes, one.missing_communes)}"
            for one in some
        ]
        paragraphs += [f"Các tiêu chí {_lacking(some)}:", *as_list(items)]
    return paragraphs + _changes(snapshot)


def _lacking(found: list[CriterionFigures]) -> str:
    """A blank is not called not met."""
    failing = any(one.failing for one in found)
    blank = any(one.without_data for one in found)
    if failing and blank:
        return "còn có xã chưa đạt hoặc chưa có số liệu"
    return "còn có xã chưa có số liệu" if blank else "còn có xã chưa đạt"


def _not_met(not_met: tuple[str, ...], missing: tuple[str, ...]) -> str:
    words = f"; chưa đạt: {', '.join(not_met)}" if not_met else ""
    return words + (f"; chưa có số liệu: {', '.join(missing)}" if missing else "")


def _changes(snapshot: Snapshot) -> list[str]:
    base = next((one for one in snapshot.comparisons if one.available), None)
    if base is None:
        return []
    won = [
        f"tiêu chí số {one.number} ({', '.join(one.won)})" for one in snapshot.criteria if one.won
    ]
    lost = [
        f"tiêu chí số {one.number} ({', '.join(one.lost)})" for one in snapshot.criteria if one.lost
    ]
    if not won and not lost:
        return [f"So với {base.label}, không có xã nào đạt thêm hoặc không còn đạt tiêu chí."]
    winners = {name for one in snapshot.criteria for name in one.won}
    who = "các xã" if len(winners) > 1 else "có xã"
    parts = [f"{who} đạt thêm {'; '.join(won)}"] if won else []
    parts += [f"có xã không còn đạt {'; '.join(lost)}"] if lost else []
    return [f"So với {base.label}: {'. Bên cạnh đó, '.join(parts)}."]


def by_commune(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """II.3: who meets most and least, who won and lost what; recognised ones are named first."""
    if not snapshot.headline.entered:
        return []
    criteria = quote("headline.criteria")
    groups: dict[int, list[str]] = {}
    keys: dict[int, str] = {}
    silent = [one.short_name for one in snapshot.communes if not one.has_data]
    for one in snapshot.communes:
        if not one.has_data:
            continue
        groups.setdefault(one.met, []).append(one.short_name)
        keys.setdefault(one.met, f"commune.{one.slug}")
    items = [
        f"- {', '.join(groups[met])}: {quote(keys[met])}/{criteria} tiêu chí"
        for met in sorted(groups, reverse=True)
    ]
    items += [f"- {', '.join(silent)}: chưa có số liệu"] if silent else []
    paragraphs = ["Số tiêu chí đạt của các xã:", *as_list(items)]
    base = next((one for one in snapshot.comparisons if one.available), None)
    if base is None:
        return paragraphs
    moved = [one for one in snapshot.communes if one.won or one.lost]
    if not moved:
        return [*paragraphs, f"So với {base.label}, kết quả của các xã không thay đổi."]
    return [
        *paragraphs,
        f"Thay đổi so với {base.label}:",
        *as_list([_moved(one.name, one.recognised, one.won, one.lost) for one in moved]),
    ]


def _moved(name: str, recognised: bool, won: tuple[int, ...], lost: tuple[int, ...]) -> str:
    parts = [f"đạt thêm {criteria_list(won)}"] if won else []
    parts += [f"không còn đạt {criteria_list(lost)}"] if lost else []
    mark = " (xã đã được công nhận đạt chuẩn)" if recognised and lost else ""
    return f"- {name}{mark}: {'; '.join(parts)}"


def targets(snapshot: Snapshot, quote: Quotes) -> list[str]:
    """II.4: where the units stand that are to reach a tier."""
    if not snapshot.targets:
        return ["Chưa có mục tiêu công nhận nào được giao cho thời gian tới."]
    criteria = quote("headline.criteria")
    items = []
    slugs = {one.name: one.slug for one in snapshot.communes}
    for one in snapshot.targets:
        words = f"- {one.unit}: mục tiêu đạt chuẩn {one.tier_name} đến năm {one.year}"
        if one.met is not None and one.has_no_data:
            words += "; chưa có số liệu đánh giá"
        elif one.met is not None:
            words += f"; hiện đạt {quote(f'commune.{slugs[one.unit]}')}/{criteria} tiêu chí"
            words += " của bộ tiêu chí xã nông thôn mới" if one.tier != "ntm" else ""
            words += f", còn {criteria_list(one.unmet)} chưa đạt" if one.unmet else ""
            words += f", {criteria_list(one.missing)} chưa có số liệu" if one.missing else ""
        items.append(words)
    return as_list(items)
