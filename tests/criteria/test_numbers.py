"""Reading numbers: what is accepted, and the sentence for everything that is not."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from criteria.numbers import (
    LIMIT,
    NumberError,
    Problem,
    format_for_input,
    format_number,
    message,
    parse_number,
    parse_optional,
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def read(text: str, **options) -> Decimal:
    return parse_number(text, **{"decimals": 2, "maximum": None, **options})


def refusal(text: str, **options) -> NumberError:
    with pytest.raises(NumberError) as caught:
        read(text, **options)
    return caught.value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25,52", "25.52"),
        ("25.52", "25.52"),
        ("0", "0"),
        ("0,5", "0.5"),
        ("007", "7"),
        ("  12 ", "12"),
        ("\u00a012\u202f", "12"),
        ("\u200b12\ufeff", "12"),
        ("１２，５", "12.5"),
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("25,5000", "25.5"),
        ("0,500", "0.5"),
        ("99999999,99", "99999999.99"),
    ],
)
def test_a_plain_number_is_read(text, number):
    assert str(read(text)) == number


@pytest.mark.parametrize("text", ["25,52 %", "25.52%", "25,52\u00a0%", "25,52％"])
def test_a_percentage_may_carry_its_sign(text):
    assert read(text, percentage=True) == Decimal("25.52")
    assert refusal(text).code == Problem.PERCENT_SIGN


def test_a_hundred_per_cent_is_possible_and_more_is_not():
    assert read("100", percentage=True) == 100
    assert refusal("100,01", percentage=True).code == Problem.OVER_HUNDRED
    assert refusal("101", percentage=True).code == Problem.OVER_HUNDRED


@pytest.mark.parametrize("text", ["12", "12,0", "12.00"])
def test_idle_zeros_after_a_whole_number_change_nothing(text):
    assert read(text, decimals=0) == 12


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("", Problem.EMPTY, "Enter a number."),
        ("   ", Problem.EMPTY, "Enter a number."),
        ("abc", Problem.LETTERS, "without letters or a unit, such as 25.52."),
        ("12 ha", Problem.LETTERS, "without letters or a unit"),
        ("0x10", Problem.LETTERS, "without letters"),
        ("nan", Problem.LETTERS, "without letters"),
        ("Infinity", Problem.LETTERS, "without letters"),
        ("1e9", Problem.EXPONENT, "out in full"),
        ("1,5E+3", Problem.EXPONENT, "out in full"),
        ("-1", Problem.NEGATIVE, "cannot be negative"),
        ("−1", Problem.NEGATIVE, "cannot be negative"),
        ("- 1", Problem.NEGATIVE, "cannot be negative"),
        ("+1", Problem.PLUS_SIGN, "without a plus sign"),
        ("--1", Problem.NOT_A_NUMBER, "not a number"),
        ("1-2", Problem.NOT_A_NUMBER, "not a number"),
        ("1/2", Problem.NOT_A_NUMBER, "not a number"),
        ("1_000", Problem.NOT_A_NUMBER, "not a number"),
        ("20.09.2023", Problem.NOT_A_NUMBER, "not a number"),
        ("½", Problem.NOT_A_NUMBER, "not a number"),
        ("5²", Problem.NOT_A_NUMBER, "not a number"),
        ("①", Problem.NOT_A_NUMBER, "not a number"),
        ("%", Problem.PERCENT_SIGN, "not a percentage"),
        ("١٢", Problem.FOREIGN_DIGITS, "digits 0 to 9"),
        ("१२", Problem.FOREIGN_DIGITS, "digits 0 to 9"),
        ("1.234,5", Problem.THOUSANDS, "Write 1234.5, without thousands separators."),
        ("1,234.5", Problem.THOUSANDS, "Write 1234.5, without thousands separators."),
        ("1.234.567", Problem.THOUSANDS, "Write 1234567,"),
        ("1 234", Problem.THOUSANDS, "Write 1234,"),
        ("1\u00a0234,5", Problem.THOUSANDS, "Write 1234.5,"),
        ("1'234", Problem.THOUSANDS, "Write 1234,"),
        ("1.234", Problem.AMBIGUOUS, "If you mean 1234, write it without a separator."),
        ("1,234", Problem.AMBIGUOUS, "At most 2 digits after the decimal sign."),
        ("12,000", Problem.AMBIGUOUS, "If you mean 12000,"),
        ("1,2345", Problem.TOO_MANY_DECIMALS, "At most 2 digits after the decimal sign."),
        ("0,125", Problem.TOO_MANY_DECIMALS, "At most 2 digits"),
        (",5", Problem.UNFINISHED, "A digit is missing"),
        ("5,", Problem.UNFINISHED, "A digit is missing"),
        ("100000000", Problem.TOO_LARGE, "The largest possible value is 99999999.99."),
        ("1" * 41, Problem.TOO_LONG, "too long"),
    ],
)
def test_what_is_not_plainly_a_number_is_refused_with_its_own_sentence(text, code, sentence):
    error = refusal(text)
    assert error.code == code
    assert sentence in message(error)


def test_every_problem_has_a_sentence_of_its_own():
    number = Decimal(1)
    params = {"number": number, "maximum": number, "minimum": number, "decimals": 1}
    sentences = {message(NumberError(problem, **params)) for problem in Problem}
    assert len(sentences) == len(Problem)
    assert not any("%(" in sentence for sentence in sentences)


def test_what_cannot_be_thousands_is_not_called_so():
    error = refusal("25,525", percentage=True)
    assert error.code == Problem.TOO_MANY_DECIMALS


def test_a_whole_number_is_asked_for_in_words():
    assert message(refusal("12,5", decimals=0)) == "Write a whole number here, without decimals."
    assert "At most 1 digit after" in message(refusal("12,55", decimals=1))
    assert refusal("12,000", decimals=0).code == Problem.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.087", 1087), ("12.000", 12000), ("1.234.567", 1234567), (" 1.087 ", 1087)],
)
def test_a_whole_count_may_be_written_as_the_pages_print_it(text, number):
    assert read(text, decimals=0) == number


@pytest.mark.parametrize("text", ["1.08", "1.0877", "0.087", "1,087", "1.087,5", "12.00.000"])
def test_only_points_between_groups_of_three_are_read_so(text):
    assert refusal(text, decimals=0)


def test_no_percentage_and_no_number_with_decimals_is_ever_read_so():
    assert refusal("1.087", percentage=True, decimals=0)
    assert refusal("1.087")
    assert refusal("1.087", decimals=1)
    assert refusal("99.000", maximum=Decimal(100), percentage=True).code


def test_a_count_with_its_points_stays_within_its_bounds():
    assert refusal("100.000.000", decimals=0).code == Problem.TOO_LARGE


def test_what_would_be_refused_next_is_not_recommended():
    error = refusal("1.234,5", percentage=True)
    assert error.code == Problem.TWO_SIGNS
    assert message(error) == (
        "The largest possible value is 100. Write the number with one decimal sign at most, "
        "such as 25.52."
    )
    assert "1234" not in message(refusal("1.234,5", maximum=Decimal(30)))


def test_the_bounds_of_the_measure_are_named():
    assert message(refusal("31", maximum=Decimal(30))) == "The largest possible value is 30."
    assert message(refusal("0", minimum=Decimal(1))) == "The smallest possible value is 1."
    assert read("30", maximum=Decimal(30)) == 30
    assert read("1", minimum=Decimal(1)) == 1


def test_a_minus_sign_is_read_where_negative_numbers_are_possible():
    assert read("-1,5", minimum=Decimal(-2)) == Decimal("-1.5")
    assert read("−1,5", minimum=Decimal(-2)) == Decimal("-1.5")
    assert refusal("-3", minimum=Decimal(-2)).code == Problem.TOO_SMALL


def test_an_empty_field_is_a_blank_and_not_zero():
    for text in ("", " ", "\u00a0", "\u200b"):
        assert parse_optional(text, decimals=2) is None
    assert parse_optional("0", decimals=2) == 0
    with pytest.raises(NumberError):
        parse_optional("abc", decimals=2)


def test_ten_kilobytes_are_refused_at_once():
    assert refusal("9" * 10_000).code == Problem.TOO_LONG


def test_the_sentences_are_in_the_language_of_the_reader():
    with translation.override("vi"):
        assert message(refusal("1.234,5")) == ("Viết 1234,5, không dùng dấu phân cách hàng nghìn.")


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        ("98.00", "98", "98"),
        ("16.30", "16,3", "16.3"),
        ("25.52", "25,52", "25.52"),
        ("0.00", "0", "0"),
        ("-0.00", "0", "0"),
        ("100", "100", "100"),
        ("1234.5", "1.234,5", "1,234.5"),
        ("99999999.99", "99.999.999,99", "99,999,999.99"),
        ("-5.5", "-5,5", "-5.5"),
        ("1E+3", "1.000", "1,000"),
    ],
)
def test_numbers_are_shown_as_each_language_writes_them(value, vietnamese, english):
    assert format_number(Decimal(value), language="vi") == vietnamese
    assert format_number(Decimal(value), language="en") == english
    assert format_number(Decimal(value)) == english
    assert format_for_input(Decimal(value), language="vi") == vietnamese.replace(".", "")


@given(st.decimals(0, LIMIT, places=2), st.sampled_from(["vi", "en"]))
def test_what_is_put_into_a_field_is_read_back(value, language):
    assert read(format_for_input(value, language=language)) == value


@given(st.decimals(0, 100, places=2), st.sampled_from(["vi", "en"]))
def test_a_percentage_shown_is_a_percentage_read(value, language):
    shown = f"{format_number(value, language=language)}\u00a0%"
    assert read(shown, percentage=True) == value


@given(st.decimals(1000, LIMIT, places=2), st.sampled_from(["vi", "en"]))
def test_a_number_shown_with_thousands_is_never_misread(value, language):
    assert refusal(format_number(value, language=language)).code in {
        Problem.THOUSANDS,
        Problem.AMBIGUOUS,
    }


texts = st.text() | st.text(alphabet="0123456789.,'-+−eE% \u00a0²½١", max_size=12)


@given(texts, st.integers(0, 2), st.booleans(), st.none() | st.decimals(0, 500, places=2))
def test_no_text_leads_to_anything_but_a_number_or_a_named_refusal(
    text, decimals, percentage, maximum
):
    try:
        number = parse_number(text, decimals=decimals, maximum=maximum, percentage=percentage)
    except NumberError as error:
        sentence, number = message(error), None
    assert number is not None or sentence
    if number is not None:
        assert 0 <= number <= (LIMIT if maximum is None else maximum)
        assert -number.as_tuple().exponent <= decimals
        assert not any(char.isspace() for char in text.strip(" \u00a0%"))
