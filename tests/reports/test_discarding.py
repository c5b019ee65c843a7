"""A draft begun by mistake is discarded after being told what is lost; its trace stays."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports import composing, making
from reports.building import build_snapshot
from reports.discarding import discard
from reports.errors import DraftMoved, SummaryRefused
from reports.models import (
    AppendedTrace,
    DiscardedSummary,
    FileState,
    RenderedFile,
    SummaryReport,
    SummarySection,
)
from reports.paper_files import file_of_draft
from reports.publishing import fingerprint, publish
from reports.workflow import Lock
from tests.reports import summary_stages as stages
from tests.reports.pages import page, post, signed_in
from tests.reports.waiting_files import CONTENT, drawn_in_the_test

pytestmark = pytest.mark.usefixtures("demonstration")
ADDRESS = "/reports/2022-q4/discard/"


def fields(body: str) -> dict[str, str]:
    """What the confirmation page would send."""
    return dict(re.findall(r'type="hidden" name="(draft|version)" value="(\d+)"', body))


def confirmed(username: str = "phong.nong-nghiep", **more):
    return post(username, ADDRESS, **(fields(page(username, ADDRESS)) | more))


def test_the_confirmation_names_every_typed_text_and_passage_and_changes_nothing():
    stages.started()
    stages.edit(stages.started(), "Do thời tiết <b>xấu</b>.", key="limits")
    body = page("phong.nong-nghiep", ADDRESS)
    assert "1 phần văn bản đã soạn" in body
    assert "Do thời tiết" in body
    assert "<b>xấu" not in body
    assert SummaryReport.objects.filter(slug="2022-q4").exists()
    assert not DiscardedSummary.objects.exists()


def test_taken_passages_are_counted():
    body = page("phong.nong-nghiep", "/reports/2023-q3/")
    do, key = re.search(r'value="(passage:(\w+):\d+)"', body).groups()
    SummarySection.objects.filter(summary__slug="2023-q3", key=key).delete()
    sent = {f"text-{key}": "Đang soạn.", f"version-{key}": 0, "do": do}
    assert post("phong.nong-nghiep", "/reports/2023-q3/texts/", **sent).status_code == 302
    body = page("phong.nong-nghiep", "/reports/2023-q3/discard/")
    assert "đã lấy vào 1 đoạn từ báo cáo định kỳ" in body


def test_a_draft_without_typed_text_says_that_nothing_typed_is_lost():
    stages.started()
    assert "Chưa có phần nào được soạn tay" in page("phong.nong-nghiep", ADDRESS)


@pytest.mark.parametrize("username", ["phong.nong-nghiep", "quantri"])
def test_the_standing_office_discards_and_the_trace_says_who_when_and_which(username):
    draft = stages.started()
    stages.edit(draft, "Đã gõ.", key="limits")
    assert confirmed(username).url == "/reports/"
    assert not SummaryReport.objects.filter(slug="2022-q4").exists()
    trace = DiscardedSummary.objects.get()
    assert (trace.slug, trace.kind, trace.draft) == ("2022-q4", "quarter", draft.pk)
    assert (trace.discarded_by.username, trace.started_by) == (username, stages.coordinator())
    assert trace.discarded_at is not None
    assert len(trace.texts) == 1
    body = page("lanhdao", "/reports/")
    assert "1 dự thảo đã hủy" in body
    assert trace.discarded_by.display_name in body
    assert "dự thảo đã hủy" not in page("xa.ban-bo", "/reports/")


def test_a_second_press_says_that_it_was_done_and_does_nothing_more():
    stages.started()
    sent = fields(page("phong.nong-nghiep", ADDRESS))
    for _press in range(2):
        assert post("phong.nong-nghiep", ADDRESS, **sent).url == "/reports/"
    assert DiscardedSummary.objects.count() == 1


def test_the_address_can_be_started_again_and_an_old_page_does_not_discard_the_new_draft():
    stages.started()
    sent = fields(page("phong.nong-nghiep", ADDRESS))
    post("phong.nong-nghiep", ADDRESS, **sent)
    assert post("phong.nong-nghiep", "/reports/start/", term="2022-q4").url == "/reports/2022-q4/"
    assert post("phong.nong-nghiep", ADDRESS, **sent).url == "/reports/"
    assert SummaryReport.objects.filter(slug="2022-q4").exists()
    assert confirmed().url == "/reports/"
    assert DiscardedSummary.objects.filter(slug="2022-q4").count() == 2


def test_what_was_typed_since_the_question_is_shown_first():
    draft = stages.started()
    sent = fields(page("phong.nong-nghiep", ADDRESS))
    stages.edit(draft, "Vừa gõ xong.", key="limits")
    response = post("phong.nong-nghiep", ADDRESS, **sent)
    assert response.status_code == 409
    assert "Vừa gõ xong." in response.content.decode()
    assert SummaryReport.objects.filter(slug="2022-q4").exists()
    assert post("phong.nong-nghiep", ADDRESS, **fields(response.content.decode())).url
    assert not SummaryReport.objects.filter(slug="2022-q4").exists()


@pytest.mark.parametrize("more", [{"draft": ""}, {"version": "²"}, {"draft": "9" * 40}])
def test_odd_numbers_ask_again(more):
    stages.started()
    assert confirmed(**more).status_code == 409
    assert SummaryReport.objects.filter(slug="2022-q4").exists()


def test_what_was_published_is_never_discarded_not_even_while_it_is_corrected():
    body = page("phong.nong-nghiep", "/reports/2023-q2/discard/")
    assert "không bao giờ bị hủy" in body
    assert "btn-danger" not in body
    summary = SummaryReport.objects.get(slug="2023-q2")
    composing.begin_correction(by=stages.coordinator(), summary=summary, reason="Sửa.")
    assert "/reports/2023-q2/discard/" not in page("phong.nong-nghiep", "/reports/2023-q2/")
    sent = {"draft": summary.pk, "version": stages.reread(summary).version}
    assert post("phong.nong-nghiep", "/reports/2023-q2/discard/", **sent).status_code == 302
    assert summary.issues.count() == 1
    with pytest.raises(SummaryRefused) as refused:
        discard(by=stages.coordinator(), summary=summary, version=summary.version, told=[])
    assert refused.value.lock is Lock.BEING_CORRECTED
    assert not DiscardedSummary.objects.exists()


def test_what_waits_for_the_leader_is_taken_back_first():
    summary = stages.waiting()
    body = page("phong.nong-nghiep", ADDRESS)
    assert "btn-danger" not in body
    with pytest.raises(SummaryRefused) as refused:
        discard(by=stages.coordinator(), summary=summary, version=summary.version, told=[])
    assert refused.value.lock is Lock.WAITING
    composing.take_back(by=stages.coordinator(), summary=summary)
    assert confirmed().url == "/reports/"


@pytest.mark.parametrize("username", ["lanhdao", "phong.noi-vu", "xa.ban-bo"])
def test_nobody_else_discards(username):
    summary = stages.started()
    for response in (signed_in(username).get(ADDRESS), post(username, ADDRESS, draft=summary.pk)):
        assert response.status_code == 403
    with pytest.raises(SummaryRefused):
        discard(by=stages.leader(), summary=summary, version=summary.version, told=[])
    assert SummaryReport.objects.filter(slug="2022-q4").exists()


def test_another_version_is_refused_by_the_action():
    summary = stages.started()
    with pytest.raises(DraftMoved):
        discard(by=stages.coordinator(), summary=summary, version=summary.version + 1, told=[])


def test_an_unknown_draft_is_not_there():
    page("phong.nong-nghiep", "/reports/2022-6-months/discard/", 404)
    assert post("phong.nong-nghiep", "/reports/2022-6-months/discard/", draft=9).status_code == 404


def test_whoever_still_has_the_page_open_is_told_where_it_went():
    gone = stages.started()
    stale = stages.reread(gone)
    confirmed()
    for act in (
        lambda: composing.hand_over(by=stages.coordinator(), summary=stale),
        lambda: publish(by=stages.leader(), summary=stale, seen="0" * 64),
        lambda: discard(by=stages.coordinator(), summary=stale, version=1, told=[]),
    ):
        with pytest.raises(SummaryRefused) as refused:
            act()
        assert refused.value.lock is Lock.DISCARDED
    with pytest.raises(SummaryReport.DoesNotExist):
        file_of_draft(stale, build_snapshot(stages.started("6-months", "2023-q2")), "f", "pdf")


@pytest.mark.parametrize("path", ["act/", "texts/", "files/", "discard/"])
def test_a_press_that_meets_the_discarding_gets_an_answer(path, monkeypatch):
    """The page was loaded before, the row is gone when it is locked."""
    draft = stages.started()
    from reports import discard_views, file_views, section_views, summary_views

    def loaded_before(_request, _slug):
        SummaryReport.objects.filter(pk=draft.pk).delete()
        return draft

    for views in (discard_views, file_views, section_views, summary_views):
        monkeypatch.setattr(views, "summary_at", loaded_before)
    sent = {"do": "hand_over", "draft": "1", "format": "pdf", "text-limits": "Gõ."}
    if path == "discard/":
        sent |= {"draft": draft.pk, "version": draft.version}
    answer = post("phong.nong-nghiep", f"/reports/2022-q4/{path}", **sent)
    expected = {"files/": 404, "discard/": 302}
    assert answer.status_code == expected.get(path, 409)


def drawn(summary: SummaryReport) -> RenderedFile:
    snapshot = build_snapshot(summary)
    return file_of_draft(summary, snapshot, fingerprint(snapshot), "pdf")


def test_files_go_with_the_draft(monkeypatch, tmp_path, django_capture_on_commit_callbacks):
    storage = RenderedFile._meta.get_field("file").storage
    monkeypatch.setattr(storage, "location", str(tmp_path))
    drawn_in_the_test(monkeypatch, lambda _: CONTENT)
    rendered = drawn(stages.started())
    making.make(rendered.pk)
    rendered.refresh_from_db()
    assert rendered.state == FileState.DONE
    with django_capture_on_commit_callbacks(execute=True):
        confirmed()
    assert not RenderedFile.objects.filter(pk=rendered.pk).exists()
    assert not storage.exists(rendered.file.name)


def test_a_file_under_way_is_thrown_away_by_its_worker(monkeypatch, tmp_path):
    storage = RenderedFile._meta.get_field("file").storage
    monkeypatch.setattr(storage, "location", str(tmp_path))
    rendered = drawn(stages.started())

    def discarded_meanwhile(_snapshot) -> bytes:
        confirmed()
        return CONTENT

    drawn_in_the_test(monkeypatch, discarded_meanwhile)
    making.make(rendered.pk)
    assert not RenderedFile.objects.filter(pk=rendered.pk).exists()
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
    making.make(rendered.pk)  # what the queue still holds finds nothing to do


def test_a_file_whose_draft_went_while_it_was_taken_is_left(monkeypatch):
    rendered = drawn(stages.started())
    taken = RenderedFile.objects.select_related("issue__summary", "summary__period")
    monkeypatch.setattr(RenderedFile.objects, "select_related", lambda *_: taken.none())
    assert making.take(rendered.pk) is None


def test_a_trace_is_never_written_again_never_deleted_and_has_its_day():
    stages.started()
    confirmed()
    trace = DiscardedSummary.objects.get()
    with pytest.raises(AppendedTrace):
        trace.save()
    with pytest.raises(AppendedTrace):
        trace.delete()
    odd = {"on": timezone.localdate(), "draft": trace.draft + 1}
    kept = ("kind", "period", "slug", "started_at", "started_by", "discarded_at", "discarded_by")
    with pytest.raises(IntegrityError), transaction.atomic():
        DiscardedSummary(**{name: getattr(trace, name) for name in kept}, **odd).save()


def test_the_archive_costs_the_same_however_many_were_discarded():
    client = signed_in("phong.nong-nghiep")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/reports/")
        return len(asked)

    stages.started()
    confirmed()
    client.get("/reports/")
    few = cost()
    for _n in range(8):
        stages.started()
        confirmed()
    assert cost() == few
