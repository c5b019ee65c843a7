"""Snapshots that are hard on a paper: nothing at all, far too much, and what nobody expects."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reports.snapshot import Snapshot
from tests.reports.snapshots import six_months

LONG = "Phòng " + "Nôngnghiệpvàpháttriểnnôngthôn" * 8
SCRIPT = '<script>alert("x")</script> & Công ty A&B <b>đậm</b>'
STORY = "Kể lại dài dòng việc tổ chức thực hiện ở cơ sở, có ẫ, ộ, ữ, ặ, ỷ và Đ. "


def empty() -> Snapshot:
    """A quarter in which nobody has anything: no commune, no base, no report."""
    whole = six_months()
    return replace(
        whole,
        headline=replace(
            whole.headline, communes=0, recognised=0, meeting_all=0, criteria_met=0, average=None,
            indicators=0, entered=0, verified=0, only_declared=0, verified_share=None, handed_in=0,
        ),
        comparisons=tuple(replace(one, available=False) for one in whole.comparisons[1:]),
        distribution=(), criteria=(), communes=(), trend=(), reporting=(), written=(),
        indicators=(), recognised=(), targets=(), statutory=(),
        sections=tuple(replace(one, text="") for one in whole.sections),
    )  # fmt: skip


def silent_commune() -> Snapshot:
    """One commune has entered nothing."""
    whole = six_months()
    first = whole.communes[0]
    cells = tuple(
        replace(cell, verdict="missing", change="", met=0, only_declared=0) for cell in first.cells
    )
    return replace(whole, communes=(replace(first, cells=cells, met=0), *whole.communes[1:]))


def crowded() -> Snapshot:
    """Names without a place to break, a text of 40,000 letters, marks that are not ours."""
    whole = six_months()
    texts = {
        "steering": (STORY * 600)[:40_000],
        "proposals": "\n".join(f"- {SCRIPT} {n} {STORY * 3}" for n in range(40)),
        "causes": SCRIPT,
    }
    return replace(
        whole,
        sections=tuple(replace(one, text=texts.get(one.key, one.text)) for one in whole.sections),
        communes=tuple(
            replace(
                one, short_name=f"{one.short_name} & Bản {n} <i>", lost=(1, 2, 3), recognised=True
            )
            for n, one in enumerate(whole.communes)
        ),
        written=tuple(replace(one, sender=LONG) for one in whole.written),
        headline=replace(whole.headline, average=Decimal("9.0")),
    )
