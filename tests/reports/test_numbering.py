"""The number of a paper: the next one, or the one that the clerk's register gave."""

import re

import pytest

from reports import composing
from reports.building import build_snapshot
from reports.errors import InvalidSummary
from reports.models import SummaryIssue, SummaryReport, SummarySection
from reports.numbering import UNREADABLE, next_number, read_number
from reports.publishing import fingerprint, publish
from reports.snapshot import from_json
from tests.reports import summary_stages as stages
from tests.reports.pages import page, post

ADDRESS = "/reports/2022-q4/"
demonstration = pytest.mark.usefixtures("demonstration")


def published(summary: SummaryReport, number: int | None) -> SummaryIssue:
    seen = fingerprint(build_snapshot(summary))
    return publish(by=stages.leader(), summary=summary, seen=seen, knowing=True, number=number)[0]


def pressed(username: str = "lanhdao", **more):
    seen = re.search(r'name="seen" value="(\w{64})"', page("lanhdao", ADDRESS))[1]
    return post(username, f"{ADDRESS}act/", **{"do": "publish", "seen": seen} | more)


def field(body: str) -> str:
    return body.split('<div class="paper-number">')[1].split("</div><p><button")[0]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        ("  \u200b ", None),
        ("7", 7),
        (" 07 ", 7),
        ("0007", 7),
        ("1\x002", 12),
        ("9999", 9999),
        ("10000", 10000),
        ("0", 0),
    ],
)
def test_a_number_is_read_with_or_without_its_zero(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["７", "٧", "7a", "-7", "+7", "7.0", "7,5", "1e3", "07/BC-UBND", "²", "9" * 11],
)
def test_what_is_no_plain_number_is_not_guessed(typed):
    assert read_number(typed) == UNREADABLE


@demonstration
@pytest.mark.parametrize("number", [1000, 9999])
def test_the_number_of_the_register_stands_on_the_paper(number):
    issue = published(stages.waiting(), number)
    assert issue.serial == number
    assert from_json(issue.snapshot).publication.number == number


@demonstration
def test_after_a_number_of_the_register_the_portal_goes_on_from_the_highest():
    highest = next_number(2023) - 1
    first = published(stages.waiting(), highest + 10)
    assert next_number(2023) == highest + 11
    assert next_number(2024) == 1
    between = published(stages.waiting("9-months", "2023-q3"), highest + 5)
    composing.begin_correction(by=stages.coordinator(), summary=first.summary, reason="Sai số.")
    stages.edit(first.summary, "Nguyên nhân đúng.", key="causes")
    composing.hand_over(by=stages.coordinator(), summary=first.summary)
    corrected = published(stages.reread(first.summary), None)
    assert [one.serial - highest for one in (first, between, corrected)] == [10, 5, 11]


@demonstration
@pytest.mark.parametrize("number", [0, -1, 10000])
def test_no_number_that_no_register_gives(number):
    summary = stages.waiting()
    with pytest.raises(InvalidSummary) as refused:
        published(summary, number)
    assert list(refused.value.errors) == ["number"]
    assert not summary.issues.exists()
    assert stages.reread(summary).state == "waiting"


@demonstration
def test_a_number_of_the_year_is_given_once_and_the_sentence_names_its_paper():
    summary, taken = stages.waiting(), SummaryIssue.objects.get(summary__slug="2023-q2", edition=1)
    with pytest.raises(InvalidSummary) as refused:
        published(summary, taken.serial)
    sentence = refused.value.errors["number"]
    assert f"Số {taken.serial:02d} năm 2023" in sentence
    assert "“Báo cáo quý II năm 2023”" in sentence
    assert not summary.issues.exists()


@demonstration
def test_pressed_twice_the_number_is_given_once_whatever_the_second_press_says():
    summary, number = stages.waiting(), next_number(2023) + 3
    sent = {"seen": fingerprint(build_snapshot(summary)), "do": "publish"}
    for typed in (str(number), str(number), str(number + 1), "abc"):
        assert post("lanhdao", f"{ADDRESS}act/", number=typed, **sent).url == ADDRESS
    assert [one.serial for one in summary.issues.all()] == [number]


@demonstration
def test_the_box_asks_for_the_number_and_names_the_next_one():
    stages.waiting()
    box = field(page("lanhdao", ADDRESS))
    assert "Số văn bản" in box
    assert f"hệ thống lấy số tiếp theo: {next_number(2023):02d}." in box
    assert 'name="number" value=""' in box
    assert 'class="paper-number"' not in page("phong.nong-nghiep", ADDRESS)


@demonstration
@pytest.mark.parametrize("typed", ["0", "10000", "07/BC-UBND", "７", "x" * 10_000, "<b>1</b>"])
def test_what_was_typed_stays_beside_the_sentence(typed):
    summary = stages.waiting()
    answer = pressed(number=typed)
    box = field(answer.content.decode())
    assert answer.status_code == 422
    assert "từ 1 đến 9999" in box
    assert 'aria-describedby="paper-number-help paper-number-error" aria-invalid="true"' in box
    kept = typed.replace("<", "&lt;").replace(">", "&gt;")
    assert f'value="{kept}"' in box
    assert '<details class="confirm" open>' in answer.content.decode()
    assert not summary.issues.exists()


@demonstration
def test_the_tick_and_the_number_are_refused_together_and_both_stay():
    summary = stages.started()
    stages.edit(summary, "Toàn huyện có nhiều xã.", key="overall")
    SummarySection.objects.filter(summary=summary, key="overall").update(
        quoted={"headline.recognised": "99"}
    )
    composing.hand_over(by=stages.coordinator(), summary=summary)
    body = pressed(number="0").content.decode()
    assert 'id="knowing-error"' in body
    assert 'id="paper-number-error"' in body
    answer = pressed(number="0", knowing="on")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="knowing" value="on" checked' in body
    assert 'id="knowing-error"' not in body
    answer = pressed(number=str(next_number(2023) + 1))
    assert f'value="{next_number(2023) + 1}"' in field(answer.content.decode())
    assert 'id="paper-number-error"' not in answer.content.decode()
    assert not summary.issues.exists()


@demonstration
def test_when_the_figures_have_moved_the_number_stays_and_the_paper_is_read_again():
    summary = stages.waiting()
    answer = pressed(seen="0" * 64, number="77", knowing="on")
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "hãy xem lại" in body or "Chưa ban hành" in body
    assert 'value="77"' in field(body)
    assert 'value="on" checked' not in body
    assert not summary.issues.exists()


@demonstration
def test_whoever_may_not_publish_is_refused_before_the_number_is_looked_at():
    summary = stages.waiting()
    for typed in ("0", str(next_number(2023))):
        assert pressed("phong.nong-nghiep", number=typed).status_code == 302
    assert not summary.issues.exists()


@demonstration
def test_published_with_a_number_the_page_and_the_archive_say_it():
    stages.waiting()
    number = next_number(2023) + 30
    assert pressed(number=f"0{number}").url == ADDRESS
    assert f"Số: {number}/BC-UBND" in page("lanhdao", ADDRESS)
    assert f"{number}/BC-UBND" in page("lanhdao", "/reports/")
