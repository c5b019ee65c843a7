"""The frame's navigation: only pages that exist, one of them marked, no question to the database."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from accounts.models import Role, User
from ntm_portal import context


def page(request) -> HttpResponse:
    return HttpResponse()


def area(namespace: str, name: str):
    return include(([path("", page, name=name)], namespace))


urlpatterns = [
    path("", page, name="my_work"),
    path("assessments/", area("assessments", "list")),
    path("dashboard/", area("dashboard", "overview")),
]


@pytest.mark.urls(__name__)
def test_a_page_that_does_not_exist_yet_is_left_out() -> None:
    urls = [item.url for item in context.navigation(Role.LEADER, "/")]
    assert urls == ["/", "/dashboard/", "/assessments/"]


@pytest.mark.urls(__name__)
def test_a_commune_finds_its_assessments_before_the_overview() -> None:
    urls = [item.url for item in context.navigation(Role.COMMUNE_OFFICER, "/")]
    assert urls == ["/", "/assessments/", "/dashboard/"]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("where", "marked"),
    [
        ("/", ["/"]),
        ("/assessments/2023-q3/ban-bo/ntm/", ["/assessments/"]),
        ("/accounts/password/change/", []),
    ],
)
def test_the_item_that_holds_the_page_is_marked(where: str, marked: list[str]) -> None:
    items = context.navigation(Role.COMMUNE_OFFICER, where)
    assert [item.url for item in items if item.active] == marked


@pytest.mark.urls(__name__)
def test_more_items_than_fit_a_phone_go_behind_one_button(monkeypatch) -> None:
    monkeypatch.setattr(context, "BAR_SIZE", 2)
    request = RequestFactory().get("/")
    request.user = User(role=Role.LEADER)
    given = context.portal(request)
    assert len(given["nav"]) == 1
    assert len(given["nav_more"]) == 2


@pytest.mark.django_db
def test_the_frame_asks_the_database_nothing(django_assert_num_queries) -> None:
    request = RequestFactory().get("/")
    request.user = User(role=Role.ADMINISTRATOR)
    with django_assert_num_queries(0):
        given = context.portal(request)
    assert given["nav"]


def test_a_request_without_a_user_has_no_navigation() -> None:
    assert "nav" not in context.portal(SimpleNamespace(path="/"))
