"""Pages of quarters: who may open them, what they say, what bad input answers."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import Role
from assessments import quarters
from assessments.closing import closing_report
from assessments.models import Assessment, Notice, QuarterEvent
from communes.models import AdministrativeUnit
from periods.models import PeriodState, ReportingPeriod
from tests import factories
from tests.quarters.test_decisions import MAY, close, period, planned, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def client_of(user, language="en") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def office() -> Client:
    return client_of(factories.coordinator())


def words(response) -> str:
    text = response.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_quarters_and_only_the_office_sees_the_acts(role):
    client = client_of(somebody(role))
    assert "Quarter III of 2023" in words(client.get("/periods/"))
    page = client.get("/periods/2023-q3/")
    assert page.status_code == 200
    assert ("/periods/2023-q3/close/" in page.content.decode()) == (role in MAY)
    for name in ("open", "extend", "close", "reopen"):
        address = f"/periods/2023-q3/{name}/"
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code == 403) == (role not in MAY)
    assert (client.get("/periods/new/").status_code == 200) == (role in MAY)


def test_somebody_signed_out_signs_in_first(client):
    for address in ("/periods/", "/periods/2023-q3/", "/periods/2023-q3/close/"):
        assert client.get(address).status_code == 302
        assert "/accounts/login/" in client.get(address).url


def test_a_commune_opens_only_its_own_assessment_from_there():
    text = client_of(factories.officer()).get("/periods/2023-q3/").content.decode()
    assert "/assessments/2023-q3/ban-bo/ntm/" in text
    assert "/assessments/2023-q3/na-tam/ntm/" not in text


@pytest.mark.parametrize("address", ["/periods/1999-q1/", "/periods/2023-q9/close/"])
def test_a_quarter_that_is_not_there_is_not_found(office, address):
    assert office.get(address).status_code == 404


def test_a_year_is_previewed_created_once_and_said(office):
    page = words(office.get("/periods/new/", {"year": "2024", "days": "5"}))
    assert "15/12/2023 – 14/03/2024" in page
    assert not ReportingPeriod.objects.filter(year=2024).exists()
    data = {
        "year": "2024",
        "days": "5",
        "due_1": "21/03/2024",
        "due_2": "2024-06-21",
        "due_3": "23/09/2024",
        "due_4": "20/12/2024",
    }
    answer = office.post("/periods/new/", data, follow=True)
    assert "4 quarters were created" in words(answer)
    made = ReportingPeriod.objects.filter(year=2024)
    assert {one.state for one in made} == {PeriodState.PLANNED}
    assert QuarterEvent.objects.filter(period__year=2024, kind="planned").count() == 4
    again = office.post("/periods/new/", data, follow=True)
    assert "All four quarters of 2024 are there already" in words(again)
    assert ReportingPeriod.objects.filter(year=2024).count() == 4


def test_quarters_that_exist_are_left_alone_and_said_so(office):
    page = office.get("/periods/new/", {"year": "2023"})
    assert words(page).count("Is there already") == 2
    due = period().due_on
    data = {"year": "2023", "days": "7", "due_1": "23/03/2023", "due_4": "25/12/2023"}
    data["due_3"] = "01/12/2023"
    assert office.post("/periods/new/", data).status_code == 302
    assert period().due_on == due
    assert ReportingPeriod.objects.filter(year=2023).count() == 4


@pytest.mark.parametrize(
    "asked",
    [
        {"year": "hai nghìn"}, {"year": "1899"}, {"year": "99999999999"}, {"year": ""},
        {"days": "0"}, {"days": "x" * 10_000}, {"days": "-3"}, {"year": "2024\x00"},
    ],
)  # fmt: skip
def test_a_year_or_number_that_cannot_be_read_is_said_beside_its_field(office, asked):
    answer = office.get("/periods/new/", asked)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31/02/2024",
        "14/03/2024",
        "23/03/2024",
        "24/03/2024",
        "30/04/2024",
        "15/07/2024",
        "02/05/2030",
        "ngày mai",
        pytest.param("x" * 10_000, id="10 kB"),
    ],
)
def test_a_wrong_due_date_stays_as_typed_with_its_sentence(office, typed):
    data = {"year": "2024", "days": "7", "due_1": typed}
    data |= {"due_2": "21/06/2024", "due_3": "23/09/2024", "due_4": "20/12/2024"}
    answer = office.post("/periods/new/", data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "field-error" in text
    assert f'value="{typed}"' in text or not typed
    assert not ReportingPeriod.objects.filter(year=2024).exists()


def test_a_day_off_is_named_with_the_next_working_day(office):
    data = {"year": "2024", "days": "7", "due_1": "23/03/2024"}
    data |= {"due_2": "21/06/2024", "due_3": "23/09/2024", "due_4": "20/12/2024"}
    page = words(office.post("/periods/new/", data))
    assert "Saturday 23/03/2024 is not a working day. The next one is 25/03/2024." in page
    planned(2023, 4)
    answer = office.post("/periods/2023-q4/extend/", {"until": "01/01/2024", "reason": "Mưa lũ"})
    assert answer.status_code == 422
    assert "01/01/2024 is not a working day. The next one is 02/01/2024." in words(answer)


def test_the_plan_says_which_days_were_swapped_and_how_sure_that_is(office):
    page = words(office.get("/periods/new/", {"year": "2024"}))
    assert "29/04/2024 is off, 04/05/2024 is worked instead" in page
    assert "not confirmed by the document" in page
    assert "swapped" not in words(office.get("/periods/new/", {"year": "2022"}))


def test_opening_tells_first_whom_it_reaches_and_then_announces_it_once(office):
    planned(2023, 4)
    ReportingPeriod.objects.filter(slug="2023-q4").update(due_on="2023-12-25")
    page = words(office.get("/periods/2023-q4/open/"))
    assert "12 communes get a blank assessment" in page
    assert not Assessment.objects.filter(period__slug="2023-q4").exists()
    factories.officer()
    factories.leader()
    assert "is open: 12 assessments" in words(office.post("/periods/2023-q4/open/", follow=True))
    told = Notice.objects.filter(kind="opened", period__slug="2023-q4")
    names = set(told.values_list("recipient__username", flat=True))
    assert {"xa.ban-bo", "leader"} <= names
    assert factories.coordinator().username not in names
    count = told.count()
    assert "was open already" in words(office.post("/periods/2023-q4/open/", follow=True))
    assert told.count() == count


def test_a_past_due_date_is_warned_about_before_opening(office, settings):
    planned(2023, 4)
    settings.PORTAL_TODAY = "2024-02-01"
    assert "has passed already" in words(office.get("/periods/2023-q4/open/"))


def test_closing_says_what_is_unfinished_and_how_it_is_counted(office):
    factories.save("1.1", {"value": True})
    page = words(office.get("/periods/2023-q3/close/"))
    assert "Never sent" in page
    assert re.search(r"Xã Bản Bo : 1 row counts only as declared; 56 of 57 rows", page)
    assert "1 row only as the commune declared it" in page
    assert "683 rows without figures are not counted at all" in page
    assert "The due date, 25/09/2023, has not passed" in page


def test_closing_through_the_page_once(office):
    token = closing_report(period()).fingerprint
    answer = office.post("/periods/2023-q3/close/", {"fingerprint": token}, follow=True)
    assert "Its figures no longer change" in words(answer)
    answer = office.post("/periods/2023-q3/close/", {"fingerprint": token}, follow=True)
    assert "was closed already" in words(answer)
    assert period().events.filter(kind="closed").count() == 1
    assert "Reopen the quarter" in words(office.get("/periods/2023-q3/"))


@pytest.mark.parametrize("token", ["", "wrong", "\x00", pytest.param("x" * 10_000, id="10 kB")])
def test_closing_what_was_not_read_shows_the_page_again(office, token):
    answer = office.post("/periods/2023-q3/close/", {"fingerprint": token})
    assert answer.status_code == 409
    assert "has changed since this page was shown" in words(answer)
    assert period().is_open


def test_an_act_that_is_not_possible_leads_back_with_the_reason(office):
    planned(2023, 4)
    answer = office.get("/periods/2023-q4/close/", follow=True)
    assert "is not open yet" in words(answer)
    answer = office.post("/periods/2023-q3/reopen/", {"reason": "Sai"}, follow=True)
    assert "is not closed" in words(answer)
    answer = office.post(
        "/periods/2023-q2/extend/", {"until": "30/09/2023", "reason": "Sai"}, follow=True
    )
    assert "is closed; its figures no longer change" in words(answer)


def test_a_disabled_button_says_why_from_the_same_check(office):
    close()
    page = office.get("/periods/2023-q2/")
    assert "A later quarter is closed already" in words(page)
    assert re.search(r"<button[^>]*disabled[^>]*aria-describedby=\"why-1\"", page.content.decode())


def test_the_due_date_is_moved_and_told(office):
    factories.officer()
    answer = office.post(
        "/periods/2023-q3/extend/", {"until": "29/09/2023", "reason": "Mưa lũ"}, follow=True
    )
    text = words(answer)
    assert "From 25/09/2023 to 29/09/2023." in text
    assert "Mưa lũ" in text
    notice = Notice.objects.get(kind="extended", recipient__username="xa.ban-bo")
    assert notice.facts["reason"] == "Mưa lũ"


@pytest.mark.parametrize(
    "typed",
    [{}, {"until": "29/09/2023"}, {"until": "x", "reason": "Mưa"}, {"reason": "\x00"},
     {"until": "29/09/2023", "reason": "x" * 10_000}],
)  # fmt: skip
def test_a_move_that_cannot_be_made_keeps_what_was_typed(office, typed):
    answer = office.post("/periods/2023-q3/extend/", typed)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert period().events.filter(kind="extended").count() == 0


def test_the_line_of_time_says_who_when_and_why(office):
    close()
    office.post("/periods/2023-q3/reopen/", {"reason": "Sai số hộ nghèo xã Nà Tăm"})
    text = words(office.get("/periods/2023-q3/"))
    for sentence in ("Quarter opened", "Quarter closed", "Quarter reopened", "Sai số hộ nghèo"):
        assert sentence in text
    assert text.index("Quarter reopened") < text.index("Quarter closed")


def test_an_installation_without_quarters_says_how_to_begin():
    text = render_to_string("periods/list.html", {"lines": [], "may_steer": True})
    assert "/periods/new/" in text
    assert "/periods/new/" not in render_to_string("periods/list.html", {"lines": []})


@pytest.mark.parametrize("address", ["/periods/", "/periods/2023-q3/", "/periods/2023-q3/close/"])
def test_no_query_grows_with_the_communes(office, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(16) as few:
        office.get(address)
    more_communes(60)
    with django_assert_max_num_queries(len(few)):
        answer = office.get(address)
    assert answer.status_code == 200


def more_communes(count: int) -> None:
    pattern = factories.unit()
    AdministrativeUnit.objects.bulk_create(
        AdministrativeUnit(
            code=f"9{n:04}", slug=f"xa-{n}", name=f"Xã {n}", short_name=f"{n}",
            level=pattern.level, kind=pattern.kind, parent=pattern.parent, in_programme=True,
        )
        for n in range(count)
    )  # fmt: skip
    made = quarters.open_period(by=factories.coordinator(), period=period(), channel="system")
    assert made == count
