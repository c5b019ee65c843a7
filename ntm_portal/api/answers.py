"""How a change is refused, in one form for every address that changes something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers, status
from rest_framework.response import Response

from assessments.errors import Refused, StaleVersion, StorageUnreachable
from assessments.last_hand import last_hand
from assessments.rows import shortened
from ntm_portal.api.facts import values_json
from ntm_portal.api.fields import AnyValue


class VersionField(serializers.IntegerField):
    """The version of what is changed, as it was read."""

    default_error_messages = {
        "required": gettext_lazy("Send the version of the row that you read.")
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=0, **kwargs)


#: The framework's own sentences name the types of Python: "list", "dict".
AN_OBJECT = gettext_lazy("Send names with their values here (an object of JSON).")
A_LIST = gettext_lazy("Send a list here (an array of JSON).")


class StrictSerializer(serializers.Serializer):
    """A field that does not exist is a mistake, not something to be left out."""

    default_error_messages = {"invalid": AN_OBJECT}

    def to_internal_value(self, data: Any) -> dict:
        known = super().to_internal_value(data)
        unknown = data.keys() - self.fields.keys()
        if unknown:
            raise serializers.ValidationError(
                {
                    name: _("There is no field “%(name)s”.") % {"name": shortened(name)}
                    for name in sorted(unknown)
                }
            )
        return known


class ErrorsSerializer(serializers.Serializer):
    """``errors``: a sentence for each field, a value's under its own key."""

    detail = serializers.CharField()
    errors = serializers.DictField(child=serializers.CharField())


class LockedSerializer(serializers.Serializer):
    """``lock`` names why nothing can be changed, ``detail`` says it in a sentence."""

    detail = serializers.CharField()
    lock = serializers.CharField()


class HeldSerializer(serializers.Serializer):
    """``changed_by``: who was faster, whether by entering, deciding or sending again."""

    values = serializers.DictField(child=AnyValue())
    stated = serializers.BooleanField(allow_null=True)
    not_applicable = serializers.BooleanField()
    absence_reason = serializers.CharField()
    note = serializers.CharField()
    declared_verdict = serializers.CharField()
    review = serializers.CharField()
    verified_verdict = serializers.CharField(allow_blank=True)
    review_reason = serializers.CharField(allow_blank=True)
    changed_by = serializers.CharField()
    changed_at = serializers.DateTimeField(allow_null=True)


class ConflictSerializer(serializers.Serializer):
    """Somebody was faster: what the row holds now beside what you sent."""

    detail = serializers.CharField()
    version = serializers.IntegerField()
    current = HeldSerializer()
    yours = serializers.DictField(child=AnyValue())


#: What every act on a row may answer besides its success.
REFUSALS = {
    400: ErrorsSerializer,
    403: LockedSerializer,
    404: OpenApiResponse(description="There is no such row for you."),
    409: ConflictSerializer,
}


def read(asked: serializers.Serializer) -> Response | None:
    """None when what was sent can be used; else the answer that says what is wrong with it."""
    if asked.is_valid():
        return None
    if asked.initial_data is None:  # DRF's sentence for it stands in no catalogue
        return invalid({"non_field_errors": _("Nothing was sent. Send a JSON object.")})
    return invalid(first_of_each(asked.errors))


def first_of_each(errors: Mapping[str, object]) -> dict[str, str]:
    return {name: _first(found) for name, found in errors.items()}


def _first(errors: object) -> str:
    """The first sentence of a field's errors, however deep DRF nests it."""
    while isinstance(errors, Mapping | list):
        errors = next(iter(errors.values() if isinstance(errors, Mapping) else errors))
    return str(errors)


def invalid(errors: Mapping[str, object]) -> Response:
    sentences = {name: str(sentence) for name, sentence in errors.items()}
    once = dict.fromkeys(sentences.values())
    answer = {"detail": " ".join(once), "errors": sentences}
    return Response(answer, status=status.HTTP_400_BAD_REQUEST)


def unreachable(fault: StorageUnreachable) -> Response:
    """The same file may be taken in a few minutes."""
    answer = {"detail": str(fault), "errors": {"file": str(fault)}}
    return Response(answer, status=503, headers={"Retry-After": "120"})


def locked(refused: Refused) -> Response:
    answer = {"detail": str(refused), "lock": refused.lock.value}
    return Response(answer, status=status.HTTP_403_FORBIDDEN)


def conflict(stale: StaleVersion, sent: Mapping[str, object]) -> Response:
    held = stale.result
    who, when = last_hand(held)
    current = {
        "values": values_json(held, stale.values),
        "stated": held.stated,
        "not_applicable": held.not_applicable,
        "absence_reason": held.absence_reason,
        "note": held.note,
        "declared_verdict": held.declared_verdict,
        "review": held.review,
        "verified_verdict": held.verified_verdict,
        "review_reason": held.review_reason,
        "changed_by": who.display_name if who else "",
        "changed_at": when and localtime(when),
    }
    answer = {
        "detail": _("Somebody changed this row since you read it."),
        "version": held.version,
        "current": current,
        "yours": {name: value for name, value in sent.items() if name != "version"},
    }
    return Response(answer, status=status.HTTP_409_CONFLICT)
