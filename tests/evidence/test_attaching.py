"""Adding, describing and removing files: whole, with the trace, or not at all."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError

from assessments import attaching
from assessments.attaching import Details
from assessments.errors import InvalidRow, NotAccepted, Refused, StorageUnreachable
from assessments.models import Channel, Event, Evidence, IndicatorResult
from assessments.sheet import load_sheet
from assessments.workflow import Lock
from tests import factories
from tests.evidence import builders as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def attach(code="11", data=None, name="Biên bản.pdf", by=None, slug="ban-bo", period="2023-q3"):
    return attaching.attach(
        by=by or factories.officer(slug),
        rows=IndicatorResult.objects.all(),
        result_id=factories.row_of(code, slug, period).pk,
        file=ContentFile(make.pdf() if data is None else data),
        name=name,
        channel=Channel.FORM,
    )


def describe(evidence, by=None, **details):
    return attaching.describe(
        by=by or factories.officer(),
        evidence=Evidence.objects.all(),
        evidence_id=evidence.pk,
        version=Evidence.objects.get(pk=evidence.pk).version,
        read=lambda held: Details(**details),
        channel=Channel.FORM,
    )


def remove(evidence, reason="Nhầm tệp", by=None):
    return attaching.remove(
        by=by or factories.officer(),
        evidence=Evidence.objects.all(),
        evidence_id=evidence.pk,
        reason=reason,
        channel=Channel.FORM,
    )


def trace():
    kinds = ("attached", "described", "removed")
    return list(Event.objects.filter(kind__in=kinds).order_by("pk"))


def test_a_file_is_kept_privately_under_a_name_that_tells_nothing(stored, folder):
    evidence = attach(data=make.picture(), name="Ảnh đường thôn.jpg").evidence
    assert evidence.name == "Ảnh đường thôn.jpg"
    kept = stored()
    assert len(kept) == 2  # the picture and its preview
    for path in kept:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert "nh" not in path.name or len(path.name) == 48
    with evidence.file.open() as file:
        assert file.read() == make.picture()
    (event,) = trace()
    assert (event.kind, event.by, event.channel) == ("attached", factories.officer(), "form")
    assert event.after == {
        "evidence": evidence.pk,
        "name": "Ảnh đường thôn.jpg",
        "sha256": evidence.sha256,
    }


def test_the_version_stays_and_the_fingerprint_changes():
    def now():
        return load_sheet(factories.assessment("ban-bo")).fingerprint

    seen, version = [now()], factories.row_of("11").version
    evidence = attach().evidence
    seen.append(now())
    describe(evidence, valid_until=dt.date(2024, 1, 1))
    seen.append(now())
    remove(evidence)
    seen.append(now())
    assert factories.row_of("11").version == version
    assert len(set(seen)) == 3
    assert seen[-1] == seen[0]  # nothing stands there again, and nothing is sent with it


def test_the_same_file_on_the_same_row_is_kept_once(stored):
    first = attach(name="a.pdf")
    again = attach(name="b.pdf")
    assert (first.created, again.created) == (True, False)
    assert again.evidence == first.evidence
    assert Evidence.objects.count() == len(trace()) == len(stored()) == 1


def test_the_same_file_on_another_row_of_the_commune_is_told():
    attach("11")
    attach("11", slug="giang-ma")
    found = attach("10")
    assert found.created
    assert [e.result.indicator.code for e in found.elsewhere] == ["11"]


def test_a_removed_file_may_be_added_again():
    remove(attach().evidence)
    assert attach().created
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ" + bytes(300), make.bomb(), make.pdf()[:-30]],
    ids=["empty", "program", "bomb", "broken off"],
)
def test_what_is_refused_leaves_nothing_behind(data, stored):
    with pytest.raises(NotAccepted):
        attach(data=data)
    assert (Evidence.objects.count(), trace(), stored()) == (0, [], [])


def test_a_row_takes_thirty_files_and_no_more(stored, monkeypatch):
    monkeypatch.setattr(attaching, "FILES_A_ROW", 2)
    attach(data=make.pdf(1))
    attach(data=make.pdf(2))
    with pytest.raises(NotAccepted, match="2"):
        attach(data=make.pdf(3))
    assert len(stored()) == 2


def test_a_database_that_fails_leaves_no_file(stored, monkeypatch):
    def broken(**kwargs):
        raise IntegrityError("no")

    monkeypatch.setattr(Event.objects, "create", broken)
    with pytest.raises(IntegrityError):
        attach(data=make.picture())
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_a_disk_that_fails_leaves_no_row_and_no_half_of_a_file(stored, monkeypatch):
    storage = Evidence._meta.get_field("file").storage
    write = storage._save

    def full(name, content):
        if len(stored()):
            raise OSError("no space left")
        return write(name, content)

    monkeypatch.setattr(storage, "_save", full)
    with pytest.raises(StorageUnreachable):
        attach(data=make.picture())  # the preview does not fit any more
    assert (Evidence.objects.count(), trace(), stored()) == (0, [], [])


def test_nobody_but_an_officer_of_the_commune_adds_a_file(stored):
    others = [
        factories.officer("giang-ma"),
        factories.department(),
        factories.coordinator(),
        factories.leader(),
    ]
    for by in others:
        with pytest.raises(Refused) as refused:
            attach(by=by)
        assert refused.value.lock is Lock.NOT_YOURS
    assert stored() == []


def test_a_closed_quarter_takes_nothing(stored):
    with pytest.raises(Refused) as refused:
        attach(period="2023-q2")
    assert refused.value.lock is Lock.PERIOD_CLOSED
    assert stored() == []


def test_whoever_is_locked_out_while_the_file_is_looked_at_is_refused(stored, monkeypatch):
    """The quarter may close between the first look and the lock: the second look decides."""
    seen = []

    def inspect(*args, **kwargs):
        target = factories.assessment("ban-bo")
        target.period.state, target.period.closed_at = "closed", target.period.opened_at
        target.period.save()
        seen.append(1)
        return real(*args, **kwargs)

    real = attaching.inspect
    monkeypatch.setattr(attaching, "inspect", inspect)
    with pytest.raises(Refused) as refused:
        attach()
    assert seen
    assert refused.value.lock is Lock.PERIOD_CLOSED
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_what_is_said_about_a_document_is_kept_with_its_trace():
    evidence = attach().evidence
    said = {
        "document_number": " 45/QĐ-UBND\x00 ",
        "document_date": dt.date(2023, 9, 5),
        "valid_until": dt.date(2024, 12, 31),
    }
    describe(evidence, **said)
    describe(evidence, **said)  # pressed twice
    evidence.refresh_from_db()
    assert evidence.document_number == "45/QĐ-UBND"
    _, event = trace()
    assert event.kind == "described"
    assert event.before["valid_until"] is None
    assert event.after["valid_until"] == "2024-12-31"


def test_a_document_cannot_expire_before_its_date_nor_have_an_endless_number():
    evidence = attach().evidence
    wrong = {"document_date": dt.date(2023, 9, 5), "valid_until": dt.date(2023, 9, 4)}
    with pytest.raises(InvalidRow) as refused:
        describe(evidence, document_number="x" * 81, **wrong)
    assert set(refused.value.errors) == {"document_number", "valid_until"}
    assert len(trace()) == 1


def test_removing_keeps_who_when_why_and_the_file(stored):
    evidence = attach().evidence
    assert remove(evidence) is True
    assert remove(evidence) is False  # pressed twice
    evidence.refresh_from_db()
    assert evidence.removed_by == factories.officer()
    assert evidence.removal_reason == "Nhầm tệp"
    assert len(stored()) == 1
    _, event = trace()
    assert (event.kind, event.reason) == ("removed", "Nhầm tệp")
    assert event.before["sha256"] == evidence.sha256
    with pytest.raises(InvalidRow):
        describe(evidence, document_number="1")


@pytest.mark.parametrize("reason", ["", "  \n", "\x00", "x" * 2001])
def test_removing_needs_a_reason_that_can_be_read(reason):
    evidence = attach().evidence
    with pytest.raises(InvalidRow) as refused:
        remove(evidence, reason)
    assert set(refused.value.errors) == {"reason"}
    assert len(trace()) == 1


@pytest.mark.parametrize("act", [describe, remove])
def test_a_colleague_may_and_others_may_not(act):
    evidence = attach().evidence
    for by in (factories.officer("giang-ma"), factories.department(), factories.coordinator()):
        with pytest.raises(Refused):
            act(evidence, by=by)
    act(evidence, by=factories.officer("ban-bo", "xa.ban-bo.2"))


def test_details_are_compared_as_they_are_kept():
    assert replace(Details(), document_number=" 1 ").tidied() == Details("1")
