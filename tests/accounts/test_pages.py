"""The table of pages against the URLconf, and each role against the table."""

import pytest

from accounts.models import Role
from accounts.permissions import PAGES, access_to
from tests.accounts.named_pages import page_names, path_of

#: The administration has hundreds of names under one line; a few stand for them.
ADMIN_SAMPLES = ("admin:index", "admin:login", "admin:accounts_user_changelist", "admin:jsi18n")


def test_every_page_has_a_line_in_the_table():
    missing = sorted(name for name in page_names() if access_to(name) is None)
    assert missing == []


def test_every_line_of_the_table_means_a_page():
    names = page_names()
    namespaces = {f"{name.split(':')[0]}:*" for name in names if ":" in name}
    assert sorted(set(PAGES) - set(names) - namespaces) == []


def sampled_paths() -> dict[str, str]:
    names = (name for name in page_names() if not name.startswith("admin:"))
    return {name: path_of(name) for name in (*names, *ADMIN_SAMPLES)}


def asks_to_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/accounts/login/?")


@pytest.mark.django_db
def test_somebody_signed_out_is_asked_to_sign_in_wherever_the_table_says_so(client):
    wrong = []
    for name, path in sampled_paths().items():
        access = access_to(name)
        response = client.get(path)
        if access.answers_itself:
            fits = response.status_code in (401, 403, 405)
        else:
            fits = asks_to_sign_in(response) != access.public
        if not fits:
            wrong.append((name, response.status_code))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_the_table_says_and_nothing_else(client, people, role):
    wrong = []
    for name, path in sampled_paths().items():
        access = access_to(name)
        if access.answers_itself:
            continue
        client.force_login(people[role])
        response = client.get(path)
        refused = response.status_code == 403
        if refused == access.allows(people[role]) or asks_to_sign_in(response):
            wrong.append((name, response.status_code))
    assert wrong == []


def test_a_namespace_line_covers_its_names_and_no_others():
    assert access_to("admin:accounts_user_add") is PAGES["admin:*"]
    assert access_to("administration") is None
    assert access_to("elsewhere:index") is None
