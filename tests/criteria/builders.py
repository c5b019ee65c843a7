"""Measures and levels of the rules' tests, for a commune of the northern mountains in 2023."""

from decimal import Decimal

from criteria.evaluation import (
    Condition,
    Kind,
    Level,
    MeasureSpec,
    Operator,
    Place,
)

HERE = Place(province="12", region="TDMNPB", group="kv3", year=2023)


def at_least(value, **where) -> Level:
    return Level(Operator.AT_LEAST, Decimal(value), **where)


def at_most(value, **where) -> Level:
    return Level(Operator.AT_MOST, Decimal(value), **where)


def percentage(*levels: Level, key: str = "value", **options) -> MeasureSpec:
    return MeasureSpec(key, Kind.PERCENTAGE, "%", levels=levels, **options)


YES_OR_NO = MeasureSpec("value", Kind.BOOLEAN)
GRADES = ("excellent", "good", "done", "failed")
GRADE = MeasureSpec(
    "value",
    Kind.CHOICE,
    choices=GRADES,
    levels=(Level(Operator.ONE_OF, options=("excellent", "good")),),
)

MORE_THAN_THREE = Condition("schools", Operator.MORE_THAN, Decimal(3))
THREE_OR_FEWER = Condition("schools", Operator.AT_MOST, Decimal(3))
SCHOOLS = (  # indicator 5, Decision 1491/QĐ-BGDĐT
    percentage(at_least(100), key="minimum"),
    percentage(
        at_least(70, condition=MORE_THAN_THREE),
        at_least(50, condition=THREE_OR_FEWER),
        at_least(100, region="DBSH"),
        key="level_1",
    ),
    MeasureSpec("schools", Kind.NUMBER, "trường", deciding=False),
)
