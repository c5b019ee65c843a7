"""No version of a text comes twice: an old page meets the conflict, also where the text was deleted."""

import pytest

from reports import composing
from reports.errors import StaleSection
from reports.giving_up import give_up
from reports.models import SummaryReport
from tests.reports import summary_stages as stages
from tests.reports.pages import page, signed_in
from tests.reports.test_composition_texts import fields_of

pytestmark = pytest.mark.usefixtures("demonstration")
SLUG, KEY = "2023-6-months", "overall"
MINE, THEIRS = "Trang cũ.", "Của đồng nghiệp."


def corrected() -> SummaryReport:
    summary = SummaryReport.objects.get(slug=SLUG)
    composing.begin_correction(by=stages.coordinator(), summary=summary, reason="Sai một câu.")
    return stages.reread(summary)


def given_up(summary: SummaryReport) -> None:
    version = stages.reread(summary).version
    assert give_up(by=stages.coordinator(), summary=summary, version=version)


def reset(summary: SummaryReport) -> None:
    version = version_of(summary)
    by = stages.coordinator()
    assert composing.reset_section(by=by, summary=summary, key=KEY, version=version)


def version_of(summary: SummaryReport) -> int:
    row = summary.sections.filter(key=KEY).first()
    return row.version if row else 0


def text_of(summary: SummaryReport) -> str:
    return stages.section_of(summary, KEY).text


def edit(summary: SummaryReport, text: str, version: int | None = None):
    return stages.edit(stages.reread(summary), text, key=KEY, version=version)


def reset_between(summary: SummaryReport) -> None:
    reset(summary)


def given_up_between(summary: SummaryReport) -> None:
    given_up(summary)
    corrected()


BETWEEN = pytest.mark.parametrize("between", [reset_between, given_up_between])


@BETWEEN
def test_an_old_page_does_not_overwrite_what_was_typed_anew_after_the_text_was_deleted(between):
    summary = corrected()
    read = edit(summary, "Lần một.").version
    between(summary)
    assert version_of(summary) == 0
    edit(summary, THEIRS)
    with pytest.raises(StaleSection) as refused:
        edit(summary, MINE, version=read)
    assert refused.value.stored.text == text_of(summary) == THEIRS


@BETWEEN
def test_an_old_page_does_not_delete_what_was_typed_anew_either(between):
    summary = corrected()
    read = edit(summary, "Lần một.").version
    between(summary)
    edit(summary, THEIRS)
    with pytest.raises(StaleSection):
        composing.reset_section(by=stages.coordinator(), summary=summary, key=KEY, version=read)
    assert text_of(summary) == THEIRS


@BETWEEN
def test_a_page_drawn_before_the_first_edit_meets_the_conflict_too(between):
    summary = corrected()
    read = version_of(summary)
    edit(summary, "Lần một.")
    between(summary)
    edit(summary, THEIRS)
    with pytest.raises(StaleSection):
        edit(summary, MINE, version=read)
    assert text_of(summary) == THEIRS


@BETWEEN
def test_a_text_deleted_since_it_was_read_is_not_stored_silently(between):
    summary = corrected()
    before = text_of(summary)
    read = edit(summary, "Lần một.").version
    between(summary)
    with pytest.raises(StaleSection) as refused:
        edit(summary, MINE, version=read)
    assert refused.value.stored is None
    assert text_of(summary) == before


@BETWEEN
def test_a_text_untouched_in_the_end_is_still_stored_by_the_page_that_read_it(between):
    """Typed and thrown away by somebody else meanwhile: what was read stands there, so no conflict."""
    summary = corrected()
    read = version_of(summary)
    edit(summary, "Lần một.")
    between(summary)
    assert edit(summary, MINE, version=read).text == MINE


def test_a_text_of_the_issue_that_giving_up_writes_again_has_a_version_that_nobody_has_read():
    summary = SummaryReport.objects.get(slug="2023-q2")
    key = summary.sections.first().key
    versions = [summary.sections.get(key=key).version]
    for text in ("Lần một.", "", "Lần hai."):
        composing.begin_correction(by=stages.coordinator(), summary=summary, reason="Sai.")
        if text:
            versions.append(stages.edit(summary, text, key=key).version)
        else:
            composing.reset_section(
                by=stages.coordinator(), summary=summary, key=key, version=versions[-1]
            )
        given_up(summary)
        versions.append(summary.sections.get(key=key).version)
        summary = stages.reread(summary)
    assert versions == sorted(set(versions))


def test_a_text_never_has_a_higher_version_than_its_summary():
    """What the rule stands on, also for texts stored before the rule."""
    for summary in SummaryReport.objects.prefetch_related("sections"):
        assert all(one.version <= summary.version for one in summary.sections.all())


@BETWEEN
def test_the_old_page_shows_what_stands_there_when_the_text_was_deleted(between):
    summary = corrected()
    before = text_of(summary)
    edit(summary, "Lần một.")
    address = f"/reports/{SLUG}/"
    old = fields_of(page("phong.nong-nghiep", address))
    between(summary)
    sent = {**old, f"text-{KEY}": MINE, "do": "save"}
    answer = signed_in("phong.nong-nghiep").post(f"{address}texts/", sent)
    assert answer.status_code == 409
    theirs = answer.content.decode().split("written-theirs")[1].split("</textarea>")[0]
    assert before.split(".")[0] in theirs
    assert MINE in theirs
    assert text_of(summary) == before


@BETWEEN
def test_the_old_page_shows_both_texts_and_the_next_press_decides(between):
    summary = corrected()
    edit(summary, "Lần một.")
    address = f"/reports/{SLUG}/"
    old = fields_of(page("phong.nong-nghiep", address))
    between(summary)
    edit(summary, THEIRS)
    sent = {**old, f"text-{KEY}": MINE, "do": "save"}
    answer = signed_in("phong.nong-nghiep").post(f"{address}texts/", sent)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert MINE in body
    assert THEIRS in body
    assert text_of(summary) == THEIRS
    again = {**fields_of(body), "do": "save"}
    assert signed_in("phong.nong-nghiep").post(f"{address}texts/", again).status_code == 302
    assert text_of(summary) == MINE
