"""A reason that nobody can read is none."""

import pytest

from assessments.errors import InvalidRow
from communes.texts import tidy
from tests import factories


@pytest.mark.parametrize("unseen", ["", " ", "\u200b", "\u2060\ufeff", " \u00a0\u3164\n", "\x00"])
def test_what_cannot_be_seen_is_nothing(unseen):
    assert tidy(unseen) == ""
    assert tidy(f"{unseen}Mưa{unseen}lũ{unseen}") == f"Mưa{unseen}lũ".replace("\x00", "")


MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_direction_is_dropped_wherever_it_stands(mark):
    assert tidy(f"Đạt {mark}12,5{mark} %{mark}") == "Đạt 12,5 %"
    assert tidy(f"{mark} {mark}") == ""


def test_vietnamese_typed_in_parts_is_composed():
    assert tidy("Bie\u0302n ba\u0309n") == "Biên bản"


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
def test_a_due_date_is_not_lifted_for_a_reason_that_nobody_sees():
    from tests.assessments.test_submission import extend

    with pytest.raises(InvalidRow) as refused:
        extend("2023-09-30", "\u200b")
    assert set(refused.value.errors) == {"reason"}
    assert not factories.assessment("ban-bo").extended_to
