"""What differs between two snapshots of the line: sentences of a correction, rows of a comparison.

Pure functions. The sentences stand on the paper, so they are Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.annex_changes import ANNEX, NAME, annex_changes
from reports.naming import count
from reports.other_parts import content, other_parts, same
from reports.paper_figures import CommuneReporting, IndicatorFigures, WrittenReportLine
from reports.quotable import quotable
from reports.snapshot import Change, Section, Snapshot
from reports.word_diff import sentence_pieces

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
    """All figures that either paper can quote, in their order. Comparisons with a base are left
    out, which follow from the figures themselves, and what each commune lacks: its indicators say
    which."""
    before, after = quotable(first), quotable(second)
    told = {one.key for one in (*first.comparisons, *second.comparisons)} | {"missing"}
    keys = [key for key in {**before, **after} if key.partition(".")[0] not in told]
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


#: Longer passages are cut in their middle in a sentence; both issues have them whole.
LONGEST = 400
#: How many words before a passage say where it stands.
NEAR = 6
#: How many sentences tell of annexes and names; the workbook and the page have all of them.
MOST = 20
OTHER = "other"
#: What a correction says of the parts that differ and are not listed.
ELSEWHERE = "Các phần khác cũng có thay đổi"
UNNAMED = "một số thông tin khác của báo cáo"


def differences(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """What a correction changes, as sentences; empty where the papers say the same."""
    return sentences(changes(before, after))


def sentences(found: tuple[Change, ...]) -> tuple[str, ...]:
    """A sentence for each; of annexes and names the first, and how many more there are."""
    many = [one for one in found if one.kind in (ANNEX, NAME)]
    told = [sentence(one) for one in found if one.kind not in (ANNEX, NAME, OTHER)]
    told += [sentence(one) for one in many[:MOST]]
    if len(many) > MOST:
        told.append(f"Các phụ lục và tên gọi: còn {count(len(many) - MOST)} thay đổi khác.")
    return (*told, *(sentence(one) for one in found if one.kind == OTHER))


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Every figure with both values, every passage in both wordings, every entry of annexes III
    and IV and every name; last, which parts differ in what is not listed."""
    return (*_listed(before, after), *_unlisted(before, after))


