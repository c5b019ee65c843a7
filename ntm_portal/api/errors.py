"""Every refusal of the API in the reader's language, and none that names a class of ours."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import (
    APIException,
    NotFound,
    ParseError,
    PermissionDenied,
    ValidationError,
)
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ntm_portal.api import answers


def in_our_words(error: Exception, context: dict) -> Response | None:
    """Django REST framework's handler, given sentences that its catalogue does not translate."""
    if isinstance(error, ValidationError) and isinstance(error.detail, dict):
        return answers.invalid(answers.first_of_each(error.detail))
    return exception_handler(_told(error), context)


def _told(error: Exception) -> Exception:
    match error:
        case Http404():
            return NotFound()  # Django's own sentence would name the model
        case ParseError():
            return ParseError(_("What was sent could not be read as JSON."))
        case PermissionDenied() if str(error.detail).startswith("CSRF"):
            return _csrf()
        case _:
            return error


def _csrf() -> APIException:
    return PermissionDenied(_("The CSRF token is missing or wrong: load the page again."))
