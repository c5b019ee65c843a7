"""A correction that differs in nothing is not published; one begun by mistake is given up."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reports import composing
from reports.building import build_snapshot
from reports.correcting import corrects_nothing
from reports.errors import DraftMoved, SummaryRefused
from reports.giving_up import give_up, texts_lost
from reports.models import (
    AppendedTrace,
    GivenUpCorrection,
    RenderedFile,
    SummaryIssue,
    SummaryReport,
    SummaryState,
)
from reports.paper_files import file_of_draft
from reports.publishing import fingerprint, publish
from reports.snapshot import from_json
from reports.workflow import Lock
from tests.reports import summary_stages as stages
from tests.reports.pages import page, post, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")
ADDRESS = "/reports/2023-q2/"
NOTHING = "không khác gì bản đã ban hành"


def begun(slug: str = "2023-q2", reason: str = "Bấm nhầm.") -> SummaryReport:
    summary = SummaryReport.objects.get(slug=slug)
    composing.begin_correction(by=stages.coordinator(), summary=summary, reason=reason)
    return stages.reread(summary)


def fields() -> dict[str, str]:
    body = page("phong.nong-nghiep", ADDRESS).split("paper-discard")[1].split("</form>")[0]
    return dict(re.findall(r'name="(draft|version)" value="(\d+)"', body)) | {"do": "give_up"}


def pressed(sent: dict[str, str], username: str = "phong.nong-nghiep"):
    return post(username, f"{ADDRESS}act/", **sent)


def texts(summary: SummaryReport) -> dict[str, tuple[str, bool]]:
    return {one.key: (one.text, one.edited) for one in build_snapshot(summary).sections}


def refused(act) -> Lock:
    with pytest.raises(SummaryRefused) as found:
        act()
    return found.value.lock


def test_a_correction_that_changes_nothing_is_not_handed_over_though_days_have_passed():
    summary = begun()
    assert corrects_nothing(summary)
    by = stages.coordinator()
    assert refused(lambda: composing.hand_over(by=by, summary=summary)) is Lock.CORRECTS_NOTHING
    assert stages.reread(summary).state == SummaryState.COMPOSING
    answer = post("phong.nong-nghiep", f"{ADDRESS}texts/", do="hand_over")
    assert answer.status_code == 422
    assert NOTHING in answer.content.decode()
    assert "không khác gì bản ban hành lần 1" in page("phong.nong-nghiep", ADDRESS)
    assert post("phong.nong-nghiep", f"{ADDRESS}act/", do="hand_over").status_code == 302
    assert stages.reread(summary).state == SummaryState.COMPOSING


def test_a_text_changed_and_changed_back_still_corrects_nothing():
    summary = begun()
    was = texts(summary)["causes"][0]
    stages.edit(summary, "Khác hẳn.", key="causes")
    assert not corrects_nothing(summary)
    stages.edit(summary, was, key="causes")
    assert corrects_nothing(stages.reread(summary))


def test_who_corrects_the_number_alone_is_told_to_say_it_in_a_text():
    """Every issue has a number of its own anyway (decision 18)."""
    summary, office = begun(reason="Sai số văn bản."), stages.coordinator()
    with pytest.raises(SummaryRefused) as found, override("vi"):
        composing.hand_over(by=office, summary=summary)
    assert "Nếu chỉ sai số văn bản hoặc chức vụ người ký" in str(found.value)
    stages.edit(summary, "Báo cáo số 03 ghi nhầm số; số đúng ghi ở đầu bản này.", key="causes")
    assert composing.hand_over(by=office, summary=summary)
    issue, _new = publish(
        by=stages.leader(),
        summary=stages.reread(summary),
        seen=fingerprint(build_snapshot(stages.reread(summary))),
        knowing=True,
        number=37,
    )
    assert (issue.edition, issue.serial) == (2, 37)


def test_a_first_issue_is_compared_with_nothing():
    assert not corrects_nothing(stages.started())


def test_what_became_the_same_while_it_waited_is_not_published():
    """The leader is refused too: no issue is numbered for nothing."""
    summary = begun()
    stages.edit(summary, "Khác hẳn.", key="causes")
    composing.hand_over(by=stages.coordinator(), summary=summary)
    was = SummaryIssue.objects.get(summary=summary).snapshot
    text = next(one["text"] for one in was["sections"] if one["key"] == "causes")
    summary.sections.filter(key="causes").update(text=text)
    waiting = stages.reread(summary)
    assert refused(lambda: stages.issue(waiting)) is Lock.CORRECTS_NOTHING
    seen = re.search(r'name="seen" value="(\w{64})"', page("lanhdao", ADDRESS))[1]
    answer = post("lanhdao", f"{ADDRESS}act/", do="publish", seen=seen)
    assert answer.status_code == 302
    assert NOTHING in page_after(answer, "lanhdao")
    assert summary.issues.count() == 1


def page_after(answer, username: str) -> str:
    return answer.wsgi_request._messages._queued_messages[0].message


def test_the_confirmation_says_what_is_lost_and_changes_nothing():
    summary = begun()
    assert "không mất nội dung đã gõ" in page("phong.nong-nghiep", ADDRESS)
    stages.edit(summary, "Sửa dở.", key="causes")
    asked = page("phong.nong-nghiep", ADDRESS).split("paper-discard")[1]
    assert "Nguyên nhân</li>" in asked
    assert "Bản ban hành lần 1 giữ nguyên hiệu lực" in asked
    assert not GivenUpCorrection.objects.exists()


@pytest.mark.parametrize("username", ["phong.nong-nghiep", "quantri"])
def test_given_up_the_published_issue_is_in_force_and_the_texts_are_its_own(username):
    summary = begun()
    before = texts(summary)
    stages.edit(summary, "Sửa dở.", key="causes")
    stages.edit(summary, "Thêm dở.", key="limits")
    assert len(texts_lost(summary, from_json(summary.issues.get().snapshot))) == 2
    assert pressed(fields(), username).url == ADDRESS
    now = stages.reread(summary)
    assert (now.state, now.correction_reason) == (SummaryState.PUBLISHED, "")
    assert now.issues.count() == 1
    assert texts(now) == before
    trace = GivenUpCorrection.objects.get()
    assert (trace.issue, trace.reason) == (now.issues.get(), "Bấm nhầm.")
    assert trace.given_up_by.username == username
    assert len(trace.texts) == 2
    for reader, told in (("lanhdao", True), ("xa.ban-bo", False)):
        body = page(reader, ADDRESS)
        assert "Số: 03/BC-UBND" in body
        assert ("Bấm nhầm." in body) == told
    assert corrects_nothing(begun())


def test_a_text_of_the_issue_that_the_correction_had_reset_is_there_again():
    summary = begun()
    edited = summary.sections.first()
    before = texts(summary)
    composing.reset_section(
        by=stages.coordinator(), summary=summary, key=edited.key, version=edited.version
    )
    assert texts(summary) != before
    assert pressed(fields()).url == ADDRESS
    assert texts(stages.reread(summary)) == before


def test_the_page_of_a_correction_reads_the_issue_in_force_once():
    begun()
    client = signed_in("phong.nong-nghiep")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(ADDRESS).status_code == 200
    read = [one for one in asked if '"reports_summaryissue"."snapshot",' in one["sql"]]
    assert len(read) == 1


def test_a_second_press_gives_up_once_and_says_so():
    begun()
    sent = fields()
    for _press in range(2):
        answer = pressed(sent)
        assert answer.url == ADDRESS
    assert "đã được bỏ trước đó" in page_after(answer, "")
    assert GivenUpCorrection.objects.count() == 1


def test_what_was_typed_since_the_question_is_shown_first():
    summary = begun()
    sent = fields()
    stages.edit(summary, "Vừa gõ.", key="causes")
    assert "Chưa bỏ" in page_after(pressed(sent), "")
    assert stages.reread(summary).state == SummaryState.COMPOSING
    for version in ("", "²", "9" * 40):
        assert "Chưa bỏ" in page_after(pressed(sent | {"version": version}), "")
    assert pressed(fields()).url == ADDRESS
    assert stages.reread(summary).state == SummaryState.PUBLISHED


def test_while_it_waits_for_the_leader_it_is_not_given_up():
    summary = begun()
    sent = fields()
    stages.edit(summary, "Khác hẳn.", key="causes")
    composing.hand_over(by=stages.coordinator(), summary=summary)
    assert "Bỏ bản đính chính" not in page("phong.nong-nghiep", ADDRESS)
    pressed(sent)
    waiting = stages.reread(summary)
    assert waiting.state == SummaryState.WAITING
    by = stages.coordinator()
    assert refused(lambda: give_up(by=by, summary=waiting, version=waiting.version)) is Lock.WAITING


@pytest.mark.parametrize("username", ["lanhdao", "xa.ban-bo", "phong.noi-vu"])
def test_nobody_else_gives_a_correction_up(username):
    summary = begun()
    sent = fields()
    assert "Bỏ bản đính chính" not in page(username, ADDRESS)
    assert pressed(sent, username).status_code == (302 if username == "lanhdao" else 403)
    assert stages.reread(summary).state == SummaryState.COMPOSING
    by = stages.leader()
    assert refused(lambda: give_up(by=by, summary=summary, version=1)) is Lock.NOT_YOURS


def test_only_a_correction_is_given_up():
    by, draft = stages.coordinator(), stages.started()
    assert "Bỏ bản đính chính" not in page("phong.nong-nghiep", "/reports/2022-q4/")
    acts = {
        draft: Lock.NEVER_PUBLISHED,
        SummaryReport.objects.get(slug="2023-q2"): Lock.NOT_CORRECTED,
    }
    for summary, lock in acts.items():
        version = summary.version
        assert refused(lambda s=summary, v=version: give_up(by=by, summary=s, version=v)) is lock
    with pytest.raises(DraftMoved):
        give_up(by=by, summary=begun(), version=0)


def test_the_next_correction_ends_in_a_second_issue():
    begun()
    pressed(fields())
    summary = begun(reason="Lần này thật.")
    stages.edit(summary, "Khác hẳn.", key="causes")
    composing.hand_over(by=stages.coordinator(), summary=summary)
    second = stages.issue(stages.reread(summary))
    assert (second.edition, second.reason) == (2, "Lần này thật.")


def test_whoever_types_meanwhile_keeps_what_was_typed():
    summary = begun()
    pressed(fields())
    sent = {"draft": summary.pk, "text-causes": "Đang gõ.", "version-causes": 0, "do": "save"}
    answer = post("quantri", f"{ADDRESS}texts/", **sent)
    assert answer.status_code == 403
    assert "Đang gõ." in answer.content.decode()


def test_files_of_the_correction_go_with_it():
    summary = begun()
    file_of_draft(summary, build_snapshot(summary), "f", "pdf")
    pressed(fields())
    assert not RenderedFile.objects.filter(summary=summary).exists()
    assert RenderedFile.objects.filter(issue__summary=summary).count() == 4


def test_a_trace_is_never_written_again_and_never_deleted():
    begun()
    pressed(fields())
    trace = GivenUpCorrection.objects.get()
    assert str(trace)
    for act in (trace.save, trace.delete):
        with pytest.raises(AppendedTrace):
            act()
