"""A written report from its first word to its acceptance, and every refusal on the way."""

import pytest
from django.db import IntegrityError, transaction

from assessments.models import Channel
from reports.models import Part, PeriodicReport, ReportPart, WrittenEvent, WrittenState
from reports.written import actions
from reports.written.actions import PartInput, digest
from reports.written.errors import (
    ChangedSince,
    InvalidParts,
    MissingParts,
    StaleParts,
    WrittenRefused,
)
from reports.written.workflow import Act, Lock, lock
from tests import factories
from tests.reports import written_stages as stages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def save(parts, body=None, by=None):
    body = body or stages.commune()
    return actions.save(
        by=by or stages.writer(body),
        body=body,
        term=stages.term(),
        parts=parts,
        channel=Channel.FORM,
    )


def kinds(report):
    return list(report.events.order_by("pk").values_list("kind", flat=True))


def test_a_report_begins_with_the_first_word_and_has_five_parts():
    saved = stages.write(results="Đã làm 3 km đường")
    assert set(saved.changed) == {"results"}
    report = stages.report_of()
    assert report.state == WrittenState.DRAFT
    assert {p.part for p in report.parts.all()} == set(Part.values)
    assert kinds(report) == ["begun"]


def test_nothing_typed_begins_nothing():
    saved = save({part: PartInput(0) for part in Part.values})
    assert saved.report is None
    assert not PeriodicReport.objects.exists()


def test_the_same_text_saved_twice_is_one_change():
    stages.write(results="Một")
    again = save({"results": PartInput(0, "Một")})
    assert again.changed == {}
    assert stages.versions()["results"] == 1


def test_blank_nothing_and_text_are_three_things():
    save({"results": PartInput(0, "Có"), "causes": PartInput(0, nothing=True)})
    parts = {p.part: p for p in stages.report_of().parts.all()}
    assert parts["results"].is_answered
    assert parts["causes"].is_answered
    assert not parts["proposals"].is_answered


def test_nothing_to_report_beside_a_text_is_refused_and_nothing_is_lost():
    with pytest.raises(InvalidParts) as error:
        save({"results": PartInput(0, "Có việc", nothing=True)})
    assert "results" in error.value.errors
    assert not PeriodicReport.objects.exists()


def test_a_part_holds_as_much_as_a_section_and_not_one_character_more():
    stages.write(results="ộ" * 40_000)
    with pytest.raises(InvalidParts) as error:
        stages.write(results="ộ" * 40_001)
    assert "40001" in error.value.errors["results"].replace(".", "").replace(",", "")


def test_text_is_stored_composed_without_nul():
    stages.write(results="Bản\x00 Bo: Tie\u0302\u0301ng Việt\r\nhai dòng")
    text = stages.report_of().parts.get(part="results").text
    assert text == "Bản Bo: Tiếng Việt\nhai dòng"


def test_two_people_who_write_two_parts_never_meet():
    second = factories.officer("ban-bo", "xa.ban-bo.2")
    stages.write(results="Của tôi")
    save({"causes": PartInput(0, "Của bạn")}, by=second)
    texts = dict(stages.report_of().parts.values_list("part", "text"))
    assert texts["results"] == "Của tôi"
    assert texts["causes"] == "Của bạn"


def test_a_part_changed_by_somebody_else_is_not_overwritten():
    stages.write(results="Một")
    second = factories.officer("ban-bo", "xa.ban-bo.2")
    save({"results": PartInput(1, "Hai")}, by=second)
    with pytest.raises(StaleParts) as stale:
        save({"results": PartInput(1, "Ba"), "causes": PartInput(0, "Không mất")})
    assert stale.value.stored["results"].text == "Hai"
    assert stale.value.stored["results"].changed_by == second
    assert not stages.report_of().parts.get(part="causes").text, "all or nothing"


def test_a_part_left_alone_does_not_overwrite_what_a_colleague_wrote():
    stages.write(results="Một")
    save({"results": PartInput(1, "Hai")}, by=factories.officer("ban-bo", "xa.ban-bo.2"))
    untouched = PartInput(1, "Một", was=digest("Một", False))
    rest = {part: PartInput(0, "Mới") for part in Part.values if part != "results"}
    saved = save({"results": untouched, **rest})
    assert set(saved.changed) == set(rest)
    assert stages.report_of().parts.get(part="results").text == "Hai"
    with pytest.raises(StaleParts) as stale:
        stages.submit(seen=saved.versions)
    assert set(stale.value.stored) == {"results"}, "nobody sends what they have not seen"


@pytest.mark.parametrize(
    "who",
    [
        factories.coordinator,
        factories.leader,
        factories.department,
        lambda: factories.officer("na-tam"),
    ],
)
def test_nobody_else_writes_or_sends_for_a_commune(who):
    stages.write_all()
    for act in (lambda: stages.write(by=who(), results="Khác"), lambda: stages.submit(by=who())):
        with pytest.raises(WrittenRefused) as refused:
            act()
        assert refused.value.lock is Lock.NOT_YOURS


def test_a_commune_does_not_write_for_an_agency():
    with pytest.raises(WrittenRefused):
        stages.write(stages.agency(), by=factories.officer(), results="Khác")


def test_before_the_quarter_opens_nothing_is_written():
    period = stages.term().period
    period.state, period.opened_at = "planned", None
    period.save()
    with pytest.raises(WrittenRefused) as refused:
        stages.write(results="Sớm")
    assert refused.value.lock is Lock.NOT_OPEN_YET


def test_every_part_must_be_answered_before_sending():
    stages.write(results="Có")
    with pytest.raises(MissingParts) as missing:
        stages.submit()
    assert set(missing.value.parts) == set(Part.values) - {"results"}
    assert stages.report_of().state == WrittenState.DRAFT


