"""What two papers say otherwise in annexes III and IV and in names is told, or that it is not."""

import datetime as dt
from dataclasses import fields, replace

import pytest

from reports.comparing import compared
from reports.differences import MOST, changes, differences, differs
from reports.snapshot import from_json, to_json
from tests.reports.snapshots import first_schema, published, six_months

HANOI = dt.timezone(dt.timedelta(hours=7))
SENT = dt.datetime(2023, 9, 20, 9, 0, tzinfo=HANOI)


def first_row(part: str, **changed):
    before = six_months()
    row, *rest = getattr(before, part)
    return row, replace(before, **{part: (replace(row, **changed), *rest)})


def renamed(old: str, new: str):
    """The paper as it is composed after a commune or an agency was called otherwise."""

    def walk(one):
        if isinstance(one, dict):
            return {key: walk(value) for key, value in one.items()}
        if isinstance(one, list):
            return [walk(value) for value in one]
        return one.replace(old, new) if isinstance(one, str) and len(one) < 80 else one

    stored = to_json(six_months())
    return from_json(walk(stored) | {"sections": stored["sections"]})


def test_a_decision_that_was_added_is_told_with_number_and_day():
    row, before = first_row("recognised", decision_number="", decided_on=None)
    _row, after = first_row(
        "recognised", decision_number="123/QĐ-UBND", decided_on=dt.date(2020, 5, 5)
    )
    place = f"Phụ lục III: {row.commune} ({row.tier_name})"
    said = f"{place}, thêm quyết định số 123/QĐ-UBND ngày 05/5/2020."
    assert differences(before, after) == (said,)
    assert differences(after, before) == (said.replace("thêm", "bỏ"),)


def test_a_decision_that_was_confirmed_is_told():
    row, after = first_row("recognised", confirmed=True)
    _row, before = first_row("recognised", confirmed=False)
    assert differences(before, after) == (
        f"Phụ lục III: {row.commune} ({row.tier_name}), thông tin quyết định, "
        "từ “chưa xác nhận” thành “đã xác nhận”.",
    )


def test_a_recognition_that_only_one_paper_has_is_told():
    before = six_months()
    gone, *rest = before.recognised
    (said,) = differences(before, replace(before, recognised=tuple(rest)))
    assert said.startswith(f"Phụ lục III: {gone.commune} ({gone.tier_name}), bỏ xã được công nhận")


def test_another_year_of_a_target_is_told():
    row, after = first_row("targets", year=2031)
    assert differences(six_months(), after) == (
        f"Phụ lục III: {row.unit}, mục tiêu đạt chuẩn {row.tier_name}, "
        f"từ “năm {row.year}” thành “năm 2031”.",
    )


def test_another_state_of_a_commune_is_told_with_the_day_of_sending():
    row, before = first_row("reporting", state_text="Đã gửi", submitted_at=SENT, days_late=0)
    _row, after = first_row("reporting", state_text="Đã chấp nhận", submitted_at=SENT, days_late=0)
    assert differences(before, after) == (
        f"Phụ lục IV: {row.name}, từ “Đã gửi” thành “Đã chấp nhận” (20/9/2023).",
    )


def test_a_written_report_that_came_is_told():
    row, before = first_row("written", state_text="Chưa gửi", submitted_at=None, days_late=3)
    _row, after = first_row("written", state_text="Đã gửi", submitted_at=SENT, days_late=1)
    place = f"Phụ lục IV: báo cáo bằng văn bản của {row.sender}"
    assert differences(before, after) == (
        f"{place}, từ “Chưa gửi” thành “Đã gửi” (20/9/2023).",
        f"{place}, ngày gửi, từ “chưa gửi” thành “20/9/2023”.",
    )
    assert compared(before, after, only_changed=True).annexes == list(differences(before, after))


def test_a_commune_called_otherwise_is_told_once():
    after = renamed("Khun Há", "Khun Há & Tả")
    (said,) = [one for one in differences(six_months(), after) if one.startswith("Tên: ")]
    assert "Khun Há” thành “" in said
    assert said.endswith("Khun Há & Tả”.")
    assert not [one for one in differences(six_months(), after) if one.startswith("Phụ lục")]


