"""One criterion across all communes: what can be pressed, and every refusal."""

import re
from decimal import Decimal

import pytest

from accounts.models import User
from assessments.models import Event, IndicatorResult
from tests import factories
from tests.dashboard.test_overview import words
from tests.verification.test_criterion_page import HTMX, PAGE, REASON, part, press, row

pytestmark = pytest.mark.usefixtures("demonstration")


def test_confirming_without_a_script_leads_back_to_the_row(client_of):
    answer = press(client_of("phong.lao-dong"), "confirm")
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}#row-{row().pk}"
    assert row().verified_verdict == "not_met"


def test_confirming_with_htmx_answers_with_the_row(client_of):
    answer = press(client_of("phong.lao-dong"), "confirm", headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.startswith("<li ")
    assert "Verified:" in words(text)
    assert "data-said" in text


def test_pressed_twice_it_is_stored_once(client_of):
    client = client_of("phong.lao-dong")
    version = row().version
    for _press in range(2):
        assert press(client, "confirm", version=version).status_code == 302
    assert Event.objects.filter(result=row(), kind="verified").count() == 1


def test_another_verdict_is_shown_beside_the_declared_one_with_its_reason(client_of):
    client = client_of("phong.lao-dong")
    press(client, "met", reason=REASON)
    text = part(client.get(PAGE).content.decode())
    assert "Declared: Not met" in text
    assert "Verified: Met differs" in text
    assert REASON in text


def test_another_verdict_is_taken_back_by_confirming(client_of):
    client = client_of("phong.lao-dong")
    press(client, "met", reason=REASON)
    html = client.get(PAGE).content.decode()
    whole = re.search(rf'<li [^>]*id="row-{row().pk}".*?</li>', html, re.S).group()
    acts = re.findall(r'name="act" value="([a-z_]+)"', whole)
    assert acts == ["confirm", "return"]
    assert "Confirm as declared" in words(whole)
    assert press(client, "confirm").status_code == 302
    assert (row().verified_verdict, row().review_reason) == ("not_met", "")


def test_the_declared_verdict_is_no_other_one(client_of):
    answer = press(client_of("phong.lao-dong"), "not_met", reason=REASON)
    assert answer.status_code == 422
    assert "The commune declared this verdict itself" in part(answer.content.decode())
    assert row().review == "pending"


@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize("act", ["return", "met"])
def test_without_a_reason_nothing_is_stored_and_the_row_says_so(client_of, act, headers):
    answer = press(client_of("phong.lao-dong"), act, reason=" ", headers=headers)
    assert answer.status_code == 422
    assert "the commune reads it" in part(answer.content.decode())
    assert row().review == "pending"


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_stale_row_answers_409_with_both_sides(client_of, headers):
    client = client_of("phong.lao-dong")
    old = row().version
    press(client, "confirm")
    answer = press(client, "return", version=old, reason=REASON, headers=headers)
    assert answer.status_code == 409
    text = part(answer.content.decode())
    who = User.objects.get(username="phong.lao-dong").display_name
    assert f"Not stored: {who} changed this row at" in text
    assert "You wanted: return to the commune" in text
    assert REASON in text
    assert "Verified: Not met" in text


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "\x00"])
def test_a_version_that_is_no_number_is_stale(client_of, version):
    assert press(client_of("phong.lao-dong"), "confirm", version=version).status_code == 409


@pytest.mark.parametrize("act", ["", "abc", "missing", "\x00", "x" * 10_000])
def test_an_act_that_does_not_exist_is_refused(client_of, act):
    answer = press(client_of("phong.lao-dong"), act, reason=REASON)
    assert answer.status_code == 422
    assert row().review == "pending"


def test_a_returned_row_says_where_it_is_and_can_no_longer_be_confirmed(client_of):
    client = client_of("phong.lao-dong")
    press(client, "return", reason=REASON)
    html = client.get(PAGE).content.decode()
    assert "Returned to the commune" in part(html)
    assert REASON in part(html)
    answer = press(client, "confirm")
    assert answer.status_code == 422
    assert "it can be verified once it is sent again" in words(answer.content.decode())


def test_a_row_of_another_criterion_or_quarter_is_not_at_this_address(client_of):
    client = client_of("phong.lao-dong")
    other = factories.row_of("11", "giang-ma")
    answer = client.post(f"{PAGE}rows/{other.pk}/", {"act": "confirm", "version": other.version})
    assert answer.status_code == 404
    assert client.post(f"{PAGE}rows/999999999/", {"act": "confirm"}).status_code == 404


def test_a_blank_can_be_returned_but_not_confirmed(client_of):
    held = row()
    held.values.all().delete()
    IndicatorResult.objects.filter(pk=held.pk).update(
        declared_verdict="missing", basis="blank", entered_in=None, absence_reason="Chưa có số liệu"
    )
    client = client_of("phong.lao-dong")
    text = part(client.get(PAGE).content.decode())
    assert "Nothing was entered: return it, or find it not met with a reason." in text
    assert press(client, "confirm").status_code == 422
    assert press(client, "return", reason=REASON).status_code == 302


def ticked(*rows):
    return {"row": [f"{held.pk}:{held.version}" for held in rows]}


