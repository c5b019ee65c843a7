"""Signing in and out: every refusal as carefully as every success."""

import unicodedata

import pytest

from accounts.demonstration import demonstration_accounts
from accounts.models import Role
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.urls("tests.accounts.pages_urlconf"), pytest.mark.django_db]
LOGIN = "/accounts/login/"
ENGLISH = {"accept-language": "en"}


def sign_in(client, name="xa.ban-bo", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password, **more}, headers=ENGLISH)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_in_leads_to_my_work(client, officer):
    assert sign_in(client)["Location"] == "/"
    assert signed_in(client)


@pytest.mark.parametrize("name", ["Xa.Ban-Bo", "XA.BAN-BO", "  xa.ban-bo ", "xa.ban-bo"])
def test_the_username_may_be_typed_as_a_phone_types_it(client, officer, name):
    assert sign_in(client, name).status_code == 302
    assert signed_in(client)


def test_a_username_in_decomposed_letters_is_the_same_username(client, officer):
    officer.username = "xã.bản-bo"
    officer.save()
    sign_in(client, unicodedata.normalize("NFD", "xã.bản-bo"))
    assert signed_in(client)


def test_it_leads_on_to_the_page_that_was_asked_for(client, officer):
    assert sign_in(client, next="/assessments/?period=2023-q3")["Location"] == (
        "/assessments/?period=2023-q3"
    )


@pytest.mark.parametrize(
    "trap",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "http:///elsewhere.example",
    ],
)
def test_it_never_leads_to_another_host(client, officer, trap):
    assert sign_in(client, next=trap)["Location"] == "/"


def test_a_wrong_password_is_said_beside_its_field_and_the_username_stays(client, officer):
    response = sign_in(client, password="wrong")
    form = response.context["form"]
    assert response.status_code == 200
    assert form.errors["password"] == [
        "The username or the password is not right. Check both and try again."
    ]
    assert not form.non_field_errors()
    page = response.content.decode()
    assert 'value="xa.ban-bo"' in page
    assert 'value="wrong"' not in page
    assert not signed_in(client)


def test_an_unknown_name_gets_the_very_same_answer(client, officer):
    known = sign_in(client, password="wrong").context["form"].errors
    unknown = sign_in(client, name="xa.nowhere").context["form"].errors
    assert known == unknown


def test_an_empty_form_says_what_is_missing(client):
    form = client.post(LOGIN, {}, headers=ENGLISH).context["form"]
    assert set(form.errors) == {"login", "password"}


def test_an_account_that_is_switched_off_is_told_so_and_does_not_get_in(client, officer):
    officer.is_active = False
    officer.save()
    response = sign_in(client)
    assert response["Location"] == "/accounts/inactive/"
    assert not signed_in(client)
    assert (
        "This account is closed"
        in client.get("/accounts/inactive/", headers=ENGLISH).content.decode()
    )


def test_with_a_wrong_password_nobody_learns_that_an_account_is_switched_off(client, officer):
    officer.is_active = False
    officer.save()
    assert sign_in(client, password="wrong").status_code == 200


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, officer):
    for _attempt in range(5):
        assert "not right" in sign_in(client, password="wrong").content.decode()
    response = sign_in(client)
    assert "Wait five minutes" in response.context["form"].errors["password"][0]
    assert not signed_in(client)


def test_writing_the_name_differently_gives_no_further_attempts(client, officer):
    for name in ["xa.ban-bo", "Xa.ban-bo", "XA.BAN-BO", " xa.ban-bo", "xa.Ban-Bo"]:
        sign_in(client, name, password="wrong")
    assert not sign_in(client).context["form"].is_valid()


def test_another_account_is_not_held_up_by_the_attempts_on_the_first(client, officer, people):
    for _attempt in range(5):
        sign_in(client, password="wrong")
    assert sign_in(client, "lanhdao").status_code == 302


def test_an_office_that_shares_one_address_has_more_attempts_than_an_account(client, officer):
    for number in range(29):
        sign_in(client, f"xa.{number}", password="wrong")
    assert sign_in(client).status_code == 302


