"""Pages as a signed-in person meets them."""

from django.test import Client

from accounts.models import User


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def page(username: str, path: str, status: int = 200) -> str:
    response = signed_in(username).get(path)
    assert response.status_code == status
    return response.content.decode()


def post(username: str, path: str, **data):
    return signed_in(username).post(path, data)
