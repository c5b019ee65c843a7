import pytest
from django.test import Client

from accounts.models import User
from criteria import definitions
from tests.demonstrated import demonstrated, demonstration

__all__ = ["demonstrated", "demonstration"]


@pytest.fixture(autouse=True)
def fresh_definitions():
    definitions.clear()
    yield
    definitions.clear()


@pytest.fixture
def client_of():
    """``client_of("phong.lao-dong")``: somebody signed in, who reads English."""

    def sign_in(username: str, language: str = "en") -> Client:
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(User.objects.get(username=username))
        return client

    return sign_in
