"""Indicators without figures, as papers name them: apart from those not met, never as nought."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reports.naming import count
from reports.plain_tables import WORDS, Column, Table, Value, numbered
from reports.quotable import Quotes
from reports.snapshot import BlankIndicator, Snapshot

#: More than these are counted by commune in a sentence; the annex names each.
NAMED = 6
#: What a sentence quotes of a reason; the annex has it whole.
LONGEST = 160


def blanks_sentence(snapshot: Snapshot, quote: Quotes) -> str:
    """III.1: how many, and which with the reason of the commune, or how many where."""
    number = quote("headline.not_entered")
    state = (
        "chưa nhập (kỳ số liệu chưa khóa)"
        if snapshot.paper.provisional
        else "chưa có số liệu (không tính là đạt, cũng không tính là chưa đạt)"
    )
    if len(snapshot.blank) <= NAMED:
        return f"Còn {number} chỉ tiêu {state}: {', '.join(map(_named, snapshot.blank))}"
    communes = [
        f"{snapshot.commune_names[slug].short_name} {quote(f'missing.{slug}')}"
        for slug in snapshot.blank_by_commune
    ]
    return f"Còn {number} chỉ tiêu {state}: {', '.join(communes)}; chi tiết tại Phụ lục II"


def _named(one: BlankIndicator) -> str:
    reason = one.reason.rstrip(" .;")
    if len(reason) > LONGEST:
        reason = f"{reason[:LONGEST].rsplit(' ', 1)[0]}…"
    return f"chỉ tiêu {one.code} của {one.commune}" + (f" (lý do: {reason})" if reason else "")


def blank(snapshot: Snapshot) -> Table:
    """The second part of the annex of unmet indicators."""
    return Table(
        key="blank",
        caption="Chỉ tiêu chưa có số liệu theo từng xã",
        columns=(
            Column("TT", 10),
            Column("Xã", 26, WORDS, letters=14),
            Column("Chỉ tiêu", 24, letters=12),
            Column("Nội dung", 74, WORDS, letters=56),
            Column("Lý do xã nêu", 72, WORDS, letters=46),
            Column("Cơ quan chủ trì", 46, WORDS, letters=26),
        ),
        values=numbered(_rows(snapshot)),
        empty="Không có chỉ tiêu nào chưa có số liệu.",
        note=_note(snapshot),
    )


def _rows(snapshot: Snapshot) -> Iterator[tuple[Value, ...]]:
    """A line for each. Those left without a word are one line where their commune has entered
    nothing at all, and while the quarter is open."""
    silent = {one.short_name for one in snapshot.communes if not one.has_data}
    for commune, found in groupby(snapshot.blank, lambda one: one.commune):
        together: list[BlankIndicator] = []
        for one in found:
            waits = snapshot.paper.provisional or commune in silent
            if waits and not one.reason and not one.entered:
                together.append(one)
                continue
            entered = f" (đã nhập: {one.entered})" if one.entered else ""
            yield commune, one.code, f"{one.text}{entered}", one.reason, one.lead
        if together:
            codes = "; ".join(one.code for one in together)
            yield commune, f"{count(len(together))} chỉ tiêu", codes, "", ""


def _note(snapshot: Snapshot) -> str:
    if not snapshot.blank:
        return ""
    parts = ["Chưa có số liệu không phải là chưa đạt và không được tính là 0."]
    if any(not one.reason for one in snapshot.blank):
        parts.append("Ô lý do trống: số liệu không kèm lý do của xã.")
    if snapshot.paper.provisional:
        parts.append("Kỳ số liệu chưa khóa, các xã còn nhập tiếp.")
    return " ".join(parts)
