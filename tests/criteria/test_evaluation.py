"""The rule itself, case by case, with every boundary exactly on its level."""

from decimal import Decimal

import pytest

from criteria.evaluation import (
    Kind,
    Level,
    MeasureSpec,
    Operator,
    Outcome,
    Reason,
    Verdict,
    Why,
    evaluate_criterion,
    evaluate_criterion_counts,
    evaluate_indicator,
    resolve_level,
)
from tests.criteria.builders import (
    GRADE,
    GRADES,
    HERE,
    SCHOOLS,
    YES_OR_NO,
    at_least,
    at_most,
    percentage,
)

MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
NOT_APPLICABLE, MISSING = Verdict.NOT_APPLICABLE, Verdict.MISSING


def only(outcome: Outcome) -> Reason:
    (reason,) = outcome.reasons
    assert reason.verdict == outcome.verdict
    return reason


@pytest.mark.parametrize(
    ("level", "value", "verdict"),
    [
        (at_least(30), "29.99", NOT_MET),
        (at_least(30), "30", MET),
        (at_least(30), "30.00", MET),
        (at_least(30), "30.01", MET),
        (at_most(13), "12.99", MET),
        (at_most(13), "13", MET),
        (at_most(13), "13.01", NOT_MET),
        (at_most(0), "0", MET),
        (at_most(0), "1", NOT_MET),
        (Level(Operator.MORE_THAN, Decimal(3)), "3", NOT_MET),
        (Level(Operator.MORE_THAN, Decimal(3)), "3.01", MET),
    ],
)
def test_a_number_is_compared_with_its_level(level, value, verdict):
    outcome = evaluate_indicator([percentage(level)], {"value": Decimal(value)}, HERE)
    assert outcome.verdict == verdict
    assert only(outcome) == Reason(Why.COMPARED, verdict, "value", Decimal(value), level)


@pytest.mark.parametrize(
    ("answer", "why", "verdict"), [(True, Why.YES, MET), (False, Why.NO, NOT_MET)]
)
def test_yes_is_met_and_no_is_not_without_any_level(answer, why, verdict):
    outcome = evaluate_indicator([YES_OR_NO], {"value": answer}, HERE)
    assert only(outcome) == Reason(why, verdict, "value", answer)


@pytest.mark.parametrize(
    ("choice", "verdict"), [("excellent", MET), ("good", MET), ("done", NOT_MET)]
)
def test_a_choice_is_met_when_it_is_one_of_those_accepted(choice, verdict):
    outcome = evaluate_indicator([GRADE], {"value": choice}, HERE)
    assert only(outcome) == Reason(Why.CHOSEN, verdict, "value", choice, GRADE.levels[0])


@pytest.mark.parametrize(
    ("stated", "why", "verdict"),
    [
        (True, Why.STATED, MET),
        (False, Why.STATED, NOT_MET),
        (None, Why.NOT_STATED, MISSING),
    ],
)
def test_without_a_known_level_the_officer_states_the_verdict(stated, why, verdict):
    values = {"value": Decimal(70)}
    outcome = evaluate_indicator([percentage()], values, HERE, stated=stated)
    assert only(outcome) == Reason(why, verdict, "value", Decimal(70))


def test_a_known_level_goes_before_what_the_officer_states():
    values = {"value": Decimal(29)}
    assert (
        evaluate_indicator([percentage(at_least(30))], values, HERE, stated=True).verdict == NOT_MET
    )


@pytest.mark.parametrize("values", [{}, {"value": None}, {"value": ""}])
@pytest.mark.parametrize("stated", [None, True, False])
@pytest.mark.parametrize("measure", [YES_OR_NO, GRADE, percentage(), percentage(at_least(30))])
def test_a_blank_is_missing_whatever_is_stated(measure, values, stated):
    outcome = evaluate_indicator([measure], values, HERE, stated=stated)
    assert only(outcome) == Reason(Why.BLANK, MISSING, "value")


def test_zero_and_no_are_not_blanks():
    assert evaluate_indicator([percentage(at_most(0))], {"value": Decimal(0)}, HERE).verdict == MET
    assert evaluate_indicator([YES_OR_NO], {"value": False}, HERE).verdict == NOT_MET


