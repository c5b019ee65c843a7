"""What differs between two papers in annexes III and IV and in names: whose standing it is.

Pure functions. Rows have no key but the name that they show, so a commune that is called otherwise
is followed by its name in the matrix, whose rows do have one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.timezone import localtime

from reports.naming import day
from reports.paper_figures import (
    CommuneReporting,
    RecognisedCommune,
    TargetFigures,
    WrittenReportLine,
)
from reports.snapshot import Change, Snapshot

ANNEX, NAME = "annex", "name"
UNSENT, NO_TERM = "chưa gửi", "không có hạn"

Names = dict[str, str]
Told = Iterator[tuple[str, str, str, str]]


def annex_changes(before: Snapshot, after: Snapshot) -> list[Change]:
    names = new_names(before, after)
    leads = [(code, names.get(lead, lead)) for code, lead in _leads(before)]
    found = [Change(NAME, "Tên", old, new) for old, new in _whole(names)]
    rows = (
        *_rows("Phụ lục II", leads, _leads(after), _told_of_lead, names),
        *_rows("Phụ lục III", before.recognised, after.recognised, _told_of_decision, names),
        *_rows("Phụ lục III", before.targets, after.targets, _told_of_target, names),
        *_rows("Phụ lục IV", before.reporting, after.reporting, _told_of_sending, names),
        *_rows("Phụ lục IV", before.written, after.written, _told_of_sending, names),
    )
    return [*found, *rows]


def new_names(before: Snapshot, after: Snapshot) -> Names:
    """Old name -> new one: of communes by the matrix, of bodies that nothing else explains."""
    found: Names = {}
    for one in after.communes:
        was = before.commune_names.get(one.slug)
        if was:
            found |= {was.name: one.name, was.short_name: one.short_name}
    for old, new in (
        *_moved(_leads(before), _leads(after), lambda one: one[0], lambda one: one[1]),
        *_moved(before.written, after.written, _all_but_sender, lambda one: one.sender),
        *_moved(before.reporting, after.reporting, _all_but_name, lambda one: one.name),
        *_moved(before.reporting, after.reporting, _all_but_name, lambda one: one.short_name),
        *_moved(_short_leads(before), _short_leads(after), lambda one: one[0], lambda one: one[1]),
    ):
        if old not in _bodies(after) and new not in _bodies(before):
            found.setdefault(old, new)
    return {old: new for old, new in found.items() if old != new}


def _bodies(snapshot: Snapshot) -> set[str]:
    """Who still is called so anywhere was not called otherwise: another body took its task."""
    return {lead for _code, lead in _leads(snapshot)} | {one.sender for one in snapshot.written}


def _whole(names: Names) -> Iterator[tuple[str, str]]:
    """Without the short name of whoever's whole name is told: "Tả Lèng" beside "Xã Tả Lèng"."""
    for old, new in names.items():
        if not any(old != was and old in was and new in now for was, now in names.items()):
            yield old, new


def _moved(
    before: Iterable[Any], after: Iterable[Any], rest: Callable, name: Callable
) -> Iterator[tuple[str, str]]:
    """A name that is gone and one that is new, where only one row can have become the other."""
    before, after = tuple(before), tuple(after)
    gone = {name(one) for one in before} - {name(one) for one in after}
    come = {name(one) for one in after} - {name(one) for one in before}
    places: dict[str, set] = {one: set() for one in gone | come}
    for one in (*before, *after):
        if name(one) in places:
            places[name(one)].add(rest(one))
    for old in sorted(gone - {""}):
        like = [new for new in come - {""} if places[new] == places[old]]
        alike = [one for one in gone if places[one] == places[old]]
        if len(like) == len(alike) == 1:
            yield old, like[0]


def _all_but_sender(one: WrittenReportLine) -> WrittenReportLine:
    return replace(one, sender="")


def _all_but_name(one: CommuneReporting) -> CommuneReporting:
    return replace(one, name="", short_name="")


def _leads(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.lead) for one in snapshot.definitions.indicators)


