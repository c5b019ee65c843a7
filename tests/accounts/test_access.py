"""The first lock, tried on a small URLconf: who gets in, who is asked to sign in, who is refused."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts.models import Role

pytestmark = pytest.mark.urls("tests.accounts.pages_urlconf")
ENTRY = "/assessments/2023-q3/ban-bo/ntm/"


@pytest.fixture(autouse=True)
def _database(db):
    """Sessions live there."""


def test_somebody_signed_out_is_sent_to_sign_in_and_on_to_the_page_afterwards(client):
    response = client.get("/assessments/?period=2023-q3")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/assessments/%3Fperiod%3D2023-q3"


def test_a_public_page_opens_without_a_sign_in(client):
    assert client.get("/healthz").content == b"inside"


def test_a_role_that_may_gets_in(client, officer):
    client.force_login(officer)
    assert client.post(f"{ENTRY}submit/").content == b"inside"


@pytest.mark.parametrize(
    "role", [Role.DEPARTMENT_OFFICER, Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR]
)
def test_only_a_commune_submits(client, people, role):
    client.force_login(people[role])
    assert client.post(f"{ENTRY}submit/").status_code == 403


def test_a_refusal_says_for_whom_the_page_is(client, people, settings):
    settings.LANGUAGE_CODE = "en"
    client.force_login(people[Role.LEADER])
    response = client.post(f"{ENTRY}extend/", headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "This page is for: Coordinator (standing office), Administrator." in (
        response.content.decode()
    )


def test_a_fragment_asked_for_without_a_session_answers_401_and_not_a_sign_in_form(client):
    response = client.post(f"{ENTRY}submit/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert 'href="/accounts/login/"' in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_script_that_wants_json_gets_401_as_json(client):
    response = client.post(f"{ENTRY}submit/", headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert response.json()["sign_in"] == "/accounts/login/"


def test_a_browser_that_takes_anything_is_redirected(client):
    assert client.get("/", headers={"Accept": "*/*"}).status_code == 302


def test_a_refused_post_leads_back_to_the_page_of_its_form(client):
    response = client.post(f"{ENTRY}submit/", headers={"Referer": f"http://testserver{ENTRY}"})
    assert response["Location"] == f"/accounts/login/?next={ENTRY}"


@pytest.mark.parametrize("referrer", [None, "https://elsewhere.example/trap/", "//elsewhere"])
def test_a_refused_post_from_elsewhere_leads_to_my_work(client, referrer):
    headers = {"Referer": referrer} if referrer else {}
    response = client.post(f"{ENTRY}submit/", headers=headers)
    assert response["Location"] == "/accounts/login/?next=/"


def test_a_page_without_a_line_in_the_table_is_an_error_here(client, officer):
    client.force_login(officer)
    with pytest.raises(ImproperlyConfigured, match="nowhere_listed"):
        client.get("/nowhere-listed/")


def test_a_page_without_a_line_in_the_table_does_not_exist_in_production(
    client, administrator, settings
):
    settings.DEMO = False
    client.force_login(administrator)
    assert client.get("/nowhere-listed/").status_code == 404


def test_the_style_page_is_there_only_in_demonstration_mode(client, settings):
    assert client.get("/style/").status_code == 200
    settings.DEMO = False
    assert client.get("/style/").status_code == 404


def test_the_api_answers_by_itself_and_never_redirects(client):
    response = client.get("/api/things/")
    assert response.status_code in (401, 403)
    assert "detail" in json.loads(response.content)


def test_the_api_opens_for_somebody_signed_in(client, officer):
    client.force_login(officer)
    assert client.get("/api/things/").json() == {"inside": True}


def test_an_account_that_was_switched_off_is_signed_out_at_once(client, officer):
    client.force_login(officer)
    officer.is_active = False
    officer.save()
    assert client.get("/")["Location"].startswith(reverse("account_login"))


def test_the_sign_in_page_says_that_the_press_did_nothing(client):
    refused = client.post("/assessments/2023-q3/ban-bo/ntm/submit/", {"fingerprint": "x"})
    page = client.get(refused["Location"]).content.decode()
    assert "what you pressed was not done" in page
    assert "was not done" not in client.get(refused["Location"]).content.decode()


def test_who_only_opens_a_page_is_told_of_no_press(client):
    asked = client.get("/assessments/2023-q3/ban-bo/ntm/submit/")
    assert "was not done" not in client.get(asked["Location"]).content.decode()
