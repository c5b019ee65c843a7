"""Starting, editing, handing over: each act and each refusal."""

import datetime as dt

import pytest

from accounts.models import User
from periods.models import ReportingPeriod
from reports import composing
from reports.errors import InvalidSummary, StaleSection, SummaryRefused
from reports.models import SummaryReport, SummaryState
from reports.sections import BY_KEY
from reports.starting import start_ad_hoc, start_term
from reports.workflow import TRANSITIONS, Act, Lock, lock
from tests.reports import summary_stages as stages

pytestmark = pytest.mark.usefixtures("demonstration")


def test_starting_twice_gives_the_same_summary():
    assert stages.started() == stages.started()


def test_a_term_must_end_with_its_quarter():
    with pytest.raises(InvalidSummary):
        stages.started("6-months", "2023-q1")


def test_an_ad_hoc_summary_takes_the_quarter_of_its_day():
    found = start_ad_hoc(by=stages.coordinator(), on=dt.date(2023, 9, 20))
    assert (found.slug, found.period.slug) == ("2023-09-20-dot-xuat", "2023-q3")
    assert start_ad_hoc(by=stages.coordinator(), on=dt.date(2023, 7, 1)).period.slug == "2023-q2"
    assert start_ad_hoc(by=stages.coordinator(), on=dt.date(2023, 6, 14)).period.slug == "2023-q2"
    assert start_ad_hoc(by=stages.coordinator(), on=dt.date(2023, 6, 13)).period.slug == "2023-q1"


def test_a_past_day_of_an_open_quarter_is_refused_as_its_figures_are_gone():
    for day in (dt.date(2023, 9, 14), dt.date(2023, 9, 19)):
        with pytest.raises(InvalidSummary) as refused:
            start_ad_hoc(by=stages.coordinator(), on=day)
        assert "on" in refused.value.errors


def test_a_day_to_come_and_a_day_before_all_figures_are_refused():
    for day in (dt.date(2023, 9, 21), dt.date(2020, 1, 1)):
        with pytest.raises(InvalidSummary) as refused:
            start_ad_hoc(by=stages.coordinator(), on=day)
        assert "on" in refused.value.errors


def test_a_quarter_that_is_not_open_has_no_summary():
    planned = ReportingPeriod.objects.filter(state="planned").first() or ReportingPeriod.plan(
        2024, 1
    )
    planned.save()
    with pytest.raises(InvalidSummary):
        start_term(by=stages.coordinator(), kind="quarter", period=planned)


@pytest.mark.parametrize("username", ["lanhdao", "xa.ban-bo", "phong.noi-vu"])
def test_only_the_standing_office_starts_and_edits(username):
    other = User.objects.get(username=username)
    with pytest.raises(SummaryRefused):
        start_ad_hoc(by=other, on=dt.date(2023, 9, 18))
    summary = stages.started()
    with pytest.raises(SummaryRefused):
        composing.save_section(
            by=other,
            summary=summary,
            generated=stages.section_of(summary),
            figures={},
            version=0,
            text="Khác",
        )
    assert not summary.sections.exists()


def test_an_edited_text_stands_in_the_paper_and_is_reset_again():
    summary = stages.started()
    before = stages.section_of(summary)
    stored = stages.edit(summary, "Một là, ….\n- hai;")
    assert stages.section_of(summary).text == "Một là, ….\n- hai;"
    assert stages.section_of(summary).edited
    by, read = stages.coordinator(), stored.version
    assert composing.reset_section(by=by, summary=summary, key="limits", version=read)
    assert stages.section_of(summary) == before
    assert not composing.reset_section(by=by, summary=summary, key="limits", version=read)


def test_saving_twice_stores_once_and_an_unchanged_text_is_not_stored():
    summary = stages.started()
    assert stages.edit(summary, stages.section_of(summary).text) is None
    first = stages.edit(summary, "Đã sửa.", version=0)
    assert stages.edit(summary, "Đã sửa.", version=0).version == first.version


