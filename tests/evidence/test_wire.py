"""Uploads over a real connection to a real server: too much, and too little."""

import socket
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from assessments.models import Evidence
from ntm_portal.uploads import MEGABYTE
from tests import factories
from tests.evidence.bodies import BOUNDARY, big_upload
from tests.evidence.test_pages import page_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server):
    call_command("load_reference", verbosity=0)
    factories.open_quarter(2023, 3)
    return urlsplit(live_server.url).netloc


@pytest.fixture
def headers(address):
    client = Client()
    client.force_login(factories.officer())
    client.get("/accounts/")
    token = "a" * 32
    return {
        "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
        "X-CSRFToken": token,
        "Origin": f"http://{address}",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "HX-Request": "true",
    }


def test_whoever_sends_too_much_hears_why(address, headers, settings, stored):
    settings.EVIDENCE_MAX_BYTES = 100
    body = big_upload(3 * MEGABYTE)
    connection = HTTPConnection(address, timeout=30)
    connection.request("POST", page_of(), body, headers | {"Content-Length": str(body.length)})
    answer = connection.getresponse()
    assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "quá mức" in answer.read().decode()
    connection.close()
    assert stored() == []


def test_an_upload_that_breaks_off_leaves_nothing(address, headers, stored, caplog):
    body = big_upload(4 * MEGABYTE)
    host, port = address.split(":")
    path = page_of()
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        lines = [f"POST {path} HTTP/1.1", f"Host: {address}", f"Content-Length: {body.length}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        sent = 0
        while sent < MEGABYTE:
            sent += connection.send(body.read(65536))
        _wait_until(stored)  # it is under way
    _wait_until(lambda: not stored())
    assert Evidence.objects.count() == 0


def _wait_until(true, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert true()
