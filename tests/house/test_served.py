"""The portal as ``make run`` serves it: gunicorn, collected files, a demonstration of its own."""

import re
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from bench.person import Person
from bench.server import served_demonstration

STATIC = re.compile(r"""(?:href|src)="(/static/[^"#]+)""")


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> str:
    with served_demonstration(tmp_path_factory.mktemp("served")) as address:
        yield address


def ask(address: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def sign_in_page(served) -> str:
    response, body = ask(served, "/accounts/login/")
    assert response.status == 200
    return body.decode()


def test_every_static_file_of_a_page_is_there_for_ever_and_compressed(served, sign_in_page):
    files = STATIC.findall(sign_in_page)
    assert files
    for path in files:
        response, _body = ask(served, path, **{"Accept-Encoding": "br, gzip"})
        assert response.status == 200, path
        assert "immutable" in response.headers["Cache-Control"], path
        if path.endswith((".css", ".js", ".svg")):
            assert response.headers["Content-Encoding"] == "br", path


def test_the_policy_of_every_page_lets_in_only_our_own_files(served):
    response, _body = ask(served, "/accounts/login/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_page_of_another_origin_may_not_frame_ours(served):
    response, _body = ask(served, "/accounts/login/")
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("account", ["xa.ban-bo", "phong.nong-nghiep", "lanhdao", "quantri"])
def test_a_demonstration_account_signs_in_and_has_work(served, account):
    person = Person(served)
    person.sign_in(account)
    assert person.get("/").status == 200


def test_a_name_that_is_not_ours_is_not_answered(served):
    response, _body = ask(served, "/healthz", Host="elsewhere.example")
    assert response.status == 400


@pytest.mark.parametrize("accepted", ["zstd, br, gzip", "br, gzip", "gzip", "identity"])
def test_a_page_is_packed_as_well_as_the_browser_can(served, accepted):
    response, _body = ask(served, "/accounts/login/", **{"Accept-Encoding": accepted})
    best = accepted.split(",")[0]
    packed = response.headers.get("Content-Encoding")
    assert packed == (None if best == "identity" else best)
