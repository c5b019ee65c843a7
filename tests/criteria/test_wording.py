"""What people read about a level and a verdict, word for word in both languages."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from criteria.definitions import MeasureDefinition
from criteria.evaluation import (
    Condition,
    Kind,
    Level,
    MeasureSpec,
    Operator,
    Place,
    Reason,
    Verdict,
    Why,
    evaluate_indicator,
)
from criteria.wording import (
    NBSP,
    gap_text,
    goal_text,
    goals_text,
    level_text,
    reason_text,
    reasons_text,
    value_text,
    verdict_text,
)

HERE = Place(region="TDMNPB", year=2023)


@pytest.fixture(autouse=True)
def in_vietnamese():
    with translation.override("vi"):
        yield


def measure(
    key="value", kind=Kind.PERCENTAGE, unit="%", levels=(), label="", label_en="", **options
) -> MeasureDefinition:
    spec = MeasureSpec(key, kind, unit, levels=tuple(levels), **options)
    return MeasureDefinition(
        id=1,
        key=key,
        label=label,
        label_en=label_en,
        kind=kind,
        unit=unit,
        unit_en="schools" if unit == "trường" else unit,
        direction="higher",
        decimals=2,
        maximum=None,
        choices=spec.choices,
        deciding=spec.deciding,
        required=spec.required,
        spec=spec,
    )


def at_least(value, **where) -> Level:
    return Level(Operator.AT_LEAST, Decimal(value), **where)


POVERTY = measure(levels=[Level(Operator.AT_MOST, Decimal("13.00"))])
INCOME = measure(kind=Kind.NUMBER, unit="triệu đồng/người/năm", levels=[at_least("42.00")])
GRADES = ("Hoàn thành xuất sắc", "Hoàn thành tốt", "Hoàn thành")
GRADE = measure(
    kind=Kind.CHOICE,
    unit="",
    choices=GRADES,
    levels=[Level(Operator.ONE_OF, options=("Hoàn thành tốt", "Hoàn thành xuất sắc"))],
)
YES_OR_NO = measure(kind=Kind.BOOLEAN, unit="")
UNKNOWN = measure()


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def reasons(of: MeasureDefinition, value, stated=None) -> tuple[Reason, ...]:
    return evaluate_indicator([of.spec], {"value": value}, HERE, stated=stated).reasons


@pytest.mark.parametrize(
    ("of", "value", "stated", "vietnamese", "english"),
    [
        (POVERTY, "39.05", None, "39,05 % > 13 %", "39.05 % > 13 %"),
        (POVERTY, "13", None, "13 % ≤ 13 %", "13 % ≤ 13 %"),
        (INCOME, "43.1", None, "43,1 ≥ 42", "43.1 ≥ 42"),
        (INCOME, "1041.9", None, "1.041,9 ≥ 42", "1,041.9 ≥ 42"),
        (measure(levels=[at_least(10)]), "9.2", None, "9,2 % < 10 %", "9.2 % < 10 %"),
        (
            measure(levels=[Level(Operator.MORE_THAN, Decimal(3))]),
            "3",
            None,
            "3 % ≤ 3 %",
            "3 % ≤ 3 %",
        ),
        (
            UNKNOWN,
            "70",
            True,
            "Chưa có mức quy định; xã xác định: Đạt",
            "No level set yet; stated by the commune: Met",
        ),
        (
            UNKNOWN,
            "70",
            False,
            "Chưa có mức quy định; xã xác định: Chưa đạt",
            "No level set yet; stated by the commune: Not met",
        ),
        (
            UNKNOWN,
            "70",
            None,
            "Chưa có mức quy định; cần chọn Đạt hoặc Chưa đạt",
            "No level set yet; say whether it is met",
        ),
    ],
)
def test_a_number_has_its_reason_in_words(of, value, stated, vietnamese, english):
    (reason,) = reasons(of, Decimal(value), stated)
    assert plain(reason_text(reason, of)) == vietnamese
    with translation.override("en"):
        assert plain(reason_text(reason, of)) == english


def test_the_percent_sign_does_not_part_from_its_number():
    (reason,) = reasons(POVERTY, Decimal("39.05"))
    assert reason_text(reason, POVERTY) == f"39,05{NBSP}% > 13{NBSP}%"


def test_yes_no_and_choices_have_their_reasons_in_words():
    assert [reason_text(reasons(YES_OR_NO, answer)[0]) for answer in (True, False)] == [
        "Xã tự đánh giá: Đạt",
        "Xã tự đánh giá: Chưa đạt",
    ]
    assert reason_text(reasons(GRADE, GRADES[1])[0], GRADE) == "Hoàn thành tốt"
    assert reason_text(reasons(GRADE, GRADES[2])[0], GRADE) == (
        "Hoàn thành; mức yêu cầu: Hoàn thành xuất sắc hoặc Hoàn thành tốt"
    )


def test_every_kind_of_reason_has_words_in_both_languages():
    for language in ("vi", "en"):
        with translation.override(language):
            for why in set(Why) - {Why.COMPARED, Why.CHOSEN}:  # those two tell their value
                assert reason_text(Reason(why, Verdict.MET))
    assert reason_text(Reason(Why.BLANK, Verdict.MISSING)) == "Chưa nhập"
    assert reason_text(Reason(Why.EXCUSED, Verdict.NOT_APPLICABLE)) == "Không áp dụng đối với xã"


def test_several_measures_are_told_apart_by_their_labels():
    men, women = (
        measure(key=key, label=label, levels=[at_least(60)])
        for key, label in (("men", "Nam"), ("women", "Nữ"))
    )
    outcome = evaluate_indicator([men.spec, women.spec], {"men": Decimal(55)}, HERE)
    assert plain(reasons_text(outcome.reasons, [men, women])) == "Nam: 55 % < 60 %; Nữ: Chưa nhập"
    assert plain(goals_text([men, women], HERE, {})) == "từ 60 %"
    higher = replace(women, spec=replace(women.spec, levels=(at_least(70),)))
    assert plain(goals_text([men, higher], HERE, {})) == "Nam: từ 60 %; Nữ: từ 70 %"
    alone = evaluate_indicator([men.spec], {"men": Decimal(55)}, HERE)
    assert plain(reasons_text(alone.reasons, [men])) == "55 % < 60 %"


def test_measures_that_only_explain_are_labelled_and_do_not_make_the_other_so():
    households = measure(
        key="households", kind=Kind.NUMBER, unit="hộ", label="Tổng số hộ", deciding=False
    )
    poverty = replace(POVERTY, label="Tỷ lệ nghèo đa chiều")
    both = [poverty, households]
    values = {"value": Decimal("39.05"), "households": Decimal(900)}
    specs = [m.spec for m in both]
    shown = reasons_text(evaluate_indicator(specs, values, HERE).reasons, both)
    assert plain(shown) == "39,05 % > 13 %"
    del values["households"]
    shown = reasons_text(evaluate_indicator(specs, values, HERE).reasons, both)
    assert plain(shown) == "39,05 % > 13 %; Tổng số hộ: Chưa nhập"


def test_an_indicator_in_which_nothing_decides_has_no_level():
    explaining = measure(deciding=False)
    assert goals_text([explaining], HERE, {}) == "chưa có mức quy định"


@pytest.mark.parametrize(
    ("level", "unit", "kind", "vietnamese", "english"),
    [
        (at_least(30), "%", Kind.PERCENTAGE, "từ 30 %", "at least 30 %"),
        (at_least(30), "", Kind.PERCENTAGE, "từ 30 %", "at least 30 %"),
        (
            Level(Operator.AT_MOST, Decimal(13)),
            "%",
            Kind.PERCENTAGE,
            "không quá 13 %",
            "at most 13 %",
        ),
        (
            Level(Operator.MORE_THAN, Decimal(3)),
            "trường",
            Kind.NUMBER,
            "trên 3 trường",
            "more than 3 trường",
        ),
        (Level(Operator.AT_MOST, Decimal(0)), "nhà", Kind.NUMBER, "Không (0 nhà)", "None (0 nhà)"),
        (at_least(100), "%", Kind.PERCENTAGE, "100 %", "100 %"),
        (at_least(100), "ha", Kind.NUMBER, "từ 100 ha", "at least 100 ha"),
        (None, "", Kind.BOOLEAN, "Đạt", "Met"),
        (None, "%", Kind.PERCENTAGE, "chưa có mức quy định", "no level set yet"),
        (
            at_least(30, confirmed=False),
            "%",
            Kind.PERCENTAGE,
            "từ 30 % (chưa xác nhận)",
            "at least 30 % (unconfirmed)",
        ),
    ],
)
def test_the_level_to_reach_is_said_in_words(level, unit, kind, vietnamese, english):
    assert plain(level_text(level, unit, kind)) == vietnamese
    with translation.override("en"):
        assert plain(level_text(level, unit, kind)) == english


def test_accepted_choices_are_joined_in_the_order_of_the_choices():
    assert level_text(GRADE.spec.levels[0], "", Kind.CHOICE, GRADES) == (
        "Hoàn thành xuất sắc hoặc Hoàn thành tốt"
    )


def schools_and_share(label: str = "", unit: str = "trường"):
    more = Condition("schools", Operator.MORE_THAN, Decimal(3))
    fewer = Condition("schools", Operator.AT_MOST, Decimal(3))
    schools = measure(
        key="schools", kind=Kind.NUMBER, unit=unit, label=label, deciding=False, required=True
    )
    share = measure(levels=[at_least(70, condition=more), at_least(50, condition=fewer)])
    return schools, share


def test_while_a_condition_is_open_each_level_that_may_hold_is_named():
    schools, share = schools_and_share()
    both = goal_text(share, HERE, {}, [schools, share])
    assert plain(both) == "từ 70 % khi xã có trên 3 trường, từ 50 % khi xã có không quá 3 trường"
    four = goal_text(share, HERE, {"schools": Decimal(4)}, [schools, share])
    assert plain(four) == "từ 70 % khi xã có trên 3 trường"
    with translation.override("en"):
        words = goal_text(share, HERE, {"schools": Decimal(3)}, [schools, share])
    assert plain(words) == "at least 50 % when the commune has at most 3 schools"


def test_a_condition_on_a_measure_without_a_unit_uses_its_label():
    schools, share = schools_and_share(label="Số trường", unit="")
    words = goal_text(share, HERE, {"schools": Decimal(4)}, [schools, share])
    assert plain(words) == "từ 70 % khi “Số trường” trên 3"


def test_the_goal_follows_the_place_and_the_year():
    income = measure(
        kind=Kind.NUMBER,
        unit="triệu đồng",
        levels=[at_least(39, year=2022), at_least(42, year=2023)],
    )
    assert plain(goal_text(income, HERE, {})) == "từ 42 triệu đồng"
    assert goal_text(income, Place(year=2030), {}) == "chưa có mức quy định"


@pytest.mark.parametrize(
    ("of", "value", "words"),
    [
        (POVERTY, "25.52", "còn cách 12,52 điểm"),
        (POVERTY, "13", ""),
        (measure(levels=[at_least(10)]), "9.2", "còn cách 0,8 điểm"),
        (INCOME, "39", "còn cách 3 triệu đồng/người/năm"),
        (INCOME, "42", ""),
        (measure(levels=[Level(Operator.MORE_THAN, Decimal(3))]), "3", "vừa bằng mức, chưa vượt"),
    ],
)
def test_the_gap_says_how_far_the_level_is(of, value, words):
    (reason,) = reasons(of, Decimal(value))
    assert plain(gap_text(reason, of)) == words


def test_what_must_be_met_says_so_and_whether_that_is_confirmed():
    asked = Level(Operator.IS_MET)
    assert level_text(asked, kind=Kind.BOOLEAN) == level_text(None, kind=Kind.BOOLEAN) == "Đạt"
    doubtful = Level(Operator.IS_MET, confirmed=False)
    assert level_text(doubtful, kind=Kind.BOOLEAN) == "Đạt (chưa xác nhận)"


def test_there_is_no_gap_without_a_number_and_a_level():
    assert gap_text(reasons(YES_OR_NO, False)[0], YES_OR_NO) == ""
    assert gap_text(reasons(UNKNOWN, Decimal(1), False)[0], UNKNOWN) == ""
    assert gap_text(reasons(GRADE, GRADES[2])[0], GRADE) == ""


def test_values_and_verdicts_in_words():
    assert [value_text(v) for v in (None, True, False, "Tốt")] == ["", "Đạt", "Chưa đạt", "Tốt"]
    assert value_text(Decimal("25.50"), "%") == f"25,5{NBSP}%"
    assert [verdict_text(verdict) for verdict in Verdict] == [
        "Đạt",
        "Chưa đạt",
        "Không áp dụng",
        "Chưa nhập",
    ]
