"""JSON whose numbers stay what was written: 25.52 is never a binary fraction on its way in."""

from __future__ import annotations

import json
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

#: Bytes of one request, as the sentence below says. A row with the longest note and reason is a tenth of it.
LIMIT = 200_000


class TooLong(APIException):
    """Not unreadable: nothing of it was read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_long"
    default_detail = _(
        "The text is longer than the portal takes at once (200 kB), so nothing of it was kept. "
        "Shorten the note, or attach it as a file."
    )


class ExactJSONParser(JSONParser):
    """Fractions as ``Decimal``; what JSON does not know (NaN, half a character) is refused."""

    def parse(self, stream, media_type=None, parser_context=None):
        body = stream.read(LIMIT + 1)
        if len(body) > LIMIT:
            raise TooLong
        try:
            data = json.loads(body.decode("utf-8"), parse_float=Decimal, parse_constant=_refuse)
            _text_of(data).encode("utf-8")  # lone surrogates can neither be stored nor answered
        except (ValueError, ArithmeticError, RecursionError) as error:
            raise ParseError("JSON parse error") from error
        return data


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _text_of(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, default=str)
