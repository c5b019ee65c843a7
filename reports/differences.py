"""What differs between two snapshots of the line: sentences of a correction, rows of a comparison.

Pure functions. The sentences stand on the paper, so they are Vietnamese.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.paper_figures import IndicatorFigures
from reports.quotable import quotable
from reports.snapshot import Publication, Snapshot

VERDICTS = {
    "met": "Đạt",
    "not_met": "Chưa đạt",
    "not_applicable": "Không áp dụng",
    "missing": "Chưa nhập",
}


@dataclass(frozen=True, slots=True)
class FigurePair:
    """One figure in two papers; empty where one of them does not have it."""

    key: str
    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def figure_pairs(first: Snapshot, second: Snapshot) -> list[FigurePair]:
    """All figures that either paper can quote, in their order; comparisons with a base left out:
    they follow from the figures themselves."""
    before, after = quotable(first), quotable(second)
    bases = {one.key for one in (*first.comparisons, *second.comparisons)}
    keys = [key for key in {**before, **after} if key.partition(".")[0] not in bases]
    pairs = []
    for key in keys:
        found = after.get(key) or before[key]
        pairs.append(
            FigurePair(
                key=key,
                label=found.label,
                first=before[key].shown if key in before else "",
                second=after[key].shown if key in after else "",
            )
        )
    return pairs


def differences(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """What a correction changes, as sentences; empty where the papers say the same."""
    found = [*_figures(before, after), *_indicators(before, after), *_sections(before, after)]
    if not found and _content(before) != _content(after):
        found = ["Thông tin khác của báo cáo được cập nhật; số liệu và nội dung không thay đổi."]
    return tuple(found)


def _figures(before: Snapshot, after: Snapshot) -> list[str]:
    return [
        f"{pair.label}: {_shown(pair.first)} sửa thành {_shown(pair.second)}."
        for pair in figure_pairs(before, after)
        if pair.differs
    ]


def _shown(value: str) -> str:
    return value or "chưa có"


def _indicators(before: Snapshot, after: Snapshot) -> list[str]:
    known = {(one.commune, one.code): one for one in before.indicators}
    found = []
    for one in after.indicators:
        earlier = known.get((one.commune, one.code))
        if earlier is not None and _said(earlier) != _said(one):
            commune = after.commune_names[one.commune].name
            found.append(
                f"{commune}, chỉ tiêu {one.code}: {_said(earlier)} sửa thành {_said(one)}."
            )
    return found


def _said(one: IndicatorFigures) -> str:
    value = f"{one.value} - " if one.value else ""
    return f"{value}{VERDICTS[one.counted]}"


def _sections(before: Snapshot, after: Snapshot) -> list[str]:
    texts = {one.key: one.text for one in before.sections}
    parent = ""
    found = []
    for one in after.sections:
        parent = one.number if one.level == 1 else parent
        name = one.number if one.level == 1 else f"{parent}.{one.number}"
        if texts.get(one.key) != one.text:
            found.append(f"Mục {name} “{one.heading}”: sửa nội dung.")
    return found


def _content(snapshot: Snapshot) -> Snapshot:
    """Without what every issue has of its own."""
    paper = replace(snapshot.paper, as_of=snapshot.paper.data_to)
    return replace(snapshot, publication=Publication(), paper=paper)
