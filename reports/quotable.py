"""Every figure that a sentence may quote, by its key: what it is called and how it is written.

Sentences take their numbers from here and nowhere else, so what a text quotes can be stored with
it and compared with the figures of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.naming import count, figure
from reports.snapshot import ComparisonFigures, Snapshot


@dataclass(frozen=True, slots=True)
class Figure:
    """``label`` in Vietnamese, ``shown`` as it stands in a sentence; ``about`` is the name that
    a sentence says it of: a commune, a tier, a range, the base of a comparison."""

    label: str
    shown: str
    about: str = ""


def quotable(snapshot: Snapshot) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    _headline(found, snapshot)
    _poverty(found, snapshot)
    for bucket in snapshot.distribution:
        if bucket.has_data or bucket.count:
            found[f"distribution.{bucket.lower}"] = Figure(
                bucket.content, count(bucket.count), bucket.label
            )
    for criterion in snapshot.criteria:
        label = f"Số xã đạt tiêu chí {criterion.number}"
        found[f"criterion.{criterion.number}"] = Figure(label, count(criterion.met))
    everywhere = len(snapshot.met_by_all)
    nowhere = len(snapshot.met_by_nobody)
    found["criteria.everywhere"] = Figure("Số tiêu chí mà tất cả các xã đạt", count(everywhere))
    found["criteria.nowhere"] = Figure("Số tiêu chí mà chưa xã nào đạt", count(nowhere))
    for commune in snapshot.communes:
        label = f"Số tiêu chí {commune.name} đạt"
        found[f"commune.{commune.slug}"] = Figure(label, count(commune.met), commune.short_name)
        missing = count(snapshot.blank_by_commune.get(commune.slug, 0))
        label = f"Số chỉ tiêu chưa có số liệu của {commune.name}"
        found[f"missing.{commune.slug}"] = Figure(label, missing, commune.short_name)
    for tier in snapshot.tiers:
        label = f"Số xã đã được công nhận {tier.name}"
        found[f"tier.{tier.tier}"] = Figure(label, count(tier.communes), tier.name)
    for comparison in snapshot.comparable:
        _comparison(found, comparison)
    return found


def _headline(found: dict[str, Figure], snapshot: Snapshot) -> None:
    headline = snapshot.headline
    for name, label in (
        ("communes", "Số xã"),
        ("criteria", "Số tiêu chí của bộ tiêu chí"),
        ("recognised", "Số xã đã được công nhận"),
        ("meeting_all", "Số xã đang đạt đủ tiêu chí"),
        ("criteria_met", "Tổng số tiêu chí đạt"),
        ("indicators", "Số chỉ tiêu phải đánh giá"),
        ("entered", "Số chỉ tiêu đã nhập"),
        ("verified", "Số chỉ tiêu đã thẩm định"),
        ("only_declared", "Số chỉ tiêu mới do xã tự đánh giá"),
        ("handed_in", "Số xã đã gửi phiếu đánh giá"),
    ):
        found[f"headline.{name}"] = Figure(label, count(getattr(headline, name)))
    found["headline.not_entered"] = Figure(
        "Số chỉ tiêu chưa có số liệu", count(snapshot.not_entered)
    )
    _decimal(found, "headline.average", "Bình quân tiêu chí mỗi xã", headline.average, 1)
    _decimal(found, "headline.verified_share", "Tỷ lệ đã thẩm định", headline.verified_share, 0)


def _poverty(found: dict[str, Figure], snapshot: Snapshot) -> None:
    poverty = snapshot.poverty
    found["poverty.communes"] = Figure("Số xã có số liệu hộ nghèo", count(poverty.communes))
    for name, label in (
        ("poor_rate", "Tỷ lệ hộ nghèo"),
        ("near_poor_rate", "Tỷ lệ hộ cận nghèo"),
        ("poverty_rate", "Tỷ lệ hộ nghèo và cận nghèo"),
    ):
        _decimal(found, f"poverty.{name}", label, getattr(poverty, name), 2)


def _comparison(found: dict[str, Figure], one: ComparisonFigures) -> None:
    """Differences without their sign, as sentences say them: "tăng 0,2"."""
    for name, label, places in (
        ("recognised", "số xã đã được công nhận", None),
        ("meeting_all", "số xã đạt đủ tiêu chí", None),
        ("criteria_met", "tổng số tiêu chí đạt", None),
        ("average", "bình quân tiêu chí mỗi xã", 1),
        ("poor_rate", "tỷ lệ hộ nghèo", 2),
        ("near_poor_rate", "tỷ lệ hộ cận nghèo", 2),
        ("poverty_rate", "tỷ lệ hộ nghèo và cận nghèo", 2),
    ):
        value = getattr(one, name)
        if value is None:
            continue
        shown = count(abs(value)) if places is None else figure(abs(value), places)
        found[f"{one.key}.{name}"] = Figure(
            f"Thay đổi {label} so với {one.label}", shown, one.label
        )


def _decimal(
    found: dict[str, Figure], key: str, label: str, value: Decimal | None, places: int
) -> None:
    if value is not None:
        found[key] = Figure(label, figure(value, places))


class Quotes:
    """Hands figures to a sentence and remembers which."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        self.figures = figures
        self.taken: dict[str, str] = {}

    def __call__(self, key: str) -> str:
        shown = self.figures[key].shown
        self.taken[key] = shown
        return shown


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that a text quotes and that is another now; ``now`` is empty where it is gone."""

    label: str
    was: str
    now: str


def changed(quoted: Mapping[str, str], figures: Mapping[str, Figure]) -> list[Changed]:
    found = []
    for key, was in quoted.items():
        now = figures.get(key)
        if now is None or now.shown != was:
            found.append(Changed(now.label if now else key, was, now.shown if now else ""))
    return found
