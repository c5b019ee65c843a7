"""Which words changed: whole words, in passages that read, and cheaply however long the text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.word_diff import Piece, pieces

TEXTS = st.text(alphabet="ab \n.-;ạĐ", max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts_whole(before, after):
    found = pieces(before, after)
    assert "".join(one.before for one in found) == before
    assert "".join(one.after for one in found) == after
    assert all(left.same != right.same for left, right in pairwise(found))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(one.same for one in pieces(text, text))


def changed(before: str, after: str) -> list[tuple[str, str]]:
    found = pieces(before, after)
    return [(one.before.strip(), one.after.strip()) for one in found if not one.same]


@pytest.mark.parametrize(
    ("before", "after", "differ"),
    [
        ("Xã chưa có vốn.", "Xã chưa có đất.", [("vốn.", "đất.")]),
        ("Một.\nBa.", "Một.\nHai.\nBa.", [("", "Hai.")]),
        ("Một.\nHai.\nBa.", "Một.\nBa.", [("Hai.", "")]),
        ("", "Nguyên nhân đúng.", [("", "Nguyên nhân đúng.")]),
        ("Còn thiếu.", "", [("Còn thiếu.", "")]),
        ("đạt 7 xã và 8 bản", "đạt 9 xã và 6 bản", [("7 xã và 8", "9 xã và 6")]),
        (
            "Câu cũ bỏ hết.",
            "Lời khác hẳn viết lại.",
            [("Câu cũ bỏ hết.", "Lời khác hẳn viết lại.")],
        ),
    ],
)
def test_a_passage_is_told_whole_and_alone(before, after, differ):
    assert changed(before, after) == differ


def test_a_space_more_or_a_last_line_without_its_end_is_no_difference():
    assert changed("Một  hai.\nBa.", "Một hai.\nBa.\n") == []


def test_one_word_in_a_paragraph_of_forty_thousand_letters_is_found_at_once():
    sentences = [f"Xã thứ {n} đạt {n % 19} tiêu chí nông thôn mới." for n in range(900)]
    text = " ".join(sentences)
    begun = time.perf_counter()
    assert changed(text, text.replace("Xã thứ 500 đạt", "Xã thứ 500 mất")) == [("đạt", "mất")]
    pieces(text, " ".join(reversed(sentences)))
    assert time.perf_counter() - begun < 3


def test_a_whole_new_text_costs_little_and_is_one_passage():
    assert pieces("cũ " * 8000, "mới " * 8000) == [Piece("cũ " * 8000, "mới " * 8000)]
