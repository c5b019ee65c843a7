"""The statutory table: result at 31/12 last year, this term, plan, note (regulations, part d)."""

from __future__ import annotations

from decimal import Decimal

from assessments.figures import Headline
from assessments.statistics import NO_DATA, headline_of, matrix_of
from reports.snapshot import StatutoryRow, TierFigures


def statutory_rows(counted, tiers: tuple[TierFigures, ...], targets: list) -> tuple:
    """``counted`` is ``building_parts.Counted``. A figure that nobody has stays None."""
    now = counted.headline
    end = counted.counts.get(f"{counted.period.year - 1}-q4")
    before = headline_of(end) if end else None
    if before and before.average_criteria is None:
        before = None
    rows = [
        *_recognised(tiers, targets, end is not None),
        *_meeting(now, before),
        *_poverty(now, before),
        *_by_criterion(counted, before),
    ]
    return tuple(rows)


def _recognised(tiers, targets, known: bool):
    """A plan is counted where targets are set: those recognised already and those to come."""
    for n, tier in enumerate(tiers, start=1):
        coming = [one for one in targets if one.tier == tier.tier and one.level == "commune"]
        plan = Decimal(tier.communes + len(coming)) if coming else None
        years = sorted({one.year for one in coming})
        yield StatutoryRow(
            number=f"1.{n}",
            content=f"Số xã đã được công nhận đạt chuẩn {tier.name}",
            unit="xã",
            last_year=Decimal(tier.last_year) if known else None,
            this_term=Decimal(tier.communes),
            plan=plan,
            note=f"Mục tiêu đến năm {years[-1]}" if years else "",
        )


def _meeting(now: Headline, before: Headline | None):
    blank = now.average_criteria is None
    total = None if blank else now.criteria_met
    yield _row("2", "Tổng số tiêu chí đạt", "tiêu chí", total, _of(before, "criteria_met"))
    yield _row(
        "3",
        "Bình quân tiêu chí đạt trên một xã",
        "tiêu chí/xã",
        now.average_criteria,
        _of(before, "average_criteria"),
    )
    for n, (name, found) in enumerate(now.distribution.items(), start=1):
        words = name.replace("under 5", "dưới 5")
        content = "Số xã chưa có số liệu" if name == NO_DATA else f"Số xã đạt {words} tiêu chí"
        earlier = before.distribution.get(name) if before else None
        if name != NO_DATA or found or earlier:
            known = None if blank and name != NO_DATA else found
            yield _row(f"4.{n}", content, "xã", known, earlier)


def _poverty(now: Headline, before: Headline | None):
    for number, name, words in (
        ("5.1", "poor_rate", "Tỷ lệ hộ nghèo"),
        ("5.2", "near_poor_rate", "Tỷ lệ hộ cận nghèo"),
    ):
        earlier = getattr(before.poverty, name) if before else None
        note = poverty_note(now)
        yield _row(number, words, "%", getattr(now.poverty, name), earlier, note)


def poverty_note(now: Headline) -> str:
    """From how many communes the rates are, and how many gave numbers that cannot be."""
    counted, impossible = now.poverty.communes, now.poverty.impossible
    if counted == now.communes:
        return ""
    why = f"; {impossible} xã có số hộ chưa hợp lý, không tính" if impossible else ""
    return f"Số liệu của {counted}/{now.communes} xã{why}"


def _by_criterion(counted, before: Headline | None):
    end = matrix_of(counted.counts[before.period]).columns if before else ()
    known = {column.number for column in end if column.has_data}
    for column in counted.matrix.columns:
        earlier = before.by_criterion[column.number] if column.number in known else None
        yield _row(
            f"6.{column.number}",
            f"Số xã đạt tiêu chí số {column.number} - {column.name}",
            "xã",
            column.met if column.has_data else None,
            earlier,
        )


def _of(before: Headline | None, name: str):
    return getattr(before, name) if before else None


def _row(number, content, unit, this_term, last_year, note="") -> StatutoryRow:
    def exact(value) -> Decimal | None:
        return None if value is None else Decimal(value)

    return StatutoryRow(number, content, unit, exact(last_year), exact(this_term), None, note)
