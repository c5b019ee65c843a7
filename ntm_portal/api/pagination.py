"""Pages of a list: ``limit`` (at most 500) and ``offset``."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

#: More rows than any list of ours can have, and a number that every database holds.
FARTHEST = 10**9


class Pages(LimitOffsetPagination):
    default_limit = 100
    #: Without an upper limit a huge one would be a number that the database cannot hold.
    max_limit = 500

    def get_limit(self, request: Request) -> int:
        asked = _number(request, self.limit_query_param, least=1)
        return self.default_limit if asked is None else min(asked, self.max_limit)

    def get_offset(self, request: Request) -> int:
        return _number(request, self.offset_query_param, least=0) or 0


def _number(request: Request, name: str, *, least: int) -> int | None:
    """None where nothing was asked; a page that cannot be is refused, not replaced by another."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    number = min(int(text), FARTHEST) if text.isascii() and text.isdigit() else -1
    if number < least:
        raise ValidationError({name: _("This is not a number of rows.")})
    return number