def test_a_stale_edit_is_refused_with_the_stored_text():
    summary = stages.started()
    stages.edit(summary, "Của người thứ nhất.")
    with pytest.raises(StaleSection) as refused:
        stages.edit(summary, "Của người thứ hai.", version=0)
    assert refused.value.stored.text == "Của người thứ nhất."


def test_a_section_of_20_000_and_of_40_000_characters_is_kept_and_one_more_refused_whole():
    summary = stages.started()
    long = "Đoạn văn dài. " * 1430
    assert len(stages.edit(summary, long).text) > 20_000
    assert len(stages.edit(summary, "ộ" * 40_000).text) == 40_000
    with pytest.raises(InvalidSummary):
        stages.edit(summary, "ộ" * 40_001)


def test_pasted_word_html_keeps_its_words_and_a_script_does_nothing():
    summary = stages.started()
    pasted = (
        '<html xmlns:o="urn"><style>p{}</style><p class="MsoNormal">Xã A &amp; B <b>đạt</b></p>'
        "<script>alert(1)</script><ul><li>thứ nhất</li></ul></html>"
    )
    assert stages.edit(summary, pasted).text == "Xã A & B đạt\n- thứ nhất"
    typed = stages.edit(summary, "5 < 6 <script>", key="causes").text
    assert "5 < 6" in typed


@pytest.mark.parametrize("key", ["results", "nowhere"])
def test_only_a_section_with_a_text_is_edited(key):
    import dataclasses

    summary = stages.started()
    wrong = dataclasses.replace(stages.section_of(summary), key=key)
    with pytest.raises(InvalidSummary):
        composing.save_section(
            by=stages.coordinator(),
            summary=summary,
            generated=wrong,
            figures={},
            version=0,
            text="x",
        )


def test_an_edited_text_remembers_the_figures_it_still_quotes():
    summary = stages.started()
    generated = stages.section_of(summary, "overall")
    stored = stages.edit(summary, "Toàn huyện có 08/12 xã đạt chuẩn.", key="overall")
    assert stored.quoted["headline.recognised"] == "08"
    assert "poverty.poor_rate" in generated.quoted
    assert "poverty.poor_rate" not in stored.quoted


def test_handing_over_stops_the_texts_until_it_is_taken_back():
    summary = stages.waiting()
    assert summary.handed_over_by == stages.coordinator()
    assert not composing.hand_over(by=stages.coordinator(), summary=summary)
    with pytest.raises(SummaryRefused) as refused:
        stages.edit(summary, "Muộn rồi.")
    assert refused.value.lock is Lock.WAITING
    assert composing.take_back(by=stages.coordinator(), summary=summary)
    assert not composing.take_back(by=stages.coordinator(), summary=summary)
    assert stages.edit(summary, "Kịp rồi.")


def test_the_leader_gives_back_with_a_reason_that_is_forgotten_when_handed_over_again():
    summary = stages.waiting()
    with pytest.raises(InvalidSummary):
        composing.give_back(by=stages.leader(), summary=summary, reason="  ")
    composing.give_back(by=stages.leader(), summary=summary, reason="Bổ sung nguyên nhân.")
    summary = stages.reread(summary)
    assert (summary.state, summary.returned_reason) == ("composing", "Bổ sung nguyên nhân.")
    composing.hand_over(by=stages.coordinator(), summary=summary)
    assert stages.reread(summary).returned_reason == ""


def test_the_coordinator_does_not_give_back_and_the_leader_does_not_hand_over():
    summary = stages.started()
    with pytest.raises(SummaryRefused):
        composing.hand_over(by=stages.leader(), summary=summary)
    summary = stages.waiting()
    with pytest.raises(SummaryRefused):
        composing.give_back(by=stages.coordinator(), summary=summary, reason="x")


def test_every_state_and_act_is_decided():
    for state in SummaryState.values:
        for act in Act:
            assert (lock(act, state) is None) == ((state, act) in TRANSITIONS)


def test_every_section_has_a_heading_and_its_parts_exist():
    from reports.models import Part

    assert all(part in Part.values for one in BY_KEY.values() for part in one.parts)


def test_starting_leaves_one_row_a_term():
    stages.started()
    assert SummaryReport.objects.filter(slug="2022-q4").count() == 1