def test_not_applicable_needs_no_value_and_ignores_one():
    for values in ({}, {"value": False}):
        outcome = evaluate_indicator([YES_OR_NO], values, HERE, not_applicable=True)
        assert only(outcome) == Reason(Why.EXCUSED, NOT_APPLICABLE)


MEN_AND_WOMEN = (
    percentage(at_least(60), key="men"),
    percentage(at_least(60), key="women"),
)


@pytest.mark.parametrize(
    ("men", "women", "verdict"),
    [
        ("60", "60", MET),
        ("59.99", "60", NOT_MET),
        ("60", "59.99", NOT_MET),
        ("10", "10", NOT_MET),
    ],
)
def test_each_of_a_pair_must_reach_its_level(men, women, verdict):
    values = {"men": Decimal(men), "women": Decimal(women)}
    outcome = evaluate_indicator(MEN_AND_WOMEN, values, HERE)
    assert outcome.verdict == verdict
    assert [reason.measure for reason in outcome.reasons] == ["men", "women"]


def test_the_reason_shown_first_is_the_one_that_gives_the_verdict():
    values = {"men": Decimal(80), "women": Decimal(20)}
    outcome = evaluate_indicator(MEN_AND_WOMEN, values, HERE)
    assert outcome.decisive.measure == "women"
    assert Outcome(MISSING).decisive is None


def test_a_half_filled_pair_is_missing_even_where_the_other_half_fails():
    outcome = evaluate_indicator(MEN_AND_WOMEN, {"men": Decimal(10)}, HERE)
    assert outcome.verdict == MISSING
    assert [(r.measure, r.why) for r in outcome.reasons] == [
        ("men", Why.COMPARED),
        ("women", Why.BLANK),
    ]
    assert outcome.decisive.measure == "women"


def test_a_failing_known_level_is_not_met_though_the_other_is_stated_met_or_not_at_all():
    measures = (percentage(at_least(60), key="men"), percentage(key="women"))
    values = {"men": Decimal(59), "women": Decimal(99)}
    for stated in (True, False, None):
        assert evaluate_indicator(measures, values, HERE, stated=stated).verdict == NOT_MET
    values["men"] = Decimal(60)
    verdicts = [evaluate_indicator(measures, values, HERE, stated=s).verdict for s in (True, False)]
    assert verdicts == [MET, NOT_MET]
    assert evaluate_indicator(measures, values, HERE).verdict == MISSING


def test_a_measure_that_does_not_decide_never_decides():
    explaining = MeasureSpec(
        "households", Kind.NUMBER, deciding=False, required=False, levels=(at_least(1000),)
    )
    measures = (percentage(at_most(13)), explaining)
    for households in ({}, {"households": Decimal(1)}):
        outcome = evaluate_indicator(measures, {"value": Decimal(13), **households}, HERE)
        assert only(outcome).measure == "value"
        assert outcome.verdict == MET


def test_an_indicator_in_which_nothing_decides_is_stated():
    measures = (MeasureSpec("people", Kind.NUMBER, deciding=False),)
    values = {"people": Decimal(5)}
    assert evaluate_indicator(measures, values, HERE).verdict == MISSING
    assert evaluate_indicator(measures, values, HERE, stated=True).verdict == MET
    assert evaluate_indicator((), {}, HERE, stated=False).verdict == NOT_MET
    assert evaluate_indicator(measures, {}, HERE, stated=True).verdict == MISSING