def _short_leads(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    return tuple((str(one.number), lead) for one in snapshot.criteria for lead in one.leads)


def _rows(
    annex: str,
    before: Iterable[Any],
    after: Iterable[Any],
    told: Callable[[Any, Any], Told],
    names: Names,
) -> Iterator[Change]:
    old = _keyed(before, names)
    new = _keyed(after, {})
    for key in {**new, **old}:
        for place, was, now, when in told(old.get(key), new.get(key)):
            if was != now:
                yield Change(ANNEX, f"{annex}: {place}", was, now, when)


def _keyed(rows: Iterable[Any], names: Names) -> dict[tuple, Any]:
    """By what a row is about; two rows about the same are told apart by their order."""
    seen: Counter = Counter()
    found = {}
    for one in rows:
        key = _key(one, names)
        seen[key] += 1
        found[*key, seen[key]] = one
    return found


def _key(one: Any, names: Names) -> tuple[str, ...]:
    match one:
        case RecognisedCommune():
            return names.get(one.commune, one.commune), one.tier
        case TargetFigures():
            return names.get(one.unit, one.unit), one.tier
        case CommuneReporting():
            return (names.get(one.name, one.name),)
        case WrittenReportLine():
            return names.get(one.sender, one.sender), str(one.is_agency)
    code, _lead = one
    return (code,)


def _told_of_lead(old: tuple[str, str] | None, new: tuple[str, str] | None) -> Told:
    code, _lead = new or old
    yield f"chỉ tiêu {code}, cơ quan chủ trì", old[1] if old else "", new[1] if new else "", ""


def _told_of_decision(old: RecognisedCommune | None, new: RecognisedCommune | None) -> Told:
    place = f"{(new or old).commune} ({(new or old).tier_name})"
    if old and new:
        yield place, _decision(old), _decision(new), ""
        yield f"{place}, thông tin quyết định", _confirmed(old), _confirmed(new), ""
    else:
        yield place, _recognised(old), _recognised(new), ""


def _decision(one: RecognisedCommune) -> str:
    number = f" số {one.decision_number}" if one.decision_number else ""
    decided = f" ngày {day(one.decided_on)}" if one.decided_on else ""
    return f"quyết định{number}{decided}" if number or decided else ""


def _confirmed(one: RecognisedCommune) -> str:
    return "đã xác nhận" if one.confirmed else "chưa xác nhận"


def _recognised(one: RecognisedCommune | None) -> str:
    if one is None:
        return ""
    return f"xã được công nhận ({_decision(one) or 'chưa có số, ngày quyết định'})"


def _told_of_target(old: TargetFigures | None, new: TargetFigures | None) -> Told:
    place = f"{(new or old).unit}, mục tiêu đạt chuẩn {(new or old).tier_name}"
    yield place, f"năm {old.year}" if old else "", f"năm {new.year}" if new else "", ""


Sending = CommuneReporting | WrittenReportLine


def _told_of_sending(old: Sending | None, new: Sending | None) -> Told:
    one = new or old
    commune = isinstance(one, CommuneReporting)
    place = one.name if commune else f"báo cáo bằng văn bản của {one.sender}"
    if not (old and new):
        yield place, _line(old), _line(new), _sent(one)
        return
    yield place, old.state_text, new.state_text, _sent(new)
    yield f"{place}, ngày gửi", _sent(old) or UNSENT, _sent(new) or UNSENT, ""
    yield f"{place}, hạn gửi", _due(old), _due(new), ""
    if old.submitted_at and new.submitted_at:
        yield f"{place}, trễ hạn", f"{old.days_late} ngày", f"{new.days_late} ngày", ""
    if commune:
        for name, label in (
            ("indicators", "số chỉ tiêu"),
            ("entered", "số chỉ tiêu đã nhập"),
            ("verified", "số chỉ tiêu đã thẩm định"),
            ("returned", "số chỉ tiêu bị trả lại"),
        ):
            yield f"{place}, {label}", str(getattr(old, name)), str(getattr(new, name)), ""


def _line(one: Sending | None) -> str:
    return f"dòng “{one.state_text}”" if one else ""


def _sent(one: Sending) -> str:
    return day(localtime(one.submitted_at)) if one.submitted_at else ""


def _due(one: Sending) -> str:
    return day(one.due_on) if one.due_on else NO_TERM
