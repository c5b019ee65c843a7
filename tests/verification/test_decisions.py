"""Complete, accept and reopen as the standing office meets them on an assessment's page."""

import pytest

from assessments.models import Event
from tests import factories
from tests.dashboard.test_overview import words

pytestmark = pytest.mark.usefixtures("demonstration")
REASON = "Bảo hiểm xã hội huyện chưa có tài khoản."


def address(slug, act="", period="2023-q3"):
    return f"/assessments/{period}/{slug}/ntm/{act}"


def text(answer) -> str:
    return words(answer.content.decode())


def test_the_page_says_how_far_the_verification_is_and_who_still_has_to(client_of):
    page = text(client_of("phong.nong-nghiep").get(address("son-binh")))
    target = factories.assessment("son-binh")
    done = target.results.filter(review="verified").count()
    assert f"{done} of 57 verified" in page
    assert "Phòng LĐTBXH11, 12.1, 12.2, 18.5" in page
    assert "15.1" in page.split("Standing office, for ")[1]


def test_disabled_buttons_say_why(client_of):
    html = client_of("phong.nong-nghiep").get(address("son-binh")).content.decode()
    assert 'disabled aria-describedby="why-accept"' in html
    page = words(html)
    assert "Accept Not every row is verified yet." in page
    assert "Reopen This assessment is open to the departments already." in page
    returned = text(client_of("phong.nong-nghiep").get(address("ban-giang")))
    assert "is still correcting rows that were returned" in returned


def test_what_is_with_the_commune_is_not_said_to_be_open_to_the_departments(client_of):
    page = words(client_of("phong.nong-nghiep").get(address("ban-giang")).content.decode())
    assert "Reopen This assessment is with Xã Bản Giang for correction already." in page


def test_completing_lists_what_is_not_verified_and_asks_for_the_reason(client_of):
    client = client_of("phong.nong-nghiep")
    page = text(client.get(address("son-binh", "complete/")))
    assert "rows are not verified" in page
    answer = client.post(address("son-binh", "complete/"), {"reason": " "})
    assert answer.status_code == 422
    assert "it counts as declared only" in text(answer)
    answer = client.post(address("son-binh", "complete/"), {"reason": REASON}, follow=True)
    assert "The verification is complete." in text(answer)
    assert factories.assessment("son-binh").state == "verified"
    answer = client.post(address("son-binh", "complete/"), {"reason": REASON}, follow=True)
    assert "It was complete already." in text(answer)


def test_accepting_and_reopening(client_of):
    client = client_of("phong.nong-nghiep")
    assert client.get(address("binh-lu", "accept/")).status_code == 200
    assert "Accepted." in text(client.post(address("binh-lu", "accept/"), follow=True))
    assert "accepted already" in text(client.post(address("binh-lu", "accept/"), follow=True))
    target = factories.assessment("binh-lu")
    assert target.state == "accepted"
    assert Event.objects.filter(assessment=target, kind="accepted").count() == 1
    answer = client.post(address("binh-lu", "reopen/"), {"reason": ""})
    assert answer.status_code == 422
    answer = client.post(address("binh-lu", "reopen/"), {"reason": REASON}, follow=True)
    assert "Reopened" in text(answer)
    assert factories.assessment("binh-lu").state == "submitted"
    answer = client.post(address("binh-lu", "reopen/"), {"reason": REASON}, follow=True)
    assert "open to the departments already" in text(answer)


@pytest.mark.parametrize("reason", ["x" * 10_001, "x" * 2_001, "\x00"])
def test_a_reason_that_cannot_be_stored_is_refused_beside_its_field(client_of, reason):
    client = client_of("phong.nong-nghiep")
    answer = client.post(address("binh-lu", "reopen/"), {"reason": reason})
    assert answer.status_code == 422
    assert factories.assessment("binh-lu").state == "verified"


@pytest.mark.parametrize(
    ("slug", "act"), [("ban-bo", "complete"), ("son-binh", "accept"), ("son-binh", "reopen")]
)
def test_what_the_state_does_not_allow_leads_back_with_the_reason(client_of, slug, act):
    client = client_of("phong.nong-nghiep")
    for answer in (
        client.get(address(slug, f"{act}/"), follow=True),
        client.post(address(slug, f"{act}/"), {"reason": REASON}, follow=True),
    ):
        assert answer.redirect_chain
        assert (
            factories.assessment(slug).events.filter(kind__in=["accepted", "reopened"]).count() == 0
        )


@pytest.mark.parametrize("username", ["xa.binh-lu", "phong.lao-dong", "lanhdao"])
@pytest.mark.parametrize("act", ["complete", "accept", "reopen"])
def test_nobody_else_has_these_pages(client_of, username, act):
    client = client_of(username)
    assert client.get(address("binh-lu", f"{act}/")).status_code == 403
    assert client.post(address("binh-lu", f"{act}/"), {"reason": REASON}).status_code == 403


def test_an_administrator_reopens_but_does_not_accept(client_of):
    client = client_of("quantri")
    assert client.get(address("binh-lu", "accept/")).status_code == 403
    assert "Reopened" in text(
        client.post(address("binh-lu", "reopen/"), {"reason": REASON}, follow=True)
    )


def test_the_commune_reads_its_standing_without_a_button(client_of):
    html = client_of("xa.son-binh").get(address("son-binh")).content.decode()
    assert "standing-title" in html
    assert "standing-acts" not in html


def test_once_the_quarter_is_closed_no_row_is_said_to_wait_any_more(client_of):
    factories.close_quarter(factories.assessment("ho-thau").period)
    page = text(client_of("lanhdao").get(address("ho-thau")))
    assert "rows were not verified when the quarter was closed" in page
    assert "still wait" not in page