def test_a_report_never_begun_misses_everything():
    with pytest.raises(MissingParts) as missing:
        stages.submit(seen={})
    assert missing.value.parts == list(Part.values)


def test_sending_happens_once_and_keeps_the_texts():
    stages.write_all()
    assert stages.submit() is True
    assert stages.submit() is False
    report = stages.report_of()
    assert (report.state, report.sendings) == (WrittenState.SUBMITTED, 1)
    event = report.events.get(kind="submitted")
    assert event.texts["results"] == {"text": "Nội dung results", "nothing": False}


def test_nothing_to_report_in_every_part_may_be_sent():
    save({part: PartInput(0, nothing=True) for part in Part.values})
    assert stages.submit() is True


def test_what_was_sent_is_read_only_and_says_why():
    stages.sent()
    with pytest.raises(WrittenRefused) as refused:
        stages.write(results="Sửa")
    assert refused.value.lock is Lock.SENT
    assert "xa.ban-bo" in str(refused.value)


def test_a_returned_report_is_corrected_and_sent_again():
    report = stages.returned()
    assert report.return_reason == "Thiếu số liệu giải ngân"
    stages.write(results="Đã bổ sung")
    assert stages.submit() is True
    report = stages.report_of()
    assert (report.state, report.sendings, report.return_reason) == ("submitted", 2, "")
    assert kinds(report) == ["begun", "submitted", "returned", "submitted"]
    assert stages.accept(report) is True
    assert stages.accept(stages.report_of()) is False
    assert kinds(report)[-1] == "accepted"


def test_an_accepted_report_changes_no_more_but_may_be_given_back():
    report = stages.accepted()
    with pytest.raises(WrittenRefused) as refused:
        stages.write(results="Sửa")
    assert refused.value.lock is Lock.ACCEPTED
    assert stages.send_back(report) is True
    assert stages.send_back(stages.report_of()) is False
    stages.write(results="Sửa")


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 2001])
def test_a_return_needs_a_reason_of_some_length(reason):
    report = stages.sent()
    with pytest.raises(InvalidParts):
        stages.send_back(report, reason)
    assert stages.report_of().state == WrittenState.SUBMITTED


@pytest.mark.parametrize("who", [factories.officer, factories.department, factories.leader])
def test_only_the_standing_office_decides(who):
    report = stages.sent()
    for act in (stages.accept, stages.send_back):
        with pytest.raises(WrittenRefused) as refused:
            act(report, by=who())
        assert refused.value.lock is Lock.NOT_YOURS


def test_a_draft_is_neither_accepted_nor_returned():
    stages.write_all()
    for act in (stages.accept, stages.send_back):
        with pytest.raises(WrittenRefused) as refused:
            act(stages.report_of())
        assert refused.value.lock is Lock.NOT_SENT


def test_who_read_an_earlier_sending_decides_about_nothing():
    stages.returned()
    stages.submit()
    for act in (stages.accept, stages.send_back):
        with pytest.raises(ChangedSince):
            act(stages.report_of(), sending=1)


def test_a_late_report_may_still_be_written(settings):
    settings.PORTAL_TODAY = "2023-11-01"
    assert stages.sent().state == WrittenState.SUBMITTED


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", list(WrittenState))
def test_every_state_answers_every_act(state, act):
    allowed = {
        "draft": {Act.WRITE, Act.SUBMIT},
        "submitted": {Act.RETURN, Act.ACCEPT},
        "returned": {Act.WRITE, Act.SUBMIT},
        "accepted": {Act.RETURN},
    }
    assert (lock(act, state, period_state="open") is None) == (act in allowed[state])
    assert lock(act, state, period_state="planned") is Lock.NOT_OPEN_YET


def test_events_are_only_appended():
    stages.sent()
    for act in (WrittenEvent.objects.all().delete, lambda: WrittenEvent.objects.update(reason="x")):
        with pytest.raises(TypeError):
            act()


HALF_STATES = {
    "written_by_one_body": {"unit": None},
    "written_about_a_term": {"kind": "adhoc"},
    "written_sent_by_somebody": {"submitted_by": None},
    "written_decision_is_whole": {"state": "returned"},
    "written_decided_by_another": {"state": "accepted", "decided": True},
}


@pytest.mark.parametrize("name", HALF_STATES)
def test_the_database_refuses_half_states(name):
    report = stages.sent()
    changes = dict(HALF_STATES[name])
    if changes.pop("decided", False):
        changes |= {"decided_by": report.submitted_by, "decided_at": report.submitted_at}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PeriodicReport.objects.filter(pk=report.pk).update(**changes)


def test_the_database_refuses_half_parts_and_half_events():
    report = stages.sent()
    for name, changes in {
        "written_nothing_has_no_text": {"nothing": True},
        "written_part_changed_by_somebody": {"changed_by": None},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ReportPart.objects.filter(report=report, part="results").update(**changes)
    for name, more in {
        "written_return_has_a_reason": {"kind": "returned"},
        "written_sending_keeps_its_texts": {"kind": "submitted"},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            WrittenEvent.objects.create(
                report=report,
                at=report.submitted_at,
                by=report.submitted_by,
                channel="form",
                **more,
            )


def test_one_report_a_body_and_term():
    report = stages.sent()
    for key in ({"unit": report.unit}, {"agency": factories.department().agency}):
        PeriodicReport.objects.get_or_create(period=report.period, kind=report.kind, **key)
        with pytest.raises(IntegrityError), transaction.atomic():
            PeriodicReport.objects.create(period=report.period, kind=report.kind, **key)
