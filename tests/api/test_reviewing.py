"""Verifying, returning and accepting through the API: the pages' actions, locks and trace."""

import json

import pytest

from accounts.models import Role
from assessments.models import Assessment, Channel, Event, IndicatorResult
from assessments.workflow import Act
from ntm_portal.api.urls import urlpatterns
from tests import factories

REASON = "Chưa khớp với biểu rà soát của phòng."
#: Name of the address -> what it does, what is sent besides the version, and who may.
ROW_ACTS = {
    "confirm": (Act.VERIFY, {}),
    "decide": (Act.VERIFY, {"verdict": "not_met", "reason": REASON}),
    "return": (Act.RETURN, {"reason": REASON}),
    "withdraw": (Act.WITHDRAW, {"reason": REASON}),
}
WHOLE_ACTS = {
    "complete": (Act.COMPLETE, {"reason": REASON}),
    "accept": (Act.ACCEPT, {}),
    "reopen": (Act.REOPEN, {"reason": REASON}),
}
#: Name of the address -> who may, of those who see it. (They see the row through what they lead.)
WHO = {
    "confirm": {"leading agency"},
    "decide": {"leading agency"},
    "return": {"leading agency"},
    "withdraw": {"leading agency"},
    "complete": {"standing office"},
    "accept": {"standing office"},
    "reopen": {"standing office", "administrator"},
}
PEOPLE = {
    "own commune": lambda: factories.officer(),
    "other commune": lambda: factories.officer("na-tam"),
    "leading agency": lambda: factories.department("lao-dong"),
    "other agency": lambda: factories.department("giao-duc"),
    "standing office": lambda: factories.coordinator(),
    "leader": lambda: factories.leader(),
    "administrator": lambda: factories.person(Role.ADMINISTRATOR),
}


@pytest.fixture
def sent(quarters):
    factories.department("lao-dong")
    return factories.sent()


@pytest.fixture
def department(sent, client_of):
    return client_of(factories.department("lao-dong"))


@pytest.fixture
def office(sent, client_of):
    return client_of(factories.coordinator())


def row(code="11"):
    return factories.row_of(code)


def address(name, pk):
    kind = "results" if name in ROW_ACTS else "assessments"
    return f"/api/{kind}/{pk}/{name}/"


def post(client, name, body=None, *, pk=None, code="11", **options):
    """To one row at its present version, or to the whole assessment."""
    if name in ROW_ACTS:
        held = row(code)
        pk, body = (
            pk or held.pk,
            body
            if isinstance(body, str)
            else {
                "version": held.version,
                **(ROW_ACTS[name][1] if body is None else body),
            },
        )
    else:
        pk = pk or factories.assessment("ban-bo").pk
        body = WHOLE_ACTS[name][1] if body is None else body
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(address(name, pk), text, content_type="application/json", **options)


def last_event(**where):
    return Event.objects.filter(**where).latest("pk")


def test_every_act_of_the_api_stands_in_these_tables():
    """Those on files have their own: tests/evidence/test_api.py."""
    acts = {one.name for one in urlpatterns if str(one.pattern).count("/") == 3}
    acts -= {"row_evidence", "remove_evidence"}
    assert acts == set(ROW_ACTS) | set(WHOLE_ACTS) == set(WHO)


def test_a_row_is_confirmed_with_its_channel(department):
    answer = post(department, "confirm")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["review"], told["verified_verdict"]) == ("verified", "met")
    event = last_event(result=row())
    assert (event.kind, event.channel) == ("verified", Channel.API)
    assert event.by == factories.department("lao-dong")


def test_another_verdict_is_given_with_its_reason(department):
    told = post(department, "decide").json()
    assert (told["declared_verdict"], told["verified_verdict"]) == ("met", "not_met")
    assert (told["counted_verdict"], told["review_reason"]) == ("not_met", REASON)
    assert last_event(result=row()).channel == Channel.API


def test_a_row_is_returned_and_the_return_withdrawn(department):
    assert post(department, "return").json()["review"] == "returned"
    assert factories.assessment("ban-bo").state == "returned"
    assert last_event(result=row()).channel == Channel.API
    assert post(department, "withdraw").json()["review"] == "pending"
    assert factories.assessment("ban-bo").state == "submitted"
    event = last_event(result=row())
    assert (event.kind, event.channel, event.reason) == ("withdrawn", Channel.API, REASON)


def test_what_the_commune_corrected_is_not_withdrawn(department):
    post(department, "return")
    factories.save("11", absence_reason="Chưa có kết quả rà soát")
    answer = post(department, "withdraw")
    assert (answer.status_code, answer.json()["lock"]) == (403, "row_corrected")


def test_the_standing_office_completes_accepts_and_reopens(office):
    told = post(office, "complete").json()
    assert told["state"] == "verified"
    assert post(office, "accept").json()["state"] == "accepted"
    assert post(office, "accept").json()["state"] == "accepted"  # a second press
    target = factories.assessment("ban-bo")
    assert target.events.filter(kind="accepted").count() == 1
    assert target.events.get(kind="accepted").channel == Channel.API
    assert post(office, "reopen").json()["state"] == "submitted"
    event = last_event(assessment=target)
    assert (event.kind, event.channel, event.reason) == ("reopened", Channel.API, REASON)


def test_sending_the_same_decision_twice_acts_once(department):
    held = row()
    body = json.dumps({"version": held.version})
    first, second = (post(department, "confirm", body) for _time in range(2))
    assert first.json() == second.json()
    assert Event.objects.filter(result=held, kind="verified").count() == 1


