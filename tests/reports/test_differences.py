"""What a correction says: each figure with both values, each passage in both wordings."""

from dataclasses import replace

import pytest

from reports.differences import LONGEST, changes, differences, section_pairs, sentence
from reports.exact import NotThatShape
from reports.paper_words import full_stop
from reports.snapshot import Change, Replaced, from_json, to_json
from tests.reports.snapshots import published, six_months


def with_text(text: str, key: str = "causes"):
    snapshot = six_months()
    sections = tuple(
        replace(one, text=text) if one.key == key else one for one in snapshot.sections
    )
    return replace(snapshot, sections=sections)


def test_a_changed_passage_is_told_with_its_old_and_new_words():
    before, after = with_text("Vốn cấp chậm. Thiếu đất."), with_text("Vốn cấp muộn. Thiếu đất.")
    assert differences(before, after) == (
        "Mục III.2 “Nguyên nhân”: câu “Vốn cấp chậm.” sửa thành “Vốn cấp muộn.”.",
    )


def test_a_passage_put_in_or_taken_out_says_after_which_words():
    short, long = with_text("Vốn cấp chậm."), with_text("Vốn cấp chậm. Thiếu đất.")
    assert differences(short, long) == (
        "Mục III.2 “Nguyên nhân”: bổ sung “Thiếu đất.” sau “Vốn cấp chậm.”.",
    )
    assert differences(long, short) == (
        "Mục III.2 “Nguyên nhân”: bỏ “Thiếu đất.” sau “Vốn cấp chậm.”.",
    )


def test_a_long_passage_loses_its_middle_in_the_sentence_and_keeps_it_in_the_data():
    long = " ".join(f"từ{n}" for n in range(2000))
    (one,) = changes(with_text(""), with_text(long))
    assert one.after == long
    said = sentence(one)
    assert len(said) < LONGEST + 100
    assert "“từ0 " in said
    assert "[…]" in said
    assert f"từ1999” ({len(long)} ký tự)" in said


def test_several_paragraphs_stand_on_one_line_of_the_sentence():
    one = Change("text", "Mục I “A”", "", "Một.\n- Hai.")
    assert sentence(one) == "Mục I “A”: bổ sung “Một. / - Hai.”."


def test_only_another_empty_line_is_no_passage():
    assert differences(with_text("A.\nB."), with_text("A.\n\nB.")) == (
        "Các phần khác cũng có thay đổi: đề mục và cách trình bày lời văn.",
    )


def test_an_indicator_that_one_paper_lacks_is_told():
    before = six_months()
    gone = before.indicators[0]
    after = replace(before, indicators=before.indicators[1:])
    (one,) = changes(before, after)
    assert (one.kind, one.after) == ("indicator", "")
    assert one.before
    assert one.place.endswith(f"chỉ tiêu {gone.code}")
    assert "sửa thành chưa có" in sentence(one)


def test_a_section_that_one_paper_lacks_is_a_pair_with_an_empty_side():
    before = six_months()
    after = replace(before, sections=before.sections[:-1])
    last = section_pairs(before, after)[-1]
    assert last.heading == before.sections[-1].heading
    assert last.second == ""


def test_what_is_replaced_is_frozen_with_the_paper_and_read_back():
    replaces = Replaced(4, published().publication.published_on, 1, "NTM-A")
    one = Change("figure", "Số xã", "7", "8")
    snapshot = published(edition=2, reason="Sửa", replaces=replaces, changes=(one,))
    assert from_json(to_json(snapshot)) == snapshot


def test_an_issue_older_than_a_field_is_read_and_a_strange_field_is_refused():
    stored = to_json(published())
    for name in ("replaces", "changes"):
        del stored["publication"][name]
    assert from_json(stored) == published()
    stored["publication"]["strange"] = 1
    with pytest.raises(NotThatShape):
        from_json(stored)
    del stored["publication"]["strange"], stored["headline"]["recognised"]
    with pytest.raises(NotThatShape):
        from_json(stored)


def test_each_rewritten_sentence_stands_whole_beside_its_old_wording():
    before = with_text("Có 06 xã (Nùng Nàng, Tả Lèng) chậm. Thiếu vốn.\n- Thiếu đất.")
    after = with_text("Có 07 xã (Tả Lèng) chậm. Thiếu vốn.\n- Thiếu đất ở.")
    assert differences(before, after) == (
        "Mục III.2 “Nguyên nhân”: câu “Có 06 xã (Nùng Nàng, Tả Lèng) chậm.” sửa thành "
        "“Có 07 xã (Tả Lèng) chậm.”.",
        "Mục III.2 “Nguyên nhân”: câu “- Thiếu đất.” sửa thành “- Thiếu đất ở.”.",
    )


def test_a_reason_ends_with_one_full_stop():
    assert [full_stop(one) for one in ("Sửa", "Sửa.", "", "Sửa; ")] == ["Sửa.", "Sửa.", "", "Sửa;"]