def test_many_are_confirmed_at_once_where_nothing_changed_since_it_was_verified(client_of):
    client = client_of("phong.lao-dong")
    html = client.get(f"{PAGE}?tick=all").content.decode()
    boxes = re.findall(r'type="checkbox" form="many" name="row" value="([^"]+)"[^>]*checked', html)
    assert len(boxes) == 3
    answer = client.post(f"{PAGE}confirm/", {"row": boxes}, follow=True)
    assert "Confirmed 3 rows." in words(answer.content.decode())
    for slug, code in (("ban-giang", "12.1"), ("ho-thau", "12.1"), ("ho-thau", "12.2")):
        held = row(slug, code)
        assert (held.review, held.verified_verdict) == ("verified", held.declared_verdict)
        (event,) = Event.objects.filter(result=held, kind="verified")
        declared = held.declared_verdict
        assert event.after == {"review": "verified", "verdict": declared, "declared": declared}


def test_many_confirmed_by_pressing_twice_are_confirmed_once_and_said_so_again(client_of):
    client = client_of("phong.lao-dong")
    pressed = ticked(row("ban-giang"), row("ho-thau"))
    for _press in range(2):
        answer = client.post(f"{PAGE}confirm/", pressed, follow=True)
        text = words(answer.content.decode())
        assert "Confirmed 2 rows." in text
        assert "Somebody changed it meanwhile" not in text
    for slug in ("ban-giang", "ho-thau"):
        held = row(slug)
        assert Event.objects.filter(result=held, kind="verified").count() == 1


def test_what_somebody_else_confirmed_is_not_counted_as_ones_own(client_of):
    client, held = client_of("phong.lao-dong"), row("ban-giang")
    pressed = ticked(held)
    factories.verify("12.1", slug="ban-giang")
    assert row("ban-giang").reviewed_by.username != "phong.lao-dong"
    text = words(client.post(f"{PAGE}confirm/", pressed, follow=True).content.decode())
    assert "Somebody changed it meanwhile" in text
    assert "Confirmed" not in text


def test_of_many_those_that_may_not_are_left_and_named(client_of):
    client = client_of("phong.lao-dong")
    changed, kept, stale = row(), row("ban-giang"), row("ho-thau")
    IndicatorResult.objects.filter(pk=stale.pk).update(version=stale.version + 1)
    answer = client.post(f"{PAGE}confirm/", ticked(changed, kept, stale), follow=True)
    text = words(answer.content.decode())
    assert "Confirmed 1 row." in text
    assert "12.1, Giang Ma: It changed since last quarter." in text
    assert "12.1, Hồ Thầu: Somebody changed it meanwhile; look at it again." in text
    assert row("ban-giang").review == "verified"
    assert row().review == row("ho-thau").review == "pending"


def test_of_many_only_own_rows_are_confirmed(client_of):
    row_of_another = factories.row_of("14.1", "ho-thau")
    client = client_of("phong.lao-dong")
    answer = client.post(f"{PAGE}confirm/", ticked(row_of_another), follow=True)
    text = words(answer.content.decode())
    assert "1 row was skipped: it is not among the rows that you verify here." in text
    assert "14.1, Hồ Thầu" not in text
    assert factories.row_of("14.1", "ho-thau").review == "pending"


def test_of_many_it_is_said_how_many_were_skipped_beside_what_was_confirmed(client_of):
    client = client_of("phong.lao-dong")
    kept = row("ban-giang")
    others = factories.row_of("14.1", "ho-thau"), factories.row_of("13.1", "ho-thau")
    answer = client.post(f"{PAGE}confirm/", ticked(kept, *others), follow=True)
    text = words(answer.content.decode())
    assert "Confirmed 1 row." in text
    assert "2 rows were skipped: they are not among the rows that you verify here." in text
    again = client.post(f"{PAGE}confirm/", ticked(row("ban-giang")), follow=True)
    assert "skipped" not in words(again.content.decode())


@pytest.mark.parametrize("value", ["", "abc", "1", "1:", ":1", "9" * 60 + ":1", "1:2:3", "\x00:1"])
def test_ticks_that_mean_nothing_confirm_nothing(client_of, value):
    answer = client_of("phong.lao-dong").post(f"{PAGE}confirm/", {"row": value}, follow=True)
    assert answer.status_code == 200


def test_get_never_acts(client_of):
    client = client_of("phong.lao-dong")
    assert client.get(f"{PAGE}confirm/").status_code == 405
    assert client.get(f"{PAGE}rows/{row().pk}/").status_code == 405


def test_a_return_is_withdrawn_where_it_was_made(client_of):
    client = client_of("phong.lao-dong")
    press(client, "return", reason=REASON)
    html = client.get(PAGE).content.decode()
    assert "Withdraw the return" in part(html)
    bare = press(client, "withdraw", reason=" ")
    assert bare.status_code == 422
    assert "Say why the return is withdrawn" in part(bare.content.decode())
    answer = press(client, "withdraw", reason="Nhầm xã.", headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "the return is withdrawn" in text
    assert "Withdraw the return" not in part(text)
    assert "Confirm" in part(text)
    assert row().review == "pending"
    assert Event.objects.filter(result=row(), kind="withdrawn").count() == 1


def test_a_return_that_the_commune_acted_on_says_so_instead_of_offering_to_withdraw(client_of):
    client = client_of("phong.lao-dong")
    press(client, "return", reason=REASON)
    factories.save(
        "12.1", {"men": Decimal(60), "women": Decimal(60)}, slug="giang-ma", note="Đã rà soát."
    )
    text = part(client.get(PAGE).content.decode())
    assert "Withdraw the return" not in text
    assert "has corrected this row already" in text
    refused = press(client, "withdraw", reason="Nhầm xã.")
    assert refused.status_code == 422
    assert "has corrected this row already" in words(refused.content.decode())


def test_another_department_is_not_offered_to_withdraw(client_of):
    press(client_of("phong.lao-dong"), "return", reason=REASON)
    page = client_of("phong.nong-nghiep").get(PAGE).content.decode()
    assert "Withdraw the return" not in page