def _listed(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    return (
        *_figures(before, after),
        *indicator_changes(before, after),
        *annex_changes(before, after),
        *_texts(before, after),
    )


def _unlisted(before: Snapshot, after: Snapshot) -> list[Change]:
    parts = unlisted_parts(before, after)
    return [Change(OTHER, ELSEWHERE, "", "; ".join(parts))] if parts else []


def unlisted_parts(before: Snapshot, after: Snapshot) -> list[str]:
    """Parts that differ in what is not listed; empty only where all is listed or nothing differs."""
    if same(before, after):
        return []
    listed = _listed(before, after)
    told = {(one.commune_key, one.code) for one in indicator_pairs(before, after)}
    figures = any(one.kind == "figure" for one in listed)
    parts = other_parts(before, after, figures=figures, indicators=told)
    return parts or ([] if listed else [UNNAMED])


def sentence(one: Change) -> str:
    if one.kind == OTHER:
        return f"{one.place}: {one.after}."
    if one.kind == NAME:
        return f"{one.place}: “{one.before}” thành “{one.after}”."
    if one.kind == ANNEX:
        near = f" ({one.near})" if one.near else ""
        if one.before and one.after:
            return f"{one.place}, từ “{one.before}” thành “{one.after}”{near}."
        done = f"thêm {one.after}" if one.after else f"bỏ {one.before}"
        return f"{one.place}, {done}{near}."
    if one.kind != "text":
        return f"{one.place}: {_shown(one.before)} sửa thành {_shown(one.after)}."
    old, new = quoted(one.before), quoted(one.after)
    if one.before and one.after:
        return f"{one.place}: câu {old} sửa thành {new}."
    where = f" sau {quoted(one.near)}" if one.near else ""
    return f"{one.place}: bổ sung {new}{where}." if one.after else f"{one.place}: bỏ {old}{where}."


def quoted(passage: str) -> str:
    """On one line; a long one without its middle."""
    text = " / ".join(line.strip() for line in passage.splitlines() if line.strip())
    length = len(text)
    if length > LONGEST:
        head, tail = text[: LONGEST // 2], text[-LONGEST // 2 :]
        text = f"{head.rsplit(' ', 1)[0]} […] {tail.split(' ', 1)[-1]}"
        return f"“{text}” ({length} ký tự)"
    return f"“{text}”"


def _figures(before: Snapshot, after: Snapshot) -> list[Change]:
    return [
        Change("figure", pair.label, pair.first, pair.second)
        for pair in figure_pairs(before, after)
        if pair.differs
    ]


def _shown(value: str) -> str:
    return value or "chưa có"


@dataclass(frozen=True, slots=True)
class IndicatorPair:
    """One indicator of one commune that differs; empty where a paper does not have it."""

    commune: str
    code: str
    first: str
    second: str
    commune_key: str


def indicator_changes(before: Snapshot, after: Snapshot) -> list[Change]:
    return [
        Change("indicator", f"{one.commune}, chỉ tiêu {one.code}", one.first, one.second)
        for one in indicator_pairs(before, after)
    ]


def indicator_pairs(before: Snapshot, after: Snapshot) -> list[IndicatorPair]:
    """Those that differ, also those that only one of the two papers has."""
    known = {(one.commune, one.code): one for one in before.indicators}
    now = {(one.commune, one.code): one for one in after.indicators}
    names = {one.slug: one.name for one in (*before.communes, *after.communes)}
    found = []
    for key in {**now, **known}:
        old, new = (_said(one) if one else "" for one in (known.get(key), now.get(key)))
        if old != new:
            found.append(IndicatorPair(names[key[0]], key[1], old, new, key[0]))
    return found


def _said(one: IndicatorFigures) -> str:
    value = f"{one.value} - " if one.value else ""
    why = f" (lý do: {one.reason})" if one.counted == "missing" and one.reason else ""
    return f"{value}{VERDICTS[one.counted]}{why}"


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section in two papers; the text of one that a paper does not have is empty."""

    name: str
    heading: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def section_pairs(first: Snapshot, second: Snapshot) -> list[SectionPair]:
    """In the order of the second paper; what only the first one has comes last."""
    old, new = _named(first.sections), _named(second.sections)
    found = []
    for key in {**new, **old}:
        name, heading, _text = new.get(key) or old[key]
        texts = [paper[key][2] if key in paper else "" for paper in (old, new)]
        found.append(SectionPair(name, heading, *texts))
    return found


def _named(sections: tuple[Section, ...]) -> dict[str, tuple[str, str, str]]:
    """Key -> "III.2", heading, text."""
    parent, found = "", {}
    for one in sections:
        parent = one.number if one.level == 1 else parent
        name = one.number if one.level == 1 else f"{parent}.{one.number}"
        found[one.key] = (name, one.heading, one.text)
    return found


def _texts(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for pair in section_pairs(before, after):
        near = ""
        for piece in sentence_pieces(pair.first, pair.second) if pair.differs else ():
            if piece.same:
                near = " ".join(piece.after.split()[-NEAR:])
                continue
            old, new = piece.before.strip(), piece.after.strip()
            if old != new:
                yield Change("text", f"Mục {pair.name} “{pair.heading}”", old, new, near)


def differs(before: Snapshot, after: Snapshot) -> bool:
    """Whether the second paper says anything else, or only what the mere passing of days, another
    signature or a text written again word for word make of it."""
    return bool(_listed(before, after)) or _said_in(before) != _said_in(after)


def _said_in(snapshot: Snapshot) -> Snapshot:
    return replace(
        content(snapshot),
        masthead=replace(snapshot.masthead, position=()),
        reporting=tuple(_settled(one) for one in snapshot.reporting),
        written=tuple(_settled(one) for one in snapshot.written),
    )


def _settled(
    one: CommuneReporting | WrittenReportLine,
) -> CommuneReporting | WrittenReportLine:
    """Who has not reported is another day late each day."""
    return one if one.submitted_at else replace(one, days_late=0)
