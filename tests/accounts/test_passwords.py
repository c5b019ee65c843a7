"""A new password: changed by its owner, or by a link in a letter."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import Role
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.urls("tests.accounts.pages_urlconf"), pytest.mark.django_db]
NEW = "ruộng-bậc-thang"
ENGLISH = {"accept-language": "en"}
CHANGE = "/accounts/password/change/"
RESET = "/accounts/password/reset/"


def change(client, **fields):
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | fields
    return client.post(CHANGE, data, headers=ENGLISH)


def ask_for_a_link(client, address: str):
    return client.post(RESET, {"email": address}, headers=ENGLISH)


def link_in(letter) -> str:
    return re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)[1]


def test_a_changed_password_holds_and_one_stays_signed_in(client, officer):
    client.force_login(officer)
    assert change(client)["Location"] == "/"
    assert client.get("/").status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(NEW)


def test_other_devices_are_signed_out_by_it(client, officer, client_elsewhere):
    client.force_login(officer)
    client_elsewhere.force_login(officer)
    change(client)
    assert client_elsewhere.get("/").status_code == 302


@pytest.fixture
def client_elsewhere():
    from django.test import Client

    return Client()


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"oldpassword": "wrong"}, "oldpassword", "This is not your current password."),
        ({"password2": "another"}, "password2", "You must type the same password each time."),
        ({"password1": "ngắn", "password2": "ngắn"}, "password1", "at least 10 characters"),
        ({"password1": "1234567890", "password2": "1234567890"}, "password1", "too common"),
        ({"password1": "7346258193", "password2": "7346258193"}, "password1", "entirely numeric"),
        ({"password1": "xa.ban-bo.1", "password2": "xa.ban-bo.1"}, "password1", "too similar"),
        ({"password1": ""}, "password1", "required"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, officer, fields, field, message):
    client.force_login(officer)
    errors = change(client, **fields).context["form"].errors
    assert message in " ".join(errors[field])
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_the_rules_are_told_before_one_breaks_them(client, officer):
    client.force_login(officer)
    page = client.get(CHANGE, headers=ENGLISH).content.decode()
    assert "at least 10 characters" in page


def test_a_forgotten_password_is_replaced_by_a_link_in_a_letter(client, officer):
    assert ask_for_a_link(client, officer.email)["Location"] == "/accounts/password/reset/done/"
    letter = mail.outbox[0]
    assert letter.to == [officer.email]
    assert "xa.ban-bo" in letter.body
    form_page = client.get(link_in(letter), follow=True)
    action = form_page.context["action_url"]
    answer = client.post(action, {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/accounts/password/reset/key/done/"
    officer.refresh_from_db()
    assert officer.check_password(NEW)


def test_its_owner_is_told_that_the_password_was_changed(client, officer):
    ask_for_a_link(client, officer.email)
    action = client.get(link_in(mail.outbox[0]), follow=True).context["action_url"]
    client.post(action, {"password1": NEW, "password2": NEW}, headers=ENGLISH)
    assert mail.outbox[-1].to == [officer.email]
    assert mail.outbox[-1].subject == "Your password was changed"
    assert "The password of the account xa.ban-bo was changed" in mail.outbox[-1].body
    officer.refresh_from_db()
    client.force_login(officer)
    change(client, oldpassword=NEW, password1=PASSWORD, password2=PASSWORD)
    assert len(mail.outbox) == 3
    assert "The password of the account xa.ban-bo was changed" in mail.outbox[-1].body


def test_a_link_works_once(client, officer):
    ask_for_a_link(client, officer.email)
    link = link_in(mail.outbox[0])
    action = client.get(link, follow=True).context["action_url"]
    client.post(action, {"password1": NEW, "password2": NEW})
    again = client.get(link, follow=True, headers=ENGLISH)
    assert "This link no longer works" in again.content.decode()


@pytest.mark.parametrize("key", ["1-nonsense", "zzzz-cq-abc", "99999-abc-def"])
def test_a_link_that_was_made_up_says_so(client, officer, key):
    page = client.get(f"/accounts/password/reset/key/{key}/", headers=ENGLISH)
    assert page.status_code == 200
    assert "This link no longer works" in page.content.decode()


def test_an_unknown_address_gets_the_same_answer_and_a_letter_that_explains(client, officer):
    known = ask_for_a_link(client, officer.email)
    unknown = ask_for_a_link(client, "nobody@tamduong.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mail.outbox[1].to == ["nobody@tamduong.example"]
    assert "No account has this address" in mail.outbox[1].body
    assert "http" not in mail.outbox[1].body


def test_an_account_that_is_switched_off_gets_no_link(client, officer):
    officer.is_active = False
    officer.save()
    ask_for_a_link(client, officer.email)
    assert "password/reset/key" not in mail.outbox[0].body


def test_an_address_that_the_account_had_once_gets_no_link_any_more(client, people, administrator):
    officer = people[Role.COMMUNE_OFFICER]
    EmailAddress.objects.create(user=officer, email="old@tamduong.example", verified=True)
    client.force_login(administrator)
    data = {"username": officer.username, "email": "new@tamduong.example", "full_name": ""}
    data |= {"role": officer.role, "unit": officer.unit_id, "agency": "", "is_active": "on"}
    saved = client.post(f"/admin/accounts/user/{officer.pk}/change/", data)
    assert saved.status_code == 302, saved.context["errors"]
    client.logout()
    ask_for_a_link(client, "old@tamduong.example")
    assert "password/reset/key" not in mail.outbox[-1].body
    ask_for_a_link(client, "new@tamduong.example")
    assert "password/reset/key" in mail.outbox[-1].body


def test_the_letters_are_vietnamese_by_default(client, officer, settings):
    settings.LANGUAGE_CODE = "vi"
    client.post(RESET, {"email": officer.email})
    assert mail.outbox[0].subject == "Đặt lại mật khẩu Cổng nông thôn mới"


def test_links_are_not_asked_for_without_end(client, officer):
    for _attempt in range(5):
        assert ask_for_a_link(client, officer.email).status_code == 302
    response = ask_for_a_link(client, officer.email)
    assert response.status_code == 429
    assert "Retry-After" in response


def test_somebody_signed_in_is_led_to_the_own_work_by_the_page_of_too_many(client, officer):
    client.force_login(officer)
    while (response := change(client, oldpassword="wrong")).status_code == 200:
        pass
    assert response.status_code == 429
    page = response.content.decode()
    assert "To my work" in page
    assert "Back to sign-in" not in page
    client.logout()
    for _attempt in range(6):
        response = ask_for_a_link(client, officer.email)
    assert "Back to sign-in" in response.content.decode()