@pytest.mark.parametrize(
    ("schools", "level_1", "verdict"),
    [
        ("3", "49.99", NOT_MET),
        ("3", "50", MET),
        ("4", "50", NOT_MET),
        ("4", "69.99", NOT_MET),
        ("4", "70", MET),
    ],
)
def test_the_level_of_indicator_5_depends_on_the_number_of_schools(schools, level_1, verdict):
    values = {
        "minimum": Decimal(100),
        "level_1": Decimal(level_1),
        "schools": Decimal(schools),
    }
    assert evaluate_indicator(SCHOOLS, values, HERE).verdict == verdict


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("stated", [None, True])
def test_without_the_number_of_schools_indicator_5_is_missing_not_of_unknown_level(
    required, stated
):
    schools = MeasureSpec("schools", Kind.NUMBER, deciding=False, required=required)
    values = {"minimum": Decimal(100), "level_1": Decimal(100)}
    outcome = evaluate_indicator((*SCHOOLS[:2], schools), values, HERE, stated=stated)
    assert outcome.verdict == MISSING
    assert outcome.reasons[1:] == (Reason(Why.BLANK, MISSING, "schools"),)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (percentage(), 30),
        (percentage(), 30.5),
        (percentage(), "30"),
        (percentage(), True),
        (YES_OR_NO, Decimal(1)),
        (YES_OR_NO, "yes"),
        (YES_OR_NO, 1),
        (GRADE, True),
        (GRADE, Decimal(1)),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_of_the_program(measure, value):
    with pytest.raises(TypeError, match="value"):
        evaluate_indicator([measure], {"value": value}, HERE, stated=True)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (percentage(at_least(30)), Decimal("NaN")),
        (percentage(at_least(30)), Decimal("Infinity")),
        (GRADE, "unheard of"),
        (MeasureSpec("value", Kind.NUMBER, levels=GRADE.levels), Decimal(1)),
        (MeasureSpec("value", Kind.CHOICE, choices=GRADES, levels=(at_least(1),)), "good"),
    ],
)
def test_an_impossible_value_or_level_is_refused(measure, value):
    with pytest.raises(ValueError, match=r"value|compared"):
        evaluate_indicator([measure], {"value": value}, HERE)


def test_a_condition_on_what_is_not_a_number_is_an_error_of_the_program():
    with pytest.raises(TypeError, match="schools"):
        resolve_level(SCHOOLS[1].levels, HERE, {"schools": True})


@pytest.mark.parametrize("answer", [True, False])
def test_a_yes_or_no_keeps_its_verdict_and_carries_the_doubt_about_its_level(answer):
    for confirmed in (True, False):
        asked = Level(Operator.IS_MET, confirmed=confirmed)
        measure = MeasureSpec("value", Kind.BOOLEAN, levels=(asked,))
        outcome = evaluate_indicator([measure], {"value": answer}, HERE)
        assert outcome.verdict == evaluate_indicator([YES_OR_NO], {"value": answer}, HERE).verdict
        assert outcome.unconfirmed is not confirmed
    assert not evaluate_indicator([measure], {}, HERE).unconfirmed


def test_an_unconfirmed_level_marks_the_verdict_only_once_there_is_one():
    doubtful = at_least(60, confirmed=False)
    measures = (percentage(doubtful, key="men"), percentage(at_least(60), key="women"))
    both = {"men": Decimal(60), "women": Decimal(60)}
    assert evaluate_indicator(measures, both, HERE).unconfirmed
    assert not evaluate_indicator(measures, {"men": Decimal(60)}, HERE).unconfirmed
    assert not evaluate_indicator(MEN_AND_WOMEN, both, HERE).unconfirmed


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([MET, MET], MET),
        ([MET, NOT_MET], NOT_MET),
        ([MET, MISSING], MISSING),
        ([NOT_MET, MISSING], NOT_MET),
        ([MET, NOT_APPLICABLE], MET),
        ([MISSING, NOT_APPLICABLE], MISSING),
        ([NOT_MET, NOT_APPLICABLE], NOT_MET),
        ([NOT_APPLICABLE, NOT_APPLICABLE], NOT_APPLICABLE),
        ([], MISSING),
    ],
)
def test_a_criterion_follows_from_its_indicators(verdicts, expected):
    assert evaluate_criterion(verdicts) == expected
    assert evaluate_criterion(reversed(verdicts)) == expected
    counts = {str(verdict.value): verdicts.count(verdict) for verdict in Verdict}
    assert evaluate_criterion_counts(counts) == expected


def test_an_unheard_of_verdict_is_not_counted_silently():
    with pytest.raises(ValueError, match="perhaps"):
        evaluate_criterion_counts({"perhaps": 1})