def test_who_meets_the_limit_of_the_others_is_told_that_it_is_the_networks(client, officer):
    for number in range(30):
        sign_in(client, f"xa.{number}", password="wrong")
    for _again in range(7):  # being refused does not count against the account
        said = sign_in(client).context["form"].errors["password"][0]
        assert "from this network" in said
        assert "Wait a minute" in said
        assert "five minutes" not in said
    assert not signed_in(client)


def test_an_account_with_its_own_wrong_passwords_is_told_so_there_too(client, officer):
    for _attempt in range(5):
        sign_in(client, password="wrong")
    for number in range(25):
        sign_in(client, f"xa.{number}", password="wrong")
    assert "Wait five minutes" in sign_in(client).context["form"].errors["password"][0]


def test_too_many_requests_from_one_place_get_a_page_that_says_when_to_come_back(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    sign_in(client, password="wrong")
    sign_in(client, password="wrong")
    response = sign_in(client)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Try again in 60 seconds" in response.content.decode()


def test_without_the_tick_the_session_ends_with_the_browser(client, officer):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()


def test_with_the_tick_it_stays_as_long_as_the_setting_says(client, officer, settings):
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() <= settings.SESSION_COOKIE_AGE


def test_the_session_gets_a_new_key_at_sign_in(client, officer):
    client.post("/assessments/2023-q3/ban-bo/ntm/", {"r1": "1"})
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_somebody_signed_in_is_not_asked_again(client, officer):
    client.force_login(officer)
    assert client.get(LOGIN)["Location"] == "/"


def test_looking_at_the_sign_out_page_signs_nobody_out(client, officer):
    client.force_login(officer)
    assert 'action="/accounts/logout/"' in client.get("/accounts/logout/").content.decode()
    assert signed_in(client)


def test_signing_out_is_a_post(client, officer):
    client.force_login(officer)
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert not signed_in(client)


def test_nobody_registers_themselves(client):
    page = client.get("/accounts/signup/", headers=ENGLISH).content.decode()
    assert "Accounts are not registered here" in page
    assert "<input" not in page.split("<main")[1]


def test_a_registration_sent_all_the_same_makes_no_account(client, django_user_model):
    client.post(
        "/accounts/signup/",
        {
            "username": "intruder",
            "email": "i@example.org",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert not django_user_model.objects.filter(username="intruder").exists()


def test_the_page_speaks_vietnamese_unless_english_was_chosen(client, settings):
    settings.LANGUAGE_CODE = "vi"
    assert '<html lang="vi">' in client.get(LOGIN).content.decode()
    client.post("/i18n/", {"language": "en", "next": LOGIN})
    assert '<html lang="en">' in client.get(LOGIN).content.decode()


def test_in_demonstration_mode_a_link_fills_the_name_in(client, officer):
    page = client.get(f"{LOGIN}?next=/assessments/", headers=ENGLISH).content.decode()
    assert "?next=%2Fassessments%2F&amp;as=xa.ban-bo" in page
    filled = client.get(f"{LOGIN}?as=xa.ban-bo&next=/assessments/").content.decode()
    assert 'value="xa.ban-bo"' in filled
    assert 'name="next" value="/assessments/"' in filled


def test_outside_demonstration_mode_no_account_is_named(client, officer, settings):
    settings.DEMO = False
    page = client.get(f"{LOGIN}?as=xa.ban-bo").content.decode()
    assert "nongthonmoi" not in page
    assert 'value="xa.ban-bo"' not in page
    assert "demo-accounts" not in page


def test_the_list_of_accounts_is_grouped_by_role_and_leaves_out_others(people):
    people[Role.LEADER].is_active = False
    people[Role.LEADER].save()
    listed = [name for group in demonstration_accounts() for name, _scope in group.accounts]
    assert listed == ["xa.ban-bo", "phong.noi-vu", "phong.nong-nghiep", "quantri"]


def test_the_list_does_not_ask_the_database_for_each_account(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        demonstration_accounts()
