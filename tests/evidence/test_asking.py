"""The standing office says what is met only with evidence: the act, its page and what it does."""

import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from accounts.models import Role
from assessments import actions
from assessments.asking_evidence import NotYours, ask_evidence, rows_without_file
from assessments.checks import missing_for_submission
from assessments.errors import InvalidRow
from assessments.models import Channel
from assessments.sheet import load_sheet
from criteria.models import CriteriaSet, EvidenceDecision, Indicator
from periods.clock import now
from tests import factories
from tests.evidence.test_attaching import attach, remove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
PAGE = "/criteria/ntm/evidence/"
WHY = "Kết luận kiểm tra số 12/KL-UBND"


def indicator(code="11") -> Indicator:
    return Indicator.objects.get(code=code, criterion__criteria_set__slug="ntm")


def ask(code="11", *, required=True, reason=WHY, by=None) -> bool:
    return ask_evidence(
        by=by or factories.coordinator(),
        criteria_set=CriteriaSet.objects.get(slug="ntm"),
        indicator_id=indicator(code).pk,
        required=required,
        reason=reason,
    )


def sentences(code="11") -> list[str]:
    sheet = load_sheet(factories.assessment("ban-bo"))
    return [f.sentence for f in missing_for_submission(sheet) if f.code == code]


def send():
    sheet = load_sheet(factories.assessment("ban-bo"))
    return actions.submit(
        by=factories.officer(),
        assessment=sheet.assessment,
        fingerprint=sheet.fingerprint,
        channel=Channel.FORM,
    )


def text_of(answer) -> str:
    html = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html).replace("\u00a0", " ")


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


def test_asked_without_a_file_it_is_not_sent_with_one_it_is_and_without_again_not():
    factories.fill(factories.assessment("ban-bo"))
    assert sentences() == []
    assert ask() is True
    (sentence,) = sentences()
    assert "minh chứng còn hiệu lực" in sentence
    with pytest.raises(actions.Incomplete):
        send()
    evidence = attach().evidence
    assert sentences() == []
    remove(evidence)
    assert sentences() == [sentence]
    with pytest.raises(actions.Incomplete):
        send()
    attach()
    assert send()
    assert factories.assessment("ban-bo").state == "submitted"


def test_what_was_sent_already_stays_sent_and_no_longer_asking_frees_what_was_not():
    factories.sent("giang-ma")
    factories.fill(factories.assessment("ban-bo"))
    ask()
    assert factories.assessment("giang-ma").state == "submitted"
    assert [row.assessment.unit.slug for row in rows_without_file(indicator())] == ["ban-bo"]
    assert ask(required=False, reason="Đã có số liệu điều tra") is True
    assert sentences() == []
    assert send()


def test_a_closed_quarter_keeps_what_it_was_counted_with():
    ask()
    sheet = load_sheet(factories.assessment("ban-bo", "2023-q2"))
    assert not sheet.definition.by_code("11").requires_evidence
    sheet = load_sheet(factories.assessment("ban-bo", "2023-q3"))
    assert sheet.definition.by_code("11").requires_evidence
    quarter = factories.open_quarter(2023, 4)
    sheet = load_sheet(factories.assessment("ban-bo", quarter))
    assert sheet.definition.by_code("11").requires_evidence


def test_a_decision_says_who_when_and_why_and_a_second_press_adds_nothing():
    assert (ask(), ask(), ask(reason="")) == (True, False, False)
    decision = EvidenceDecision.objects.get()
    assert (decision.indicator, decision.required) == (indicator(), True)
    assert (decision.by, decision.reason) == (factories.coordinator(), WHY)
    assert localtime(decision.at).date() == now().date()
    assert CriteriaSet.objects.get(slug="ntm").revision > 1


@pytest.mark.parametrize("reason", ["", " \n", "\x00", "x" * 2001])
def test_a_decision_needs_a_reason_that_can_be_read(reason):
    revision = CriteriaSet.objects.get(slug="ntm").revision
    with pytest.raises(InvalidRow) as refused:
        ask(reason=reason)
    assert set(refused.value.errors) == {"reason"}
    assert not indicator().requires_evidence
    assert CriteriaSet.objects.get(slug="ntm").revision == revision


