"""Somebody with a browser's manners: cookies, compressed answers, the token of the forms."""

import gzip
import time
from functools import cached_property
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import brotli
import zstandard

PASSWORD = "nongthonmoi"


UNPACK = {
    "": lambda raw: raw,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    # A page is packed as a stream whose size is not said beforehand.
    "zstd": lambda raw: zstandard.ZstdDecompressor().decompressobj().decompress(raw),
}


class Answer:
    """One answer: its status, its text, its weight on the wire, the seconds it took."""

    def __init__(self, response: HTTPResponse, raw: bytes, seconds: float) -> None:
        self.status = response.status
        self.bytes = len(raw)
        self.seconds = seconds
        self.raw = raw
        self.packing = response.headers.get("Content-Encoding", "")

    @cached_property
    def text(self) -> str:
        return UNPACK[self.packing](self.raw).decode("utf-8")


class Person:
    def __init__(self, address: str, packings: str = "zstd, br, gzip") -> None:
        self.packings = packings
        self.host = urlsplit(address).netloc
        self.address = address
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            "HX-Request": "true",
            "Origin": self.address,
        }
        return self._ask("POST", path, urlencode(fields), headers)

    def sign_in(self, username: str) -> None:
        fields = form_fields(self.get("/accounts/login/").text)
        self._ask(
            "POST",
            "/accounts/login/",
            urlencode(fields | {"login": username, "password": PASSWORD}),
            {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address},
        )
        if "sessionid" not in self.cookies:
            raise RuntimeError(f"{username} could not sign in")

    def _ask(self, method: str, path: str, body: str | None = None, headers=None) -> Answer:
        asked = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Encoding": self.packings,
            "Accept-Language": "vi",
            "Accept": "text/html, application/json;q=0.9",
        }
        start = time.perf_counter()
        connection = HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path, body, asked | (headers or {}))
            response = connection.getresponse()
            raw = response.read()
        finally:
            connection.close()
        seconds = time.perf_counter() - start
        self._keep_cookies(response)
        return Answer(response, raw, seconds)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


class _Fields(HTMLParser):
    """The named fields of a page with the values that a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        name = given.get("name")
        if tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        if tag != "input" or not name:
            return
        if given.get("type") in ("radio", "checkbox") and "checked" not in given:
            return
        self.fields[name] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = None


def form_fields(html: str) -> dict[str, str]:
    parser = _Fields()
    parser.feed(html)
    return parser.fields
