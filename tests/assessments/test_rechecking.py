"""Kept values that were looked at anew, and what the next person at the desk may see."""

from decimal import Decimal

import pytest
from django.urls import reverse

from assessments import actions
from assessments.checks import missing_for_submission
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.models import Basis, Channel, Event, EventKind, IndicatorResult
from assessments.sheet import load_sheet
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
FORM = "/assessments/2023-q3/ban-bo/ntm/"


def act(action, code: str = "11", *, by=None, version: int | None = None):
    row = factories.row_of(code)
    return action(
        by=by or factories.officer(),
        rows=IndicatorResult.objects.all(),
        result_id=row.pk,
        version=row.version if version is None else version,
        channel=Channel.FORM,
    )


def kept(code: str = "11") -> IndicatorResult:
    act(actions.keep_unchanged, code)
    return factories.row_of(code)


def test_a_kept_row_that_was_rechecked_counts_as_entered_in_this_quarter():
    before = kept()
    act(actions.recheck)
    row = factories.row_of("11")
    assert row.basis == Basis.ENTERED
    assert row.entered_in.slug == "2023-q3"
    assert row.quarters_unchanged(row.assessment.period) == 0
    assert row.declared_verdict == before.declared_verdict
    assert row.version == before.version + 1
    event = row.events.first()
    assert event.kind == EventKind.RECHECKED
    assert event.by.username == "xa.ban-bo"
    assert event.before == event.after


def test_rechecked_twice_is_once():
    version = kept().version
    act(actions.recheck, version=version)
    act(actions.recheck, version=version)
    assert Event.objects.filter(kind=EventKind.RECHECKED).count() == 1


def test_a_blank_row_has_nothing_to_recheck():
    with pytest.raises(InvalidRow):
        act(actions.recheck)
    assert factories.row_of("11").basis == Basis.BLANK


def test_a_stale_page_rechecks_nothing():
    kept()
    with pytest.raises(StaleVersion):
        act(actions.recheck, version=1)
    assert factories.row_of("11").basis == Basis.UNCHANGED


def test_what_a_colleague_has_entered_since_is_not_rechecked_unseen():
    version = kept().version
    factories.save("11", {"value": Decimal(30)})
    with pytest.raises(StaleVersion):
        act(actions.recheck, version=version)
    assert not Event.objects.filter(kind=EventKind.RECHECKED).exists()
    act(actions.recheck)  # both were seen, and theirs is right: it stands as entered
    assert factories.row_of("11").values.get(measure__key="value").number == Decimal(30)


def test_an_officer_of_another_commune_rechecks_nothing():
    kept()
    with pytest.raises(Refused):
        act(actions.recheck, by=factories.officer("son-binh"))
    assert factories.row_of("11").basis == Basis.UNCHANGED


def version_of(code: str) -> dict:
    row = factories.row_of(code)
    return {f"{row.pk}-version": row.version}


@pytest.fixture
def officer(client):
    client.force_login(factories.officer())
    return client


def test_the_row_offers_it_once_and_its_page_answers_with_the_row(officer):
    row = kept()
    address = reverse("assessments:rechecked", args=["2023-q3", "ban-bo", "ntm", row.pk])
    assert officer.get(FORM).content.decode().count('name="recheck"') == 1
    answer = officer.post(address, version_of("11"))
    assert answer.status_code == 200
    assert 'name="recheck"' not in answer.content.decode()
    assert "Đã ghi nhận rà soát lại trong quý này" in answer.content.decode()
    assert officer.get(address).status_code == 405
    assert officer.post(address, {f"{row.pk}-version": "1"}).status_code == 200  # a second press


def test_a_stale_press_is_answered_with_both(officer):
    row = kept()
    address = reverse("assessments:rechecked", args=["2023-q3", "ban-bo", "ntm", row.pk])
    answer = officer.post(address, {f"{row.pk}-version": "1"})
    assert answer.status_code == 409
    assert "entry-conflict" in answer.content.decode()


def test_without_a_script_the_button_of_the_form_does_it(officer):
    row = kept()
    held = {f"{row.pk}-{v.measure.key}": str(v.number) for v in row.values.all()}
    answer = officer.post(FORM, version_of("11") | held | {"recheck": row.pk})
    assert answer.status_code == 302
    assert factories.row_of("11").basis == Basis.ENTERED
    assert factories.row_of("11").events.first().kind == EventKind.RECHECKED


def test_only_what_was_touched_meets_what_somebody_else_wrote(officer):
    """Their note stays: this person had typed a value and never looked at the note."""
    factories.save("11", {"value": Decimal(12)}, note="Của đồng nghiệp")
    pk = factories.row_of("11").pk
    typed = {f"{pk}-value": "14", f"{pk}-note": "", f"{pk}-version": "1"}
    page = officer.post(f"{FORM}rows/{pk}/", typed | {f"{pk}-touched": f"{pk}-value"})
    assert page.status_code == 409
    mine = page.content.decode().split("<dt>")[2]
    assert "14" in mine
    assert "Của đồng nghiệp" in mine
    whole = officer.post(f"{FORM}rows/{pk}/", typed)
    assert "Của đồng nghiệp" not in whole.content.decode().split("<dt>")[2]


@pytest.mark.parametrize("address", ["/", FORM, "/dashboard/?period=2023-q3", "/assessments/"])
def test_no_browser_keeps_a_page_of_somebody_signed_in(officer, address):
    assert officer.get(address)["Cache-Control"] == "private, no-store"


def test_the_api_is_not_kept_either(officer):
    assert officer.get("/api/periods/")["Cache-Control"] == "private, no-store"


def test_what_may_be_kept_says_so_itself(client):
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]
    assert client.get("/healthz").get("Cache-Control", "") != "private, no-store"


def to_do() -> list[str]:
    found = missing_for_submission(load_sheet(factories.assessment("ban-bo")))
    assert all("minh chứng" in finding.sentence for finding in found)
    return [finding.code for finding in found]


def test_rechecking_alone_answers_no_return():
    kept("17.1")
    factories.fill(factories.assessment("ban-bo"))
    factories.send()
    factories.give_back("17.1")
    act(actions.recheck, "17.1")
    assert to_do() == ["17.1"]
    row = load_sheet(factories.assessment("ban-bo")).row(factories.row_of("17.1").pk)
    factories.save("17.1", row.values, stated=row.result.stated, note="Đã đối chiếu, số đúng.")
    assert to_do() == []
