"""Files are made once, whole, in the background; what fails is tried again and then says why."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from criteria.models import Criterion
from reports import making, tasks
from reports.building import build_snapshot
from reports.exact import checksum
from reports.models import FileState, RenderedFile
from reports.rendering import CannotRender
from reports.snapshot import to_json
from reports.storage import WholeFileStorage
from tests.reports.waiting_files import CONTENT, drawn_in_the_test, waiting_file

pytestmark = pytest.mark.usefixtures("quarters", "db")


@pytest.fixture
def waiting(quarters, db, monkeypatch, tmp_path) -> RenderedFile:
    storage = RenderedFile._meta.get_field("file").storage
    monkeypatch.setattr(storage, "location", str(tmp_path / "papers"))
    return waiting_file()


def state(rendered: RenderedFile) -> RenderedFile:
    return RenderedFile.objects.get(pk=rendered.pk)


def content(rendered: RenderedFile) -> bytes:
    with state(rendered).file as file:
        return file.read()


def refuse(_rendered):
    raise ValueError("no letters\0 for it")


def long_ago() -> dt.datetime:
    return timezone.now() - making.LIMIT - dt.timedelta(seconds=1)


def test_a_file_is_made_whole_with_its_checksum(waiting, monkeypatch):
    drawn_in_the_test(monkeypatch, lambda _: CONTENT)
    making.make(waiting.pk)
    made = state(waiting)
    assert made.state == FileState.DONE
    assert content(waiting) == CONTENT
    assert (made.size, len(made.sha256), made.attempts) == (len(CONTENT), 64, 1)
    assert made.file.name.startswith("2023-q2/1/")
    assert made.file.name.endswith(".pdf")


def test_a_file_that_is_done_is_not_made_again(waiting, monkeypatch):
    drawn_in_the_test(monkeypatch, lambda _: CONTENT)
    making.make(waiting.pk)
    drawn_in_the_test(monkeypatch, refuse)
    making.make(waiting.pk)
    assert state(waiting).state == FileState.DONE


def test_texts_of_a_paper_are_vietnamese_whatever_the_worker_speaks(waiting, monkeypatch):
    from django.utils.translation import get_language, override

    with override("en"):
        drawn_in_the_test(monkeypatch, lambda _: get_language().encode())
        making.make(waiting.pk)
    assert content(waiting) == b"vi"


def test_a_failure_is_tried_again_later_and_the_third_one_is_told(waiting, monkeypatch):
    drawn_in_the_test(monkeypatch, refuse)
    for attempt in (1, 2):
        making.make(waiting.pk)
        assert (state(waiting).state, state(waiting).attempts) == (FileState.PENDING, attempt)
    later = DBTaskResult.objects.order_by("run_after")
    assert [one.run_after > timezone.now() for one in later] == [True, True]
    making.make(waiting.pk)
    failed = state(waiting)
    assert (failed.state, failed.error) == (FileState.FAILED, "ValueError: no letters for it")
    assert not failed.file


def test_what_cannot_be_made_at_all_is_told_at_once(waiting, monkeypatch):
    def refuse(_snapshot):
        raise CannotRender("Không có phông chữ.")

    drawn_in_the_test(monkeypatch, refuse)
    making.make(waiting.pk)
    assert (state(waiting).state, state(waiting).error) == (FileState.FAILED, "Không có phông chữ.")


def test_a_file_is_made_from_the_frozen_snapshot(waiting, monkeypatch):
    drawn_in_the_test(monkeypatch, lambda snapshot: snapshot.publication.code.encode())
    making.make(waiting.pk)
    assert content(waiting) == b"TD23-7KQM-4RXA"


@pytest.fixture
def of_a_draft(waiting) -> RenderedFile:
    summary = waiting.issue.summary
    stands = to_json(build_snapshot(summary))
    return RenderedFile.objects.create(
        summary=summary,
        fingerprint=checksum(stands),
        draft=stands,
        format="pdf",
        requested_at=timezone.now(),
    )


def test_a_draft_is_made_as_it_stood_when_its_file_was_asked_for(of_a_draft, monkeypatch):
    drawn_in_the_test(monkeypatch, lambda snapshot: snapshot.definitions.criteria[0].name.encode())
    Criterion.objects.update(name="Đã đổi tên sau đó")
    making.make(of_a_draft.pk)
    assert "Đã đổi" not in content(of_a_draft).decode()
    assert state(of_a_draft).file.name.startswith("2023-q2/draft/")


def test_a_failed_file_can_be_asked_for_again_once(waiting, monkeypatch):
    drawn_in_the_test(monkeypatch, refuse)
    for _ in range(making.ATTEMPTS):
        making.make(waiting.pk)
    DBTaskResult.objects.all().delete()
    assert making.ask_again(state(waiting))
    assert not making.ask_again(state(waiting))
    assert (state(waiting).state, state(waiting).attempts) == (FileState.PENDING, 0)
    assert tasks.queued_files() == {waiting.pk}


def test_a_file_and_its_place_in_the_queue_come_together_or_not_at_all(waiting):
    with transaction.atomic():
        making.ask_for(waiting)
        assert tasks.queued_files() == {waiting.pk}
        transaction.set_rollback(True)
    assert tasks.queued_files() == set()


def test_what_was_overtaken_in_the_meantime_is_thrown_away(waiting):
    mine = making.take(waiting.pk)
    RenderedFile.objects.filter(pk=waiting.pk).update(attempts=2)
    making.finish(mine, CONTENT)
    assert state(waiting).state == FileState.RUNNING
    assert mine.file.storage.listdir("2023-q2/1")[1] == []


def test_a_file_that_runs_for_too_long_is_started_again(waiting):
    making.take(waiting.pk)
    assert making.recover() == 0
    RenderedFile.objects.filter(pk=waiting.pk).update(started_at=long_ago())
    assert making.recover() == 1
    assert state(waiting).state == FileState.PENDING
    assert tasks.queued_files() == {waiting.pk}


def test_a_file_whose_worker_is_dead_is_started_again_at_once(waiting):
    making.take(waiting.pk)
    assert making.recover(orphans=[waiting.pk]) == 1
    assert state(waiting).state == FileState.PENDING


def test_work_that_stopped_three_times_is_told_and_not_tried_for_ever(waiting):
    for _ in range(making.ATTEMPTS):
        making.take(waiting.pk)
        making.recover(orphans=[waiting.pk])
    failed = state(waiting)
    assert failed.state == FileState.FAILED
    assert "3" in failed.error


def test_a_file_that_waits_although_nobody_will_make_it_is_queued(waiting):
    RenderedFile.objects.filter(pk=waiting.pk).update(requested_at=long_ago())
    assert making.recover() == 1
    assert making.recover() == 0
    assert tasks.queued_files() == {waiting.pk}


def test_the_runs_of_a_dead_worker_are_ended_and_those_of_others_go_on(waiting):
    making.ask_for(waiting)
    queued = DBTaskResult.objects.get()
    queued.claim("here:1")
    assert tasks.forget_runs_of(lambda name: name == "elsewhere:1") == set()
    assert tasks.forget_runs_of(lambda name: name == "here:1") == {waiting.pk}
    assert tasks.queued_files() == set()


class Breaks(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"half"
        raise OSError("no space left")


def test_half_a_file_never_bears_its_name(tmp_path):
    storage = WholeFileStorage(location=tmp_path)
    with pytest.raises(OSError, match="no space"):
        storage.save("2023-q2/1/a.pdf", Breaks(b"half and half"))
    assert not storage.exists("2023-q2/1/a.pdf")
    assert storage.remove_unfinished(older_than=9e12) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_whole_file_lies_under_its_name_alone(tmp_path):
    storage = WholeFileStorage(location=tmp_path)
    assert storage.save("a.pdf", ContentFile(CONTENT)) == "a.pdf"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert storage.remove_unfinished(older_than=9e12) == 0


@pytest.mark.parametrize("format", ["pdf", "brief", "docx", "xlsx"])
def test_every_format_is_really_made(waiting, format):
    """Nothing stands in for the drawing here."""
    RenderedFile.objects.filter(pk=waiting.pk).update(format=format)
    making.make(waiting.pk)
    made = state(waiting)
    assert (made.state, made.error) == (FileState.DONE, "")
    assert content(waiting)[:4] in (b"%PDF", b"PK\x03\x04")
