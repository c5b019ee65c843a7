"""What was typed into the entry form when the session had ended: kept until after sign-in.

Without a script the whole form comes as one POST. A person whose session ended would lose it all,
so the fields wait in the (still anonymous) session, which Django carries over at sign-in, and are
handed to the same page once, and to the same person: a form names who it was made for, and whoever
else signs in on that device next gets nothing of it. So do those of a form that was refused because
its person had signed in again meanwhile (``accounts.refused``).
"""

from django.http import HttpRequest, QueryDict

from accounts.models import User

SESSION_KEY = "unsaved_entry"
#: The field of a form that names the person it was made for.
TYPED_BY = "typed_by"
#: Pages whose refused POST is kept.
KEEPS_UNSAVED = frozenset(
    {
        "assessments:comment",
        "assessments:entry",
        "reports:texts",
        "reports:written_report",
    }
)
#: A written report whose five parts are full (20,000 letters of up to three bytes each) and some
#: more; a form of 57 rows with a note in each is a sixth of it. More is not from our forms.
MAX_BYTES = 320_000


def keep_unsaved(request: HttpRequest) -> bool:
    """Keep the posted fields for their own path; False when they are too many, or of another."""
    if request.user.is_authenticated and not _is_of(request.user, request.POST):
        return False
    data = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    size = sum(len(text.encode()) for name, values in data.items() for text in (name, *values))
    if size > MAX_BYTES:
        request.session.pop(SESSION_KEY, None)
        return False
    request.session[SESSION_KEY] = {"path": request.path, "data": data}
    return True


def take_unsaved(request: HttpRequest, path: str) -> QueryDict | None:
    """What this person typed for ``path``, once: afterwards it is gone. Another path gets nothing,
    and another person throws it away."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != path:
        return None
    del request.session[SESSION_KEY]
    fields = QueryDict(mutable=True)
    for name, values in kept["data"].items():
        fields.setlist(name, values)
    return fields if _is_of(request.user, fields) else None


def _is_of(person: User, fields: QueryDict) -> bool:
    """Whether the form was made for ``person``; one that names nobody may be anybody's."""
    return fields.get(TYPED_BY, str(person.pk)) == str(person.pk)


def has_unsaved(request: HttpRequest) -> bool:
    """Whether something waits: the sign-in page says so."""
    return SESSION_KEY in request.session