def test_the_database_refuses_a_decision_without_a_reason():
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        EvidenceDecision.objects.create(
            indicator=indicator(), required=True, reason="", at=now(), by=factories.coordinator()
        )


@pytest.mark.parametrize("who", ["officer", "department", "leader"])
def test_nobody_but_the_standing_office_decides(client, who):
    person = getattr(factories, who)()
    with pytest.raises(NotYours):
        ask(by=person)
    client.force_login(person)
    for url in (PAGE, f"{PAGE}{indicator().pk}/"):
        assert client.get(url).status_code == 403
    answer = client.post(f"{PAGE}{indicator().pk}/", {"required": "yes", "reason": WHY})
    assert answer.status_code == 403
    assert PAGE not in client.get("/criteria/ntm/").content.decode()
    assert not indicator().requires_evidence


def test_an_indicator_of_another_set_is_not_there():
    other = CriteriaSet.objects.exclude(slug="ntm").first()
    with pytest.raises(Indicator.DoesNotExist):
        ask_evidence(
            by=factories.coordinator(),
            criteria_set=other,
            indicator_id=indicator().pk,
            required=True,
            reason=WHY,
        )


def test_the_page_says_what_the_decision_does_then_does_it_once(office):
    factories.save("11", {"value": Decimal(12)})
    page = office.get(f"{PAGE}{indicator().pk}/")
    assert "Xã Bản Bo · Quý III năm 2023" in text_of(page)
    typed = {"required": "yes", "reason": WHY}
    answer = office.post(f"{PAGE}{indicator().pk}/", typed, follow=True)
    assert "Từ nay chỉ tiêu 11 chỉ đạt khi có minh chứng." in text_of(answer)
    assert WHY in text_of(answer)
    assert factories.coordinator().display_name in text_of(answer)
    again = office.post(f"{PAGE}{indicator().pk}/", typed, follow=True)
    assert "Chỉ tiêu 11 đã ở trạng thái này." in text_of(again)
    assert EvidenceDecision.objects.count() == 1
    assert "chỉ đạt khi có minh chứng" in text_of(office.get("/criteria/ntm/"))
    back = office.get(f"{PAGE}{indicator().pk}/").content.decode()
    assert 'value="no"' in back


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"required": "yes", "reason": ""}, "Hãy nêu lý do"),
        ({"required": "yes", "reason": "x" * 2001}, "2000"),
        ({"required": "", "reason": WHY}, "Hãy tải lại trang"),
        ({"required": "maybe", "reason": WHY}, "Hãy tải lại trang"),
        ({"required": "yes", "reason": "\x00"}, ""),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_stays(office, typed, sentence):
    answer = office.post(f"{PAGE}{indicator().pk}/", typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert typed["reason"].strip("\x00") in answer.content.decode()
    assert not indicator().requires_evidence


def test_a_wrong_address_is_not_there(office):
    assert office.get("/criteria/nothing/evidence/").status_code == 404
    assert office.get(f"{PAGE}999999/").status_code == 404
    assert office.get(f"/criteria/huyen-ntm/evidence/{indicator().pk}/").status_code == 404


def test_the_page_costs_the_same_whatever_was_decided(office, django_assert_max_num_queries):
    ask("15.1")
    office.get(PAGE)
    with django_assert_max_num_queries(10) as few:
        office.get(PAGE)
    for code in ("11", "10", "2.1", "2.2"):
        ask(code)
    with django_assert_max_num_queries(10) as many:
        office.get(PAGE)
    assert len(many) == len(few)


def test_loading_the_reference_data_again_keeps_the_decision():
    ask()
    call_command("load_reference", verbosity=0)
    assert indicator().requires_evidence
    ask(required=False)
    call_command("load_reference", verbosity=0)
    assert not indicator().requires_evidence


def test_the_administration_shows_it_and_does_not_change_it_without_a_trace(client):
    client.force_login(factories.person(Role.ADMINISTRATOR))
    page = client.get(f"/admin/criteria/indicator/{indicator().pk}/change/").content.decode()
    assert 'name="requires_evidence"' not in page