@pytest.mark.parametrize("name", ROW_ACTS)
def test_a_stale_version_shows_both_sides_and_changes_nothing(department, name):
    if name == "withdraw":
        post(department, "return")
    else:
        factories.verify("11", verdict="not_met", reason="Phòng đã kết luận.")
    before = row()
    answer = post(department, name, {**ROW_ACTS[name][1], "version": 1})
    assert answer.status_code == 409
    told = answer.json()
    assert told["version"] == before.version
    assert told["current"]["review"] == before.review
    assert told["current"]["verified_verdict"] == before.verified_verdict
    assert told["current"]["review_reason"] == before.review_reason
    assert told["yours"] == ROW_ACTS[name][1]
    assert row().version == before.version


@pytest.mark.parametrize("name", WHO)
@pytest.mark.parametrize("who", PEOPLE)
def test_only_those_who_may_on_the_page_may_here(sent, client_of, name, who):
    answer = post(client_of(PEOPLE[who]()), name)
    if who == "other commune" or (who == "other agency" and name in ROW_ACTS):
        assert answer.status_code == 404
    elif who in WHO[name]:
        assert answer.status_code == 200 or answer.json()["lock"] != "not_yours"
    else:
        assert (answer.status_code, answer.json()["lock"]) == (403, "not_yours")
        assert answer.json()["detail"]


@pytest.mark.parametrize("name", WHO)
def test_what_is_not_there_is_not_found(department, office, name):
    client = department if name in ROW_ACTS else office
    assert post(client, name, pk=2**62).status_code == 404


@pytest.mark.parametrize("name", WHO)
def test_nobody_acts_without_signing_in_or_by_reading(sent, department, client, name):
    assert post(client, name).status_code in (401, 403)
    assert department.get(address(name, row().pk)).status_code == 405


@pytest.mark.parametrize("name", ["decide", "return", "withdraw", "reopen", "complete"])
@pytest.mark.parametrize("reason", ["", " \n", "x" * 2001, "\x00", 3.5, None, {"a": 1}])
def test_a_reason_that_cannot_be_stored_is_refused_beside_its_name(
    department, office, client_of, name, reason
):
    if name == "withdraw":
        post(department, "return")
    if name == "reopen":
        post(office, "complete")
    if reason == 3.5:
        reason = []
    client = department if name in ROW_ACTS else office
    more = {"verdict": "not_met"} if name == "decide" else {}
    before = Event.objects.count()
    answer = post(client, name, {**more, "reason": reason})
    assert answer.status_code == 400
    assert answer.json()["errors"]["reason"]
    assert Event.objects.count() == before


@pytest.mark.parametrize("verdict", ["missing", "not_applicable", "abc", "", None, 7])
def test_a_verdict_that_the_row_cannot_have_is_refused(department, verdict):
    answer = post(department, "decide", {"verdict": verdict, "reason": REASON})
    assert answer.status_code == 400
    assert answer.json()["errors"]["verdict"]
    assert row().review == "pending"


def test_the_declared_verdict_is_refused_as_another(department):
    answer = post(department, "decide", {"verdict": "met", "reason": REASON})
    assert answer.status_code == 400
    assert "tự đánh giá" in answer.json()["errors"]["verdict"]
    assert row().review == "pending"


@pytest.mark.parametrize("verdict", ["missing", "abc", "", 7])
@pytest.mark.parametrize(("language", "words"), [("vi", "Kết quả"), ("en", "A verifier finds")])
def test_a_verdict_that_nobody_finds_is_refused_in_the_readers_language(
    department, verdict, language, words
):
    answer = post(
        department,
        "decide",
        {"verdict": verdict, "reason": REASON},
        headers={"Accept-Language": language},
    )
    assert answer.json()["errors"]["verdict"].startswith(words)


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", "{}", '{"version": -1}', '{"version": 1, "nonsense": 1}']
)
@pytest.mark.parametrize("name", ROW_ACTS)
def test_what_is_no_decision_is_refused(department, name, body):
    answer = post(department, name, body)
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert row().review == "pending"


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"nonsense": 1}'])
@pytest.mark.parametrize("name", WHOLE_ACTS)
def test_what_is_no_decision_about_an_assessment_is_refused(office, name, body):
    assert post(office, name, body).status_code == 400


def test_a_write_needs_the_token_of_the_session(sent, client_of):
    client = client_of(factories.department("lao-dong"), enforce_csrf_checks=True)
    assert post(client, "confirm").status_code == 403
    assert row().review == "pending"


def test_after_closing_every_act_is_refused_by_name_whatever_was_done_before(department, office):
    post(department, "confirm")
    post(department, "return", code="12.1")
    factories.withdraw("12.1")
    post(office, "complete")
    post(office, "accept")
    factories.close_quarter(factories.assessment("ban-bo").period)
    before = trace()
    for name in ROW_ACTS:
        answer = post(department, name)
        assert (answer.status_code, answer.json()["lock"]) == (403, "period_closed")
        assert answer.json()["detail"]
    for name in WHOLE_ACTS:
        answer = post(office, name)
        assert (answer.status_code, answer.json()["lock"]) == (403, "period_closed")
    assert trace() == before


def trace():
    return (
        list(Assessment.objects.values_list("pk", "state")),
        list(IndicatorResult.objects.values_list("pk", "version", "review")),
        Event.objects.count(),
    )


def test_a_decision_costs_few_queries(department, django_assert_max_num_queries):
    post(department, "confirm", code="12.1")
    with django_assert_max_num_queries(22):
        assert post(department, "confirm").status_code == 200
