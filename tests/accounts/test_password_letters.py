"""A Vietnamese password is the same password from every keyboard: composed (NFC) or not (NFD)."""

from unicodedata import normalize

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client

from accounts.models import Role, User
from tests.accounts.test_passwords import ask_for_a_link, change, link_in
from tests.accounts.test_sign_in import sign_in, signed_in

pytestmark = [pytest.mark.urls("tests.accounts.pages_urlconf"), pytest.mark.django_db]
FORMS = ["NFC", "NFD"]
NEW = "Núi cao 12345"


def written(form: str) -> str:
    return normalize(form, NEW)


def assert_both_forms_sign_in(name: str = "xa.ban-bo") -> None:
    for form in FORMS:
        client = Client()
        sign_in(client, name, written(form))
        assert signed_in(client), form


@pytest.mark.parametrize("form", FORMS)
def test_after_a_change_both_forms_sign_in(client, officer, form):
    client.force_login(officer)
    assert change(client, password1=written(form), password2=written(form)).status_code == 302
    assert_both_forms_sign_in()


@pytest.mark.parametrize("form", FORMS)
def test_after_a_reset_both_forms_sign_in(client, officer, form):
    ask_for_a_link(client, officer.email)
    action = client.get(link_in(mail.outbox[0]), follow=True).context["action_url"]
    client.post(action, {"password1": written(form), "password2": written(form)})
    assert_both_forms_sign_in()


@pytest.mark.parametrize("form", FORMS)
def test_what_the_administrator_sets_signs_in_in_both_forms(client, administrator, officer, form):
    client.force_login(administrator)
    typed = {"password1": written(form), "password2": written(form), "usable_password": "true"}
    answer = client.post(f"/admin/accounts/user/{officer.pk}/password/", typed)
    assert answer.status_code == 302
    assert_both_forms_sign_in()


@pytest.mark.parametrize("form", FORMS)
def test_a_new_account_signs_in_in_both_forms(client, administrator, form):
    client.force_login(administrator)
    typed = {"username": "moi", "role": Role.LEADER, "usable_password": "true"}
    typed |= {"password1": written(form), "password2": written(form)}
    assert client.post("/admin/accounts/user/add/", typed).status_code == 302
    assert_both_forms_sign_in("moi")


def test_an_account_of_the_command_line_signs_in_in_both_forms(db):
    User.objects.create_superuser("goc", "goc@tamduong.example", written("NFD"))
    assert_both_forms_sign_in("goc")


def test_the_current_password_may_be_typed_in_the_other_form(client, officer):
    officer.set_password(written("NFC"))
    officer.save()
    client.force_login(officer)
    assert change(client, oldpassword=written("NFD")).status_code == 302


def test_a_password_stored_decomposed_before_still_signs_in_as_it_is_typed(client, officer):
    User.objects.filter(pk=officer.pk).update(password=make_password(written("NFD")))
    sign_in(client, password=written("NFD"))
    assert signed_in(client)


def test_another_letter_is_another_password(client, officer):
    officer.set_password(NEW)
    officer.save()
    for wrong in ("Nui cao 12345", "Nụi cao 12345", "núi cao 12345", "\0"):
        sign_in(client, password=wrong)
        assert not signed_in(client)
    assert not officer.check_password(None)
