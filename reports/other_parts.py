"""The parts of two papers that differ in what ``differences`` does not list one by one.

A correction that lists some changes must not let the reader think that they are all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reports.annex_changes import Names, new_names
from reports.exact import to_json
from reports.snapshot import Publication, Snapshot

Part = tuple[str, Callable[[Snapshot], Any]]


def content(snapshot: Snapshot) -> Snapshot:
    """What the paper says: without what every issue has of its own, and without what the
    composition remembers of its texts."""
    return replace(
        snapshot,
        schema=0,
        publication=Publication(),
        paper=replace(snapshot.paper, as_of=snapshot.paper.data_to),
        sections=tuple(replace(one, edited=False, quoted={}) for one in snapshot.sections),
        indicators=tuple(
            replace(one, values=tuple(replace(value, level="") for value in one.values))
            if snapshot.schema == 1
            else one
            for one in snapshot.indicators
        ),
    )


def same(first: Snapshot, second: Snapshot) -> bool:
    """Whether both say exactly the same."""
    old, new = (content(_alike(one, first, second)) for one in (first, second))
    return old == new


def _alike(one: Snapshot, first: Snapshot, second: Snapshot) -> Snapshot:
    """Schema 1 did not keep the level of a measure: two schemas are compared without it."""
    return one if first.schema == second.schema else replace(one, schema=1)


def other_parts(
    first: Snapshot, second: Snapshot, *, figures: bool, indicators: set[tuple[str, str]]
) -> list[str]:
    """Names of parts, for a Vietnamese sentence. ``figures`` says that figures are listed,
    ``indicators`` which indicators are."""
    if same(first, second):
        return []
    names = new_names(first, second)
    old, new = (content(_alike(one, first, second)) for one in (first, second))
    parts = [*_figures(figures), *_annexes(old, new, names, indicators), *_words(old, new)]
    return [
        label for label, part in parts if _renamed(to_json(part(old)), names) != to_json(part(new))
    ]


def _renamed(stored: Any, names: Names) -> Any:
    """A name that is told once is no difference wherever else it stands."""
    if isinstance(stored, dict):
        return {key: _renamed(one, names) for key, one in stored.items()}
    if isinstance(stored, list):
        return [_renamed(one, names) for one in stored]
    return names.get(stored, stored) if isinstance(stored, str) else stored


def _figures(listed: bool) -> Iterator[Part]:
    yield "tên báo cáo, kỳ số liệu", lambda one: one.paper
    if not listed:
        yield "số liệu chung", lambda one: (one.headline, one.tiers, one.poverty)
    yield "tăng, giảm so với các kỳ trước", lambda one: one.comparisons
    yield "phân nhóm xã theo số tiêu chí đạt", lambda one: one.distribution
    yield (
        "chi tiết từng tiêu chí",
        lambda one: tuple(replace(row, met=0) for row in one.criteria),
    )
    yield "diễn biến qua các kỳ", lambda one: one.trend
    yield "biểu số liệu theo mẫu", lambda one: one.statutory


def _annexes(
    old: Snapshot, new: Snapshot, names: Names, indicators: set[tuple[str, str]]
) -> Iterator[Part]:
    yield (
        "bảng các xã (Phụ lục I)",
        lambda one: tuple(replace(row, name="", short_name="", met=0) for row in one.communes),
    )
    yield (
        "chi tiết của chỉ tiêu (Phụ lục II)",
        lambda one: tuple(
            row for row in one.indicators if (row.commune, row.code) not in indicators
        ),
    )
    if len(old.recognised) == len(new.recognised) and len(old.targets) == len(new.targets):
        yield "kết quả, thứ tự tại Phụ lục III", _standing
    both = {names.get(one, one) for one in _waiting(old)} & set(_waiting(new))
    yield (
        "số ngày trễ hạn của nơi chưa gửi (Phụ lục IV)",
        lambda one: tuple(
            str(days) for name, days in _waiting(one).items() if names.get(name, name) in both
        ),
    )


def _standing(one: Snapshot) -> tuple[Any, ...]:
    """Annex III without what is told of each row."""
    return (
        tuple(
            replace(row, decision_number="", decided_on=None, confirmed=False)
            for row in one.recognised
        ),
        tuple(replace(row, year=0) for row in one.targets),
    )


def _waiting(one: Snapshot) -> dict[str, int]:
    """Who has not sent anything is another day late each day."""
    return {row.name: row.days_late for row in one.reporting if not row.submitted_at} | {
        row.sender: row.days_late for row in one.written if not row.submitted_at
    }


def _words(old: Snapshot, new: Snapshot) -> Iterator[Part]:
    before = {one.key: one.text for one in old.sections}
    laid_out = {
        one.key for one in new.sections if before.get(one.key, "").split() == one.text.split()
    }
    yield (
        "đề mục và cách trình bày lời văn",
        lambda one: tuple(
            row if row.key in laid_out else replace(row, text="") for row in one.sections
        ),
    )
    yield (
        "thể thức văn bản (cơ quan ban hành, nơi nhận)",
        lambda one: replace(one.masthead, position=()),
    )
    yield "thẩm quyền, chức vụ người ký", lambda one: one.masthead.position
    yield (
        "nội dung bộ tiêu chí",
        lambda one: replace(
            one.definitions,
            indicators=tuple(replace(row, lead="") for row in one.definitions.indicators),
        ),
    )
