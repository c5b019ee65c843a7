"""What becomes of a form that was refused because its token was of an earlier sign-in.

Nothing of it is acted on. But whoever typed it has lost it otherwise: our pages are not stored by
the browser, so "back" shows them empty. What is kept or shown comes from a page of ours only. A
foreign site can send a form in a person's name, and would else plant texts of its own as theirs;
it cannot choose the ``Origin`` (or ``Referer``) that the browser adds.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, UnreadablePostError

from accounts.permissions import access_to
from accounts.unsaved import KEEPS_UNSAVED, keep_unsaved

#: Fields that nobody types, or nobody may read over a shoulder: hidden ones, ticks, secrets.
NOT_TYPED = re.compile(
    r"token|password|version|typed_by|_FORMS$|^was-|-(id|was|choice|na|nothing)$|"
    r"^(next|do|login|id|row|keep|recheck|shown|confirm|go|draft|seen|sending|fingerprint|issue|"
    r"format|show|period|term|year|newest|days|required|choice|unit|agency)$",
    re.IGNORECASE,
)
#: Buttons, radios and ticks, whose value is a word of ours ("return", "not_met"): what is typed
#: into another field may be such a word as well. The value of a row may be a radio's.
_CHOSEN = re.compile(
    r"^(act|changed|decision|kind|knowing|language|position|role|verdict)$|"
    r"^(mail|portal)-|-value$",
)
_CHOICE = re.compile(r"[a-z][a-z_-]*")


@dataclass(frozen=True)
class RefusedForm:
    """What the page of the refusal can give back."""

    texts: list[str]
    #: The page that held the form, or nothing where the browser did not say.
    page: str


def is_from_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very host sent the form. Silence is no yes."""
    page = _split(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return (page.scheme, page.netloc) == (request.scheme, request.get_host())


def _split(address: str):
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def keep_for_its_page(request: HttpRequest) -> bool:
    """Keep it as at the end of a session; False where its page cannot show it again."""
    name = request.resolver_match.view_name
    if name not in KEEPS_UNSAVED or not _is_ours(request):
        return False
    signed_in = request.user.is_authenticated
    return (not signed_in or access_to(name).allows(request.user)) and keep_unsaved(request)


def refused_form(request: HttpRequest) -> RefusedForm:
    """Every text that was typed, in the order of the form; none of a sign-in form."""
    if not _is_ours(request):
        return RefusedForm([], "")
    texts = [
        text
        for name, values in request.POST.lists()
        for text in values
        if text.strip() and not NOT_TYPED.search(name) and not _is_chosen(name, text)
    ]
    referrer = _split(request.headers.get("Referer", ""))
    page = urlunsplit(("", "", referrer.path, referrer.query, ""))
    return RefusedForm(texts, page if re.match(r"/(?![/\\])", page) else "")


def _is_chosen(name: str, value: str) -> bool:
    return bool(_CHOSEN.search(name) and _CHOICE.fullmatch(value))


def _is_ours(request: HttpRequest) -> bool:
    """A form of ours, sent by its button, whose fields came whole. A script keeps its own, and
    would take the page that a redirect leads to for a success."""
    if request.method != "POST" or not request.accepts("text/html"):
        return False
    if not is_from_own_page(request):
        return False
    try:
        return bool(request.POST)
    except UnreadablePostError:  # the connection broke: nobody listens any more
        return False
