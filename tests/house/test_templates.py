"""The strict content-security policy begins in the templates."""

import re
from html.parser import HTMLParser

import pytest

from accounts.refused import NOT_TYPED
from tests.house.source import ROOT, templates

TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
LOADING = {"src", "href", "srcset", "poster", "data", "action", "formaction"}


class Inline(HTMLParser):
    """Collects what the policy would refuse: inline code, inline looks, another host's files."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "script" and "src" not in given:
            self._note("a script without src")
        if tag == "style":
            self._note("a style element")
        for name, value in given.items():
            self._look_at(tag, name, value or "")

    def _look_at(self, tag: str, name: str, value: str) -> None:
        value = value.strip().lower()
        if name == "style":
            self._note(f"a style attribute on <{tag}>")
        if re.match(r"on[a-z]+$|hx-on|data-hx-on", name):
            self._note(f"{name} on <{tag}>")
        if value.startswith(("javascript:", "js:")):
            self._note(f"code in {name} on <{tag}>")
        elsewhere = name in LOADING and re.match(r"(https?:)?//", value)
        if elsewhere and not (tag == "a" and name == "href"):
            self._note(f"{value} on <{tag}>")

    def _note(self, what: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {what}")


def inline_parts(source: str) -> list[str]:
    def keep_lines(match: re.Match) -> str:
        return "\n" * match[0].count("\n") + " "

    parser = Inline()
    parser.feed(VARIABLE.sub("x", TEMPLATE_TAG.sub(keep_lines, source)))
    return parser.found


def test_no_template_has_inline_code_or_looks():
    found = [
        f"{path.relative_to(ROOT)} {part}"
        for path in templates()
        for part in inline_parts(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<style>a{}</style>",
        '<p style="color:red">',
        '<p {% if x %}style="color:red"{% endif %}>',
        '<button onclick="go()">',
        '<button hx-on:click="go()">',
        '<a href="javascript:go()">',
        '<script src="https://elsewhere.example/x.js"></script>',
        '<img src="//elsewhere.example/x.png">',
    ],
)
def test_each_forbidden_thing_is_seen(source):
    assert inline_parts(source)


def test_what_is_allowed_is_not_reported():
    source = (
        '<a href="https://thuvienphapluat.vn/">{{ law }}</a>'
        "{# <script>a comment</script> #}"
        '<script src="{% static "js/portal.js" %}" defer></script>'
    )
    assert inline_parts(source) == []


def test_no_hidden_field_is_shown_as_typed_when_a_form_is_refused():
    fields = [
        (path.name, name.replace("{{ redirect_field_name }}", "next"))
        for path in templates()
        for field in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", path.read_text("utf-8"))
        for name in re.findall(r"\bname=\"([^\"]+)\"", field)
    ]
    assert len(fields) > 20
    assert [one for one in fields if not NOT_TYPED.search(VARIABLE.sub("7", one[1]))] == []