def test_an_agency_called_otherwise_is_told_once():
    old = six_months().definitions.indicators[0].lead
    after = renamed(old, "Phòng Kinh tế & Hạ tầng")
    said = differences(six_months(), after)
    assert said[0] == f"Tên: “{old}” thành “Phòng Kinh tế & Hạ tầng”."
    assert not [one for one in said if one.startswith("Phụ lục")]


def test_another_leading_agency_is_told_under_its_indicator():
    before = six_months()
    first, *rest = before.definitions.indicators
    other = next(one.lead for one in rest if one.lead != first.lead)
    one = replace(before.definitions, indicators=(replace(first, lead=other), *rest))
    said = differences(before, replace(before, definitions=one))
    assert said == (
        f"Phụ lục II: chỉ tiêu {first.code}, cơ quan chủ trì, từ “{first.lead}” thành “{other}”.",
    )


def test_many_changes_are_bounded_in_the_sentences_and_whole_in_the_data():
    before = six_months()
    rows = tuple(replace(one, state_text="Khác", returned=99) for one in before.reporting)
    after = replace(before, reporting=rows)
    many = len(rows) * 2
    assert len([one for one in changes(before, after) if one.kind == "annex"]) == many
    said = differences(before, after)
    assert len(said) == MOST + 1
    assert said[-1] == f"Các phụ lục và tên gọi: còn {many - MOST:02d} thay đổi khác."


def other(part: str):
    """The paper with this part of it otherwise, in something that no list tells."""
    before = six_months()
    value = getattr(before, part)
    match part:
        case "paper":
            return replace(value, subject="Khác")
        case "masthead":
            return replace(value, recipients=("Khác",))
        case "headline":
            return replace(value, average=value.average + 1 if value.average else 1)
        case "poverty":
            return replace(value, households=value.households + 1)
        case "definitions":
            return replace(value, decision="Khác")
    return value[:-1]


PARTS = [one.name for one in fields(six_months()) if one.name not in ("schema", "publication")]


@pytest.mark.parametrize("part", PARTS)
def test_whatever_part_differs_nobody_says_that_nothing_does(part):
    before = six_months()
    after = replace(before, **{part: other(part)})
    assert differences(before, after)
    assert differs(before, after)
    assert not compared(before, after, only_changed=True).same
    assert not any("không thay đổi" in one for one in differences(before, after))


def test_what_only_the_day_makes_is_no_correction_and_yet_not_the_same():
    _row, before = first_row("reporting", submitted_at=None, days_late=3)
    _row, after = first_row("reporting", submitted_at=None, days_late=4)
    assert not differs(before, after)
    assert differences(before, after) == (
        "Các phần khác cũng có thay đổi: số ngày trễ hạn của nơi chưa gửi (Phụ lục IV).",
    )
    assert not compared(before, after, only_changed=True).same


def test_another_publication_alone_is_the_same_paper():
    found = compared(six_months(), published(edition=2, reason="Sửa"), only_changed=True)
    assert found.same
    assert (found.annexes, found.other_parts) == ([], [])


def test_an_old_schema_is_compared_without_what_it_did_not_keep():
    old = from_json(first_schema())
    new = replace(old, schema=2)
    assert compared(old, new, only_changed=True).same


def test_the_kinds_are_stored_with_the_paper_and_read_back():
    row, after = first_row("targets", year=2031)
    found = changes(six_months(), after)
    stored = to_json(published(changes=found))
    assert from_json(stored).publication.changes == found
    assert [one.kind for one in found] == ["annex"]
    assert row.unit in found[0].place


def test_an_agency_that_took_over_a_task_is_not_called_a_new_name():
    before = six_months()
    old = before.definitions.indicators[0].lead
    assert any(one.sender == old for one in before.written)
    rows = tuple(
        replace(one, lead="Phòng mới" if one.lead == old else one.lead)
        for one in before.definitions.indicators
    )
    said = differences(
        before, replace(before, definitions=replace(before.definitions, indicators=rows))
    )
    assert not [one for one in said if one.startswith("Tên: ")]
    assert said[0].endswith(f"cơ quan chủ trì, từ “{old}” thành “Phòng mới”.")
