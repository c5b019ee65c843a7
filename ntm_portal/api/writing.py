"""One row, read and changed: the same action as the form's, with the same trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments import actions
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.models import Channel, IndicatorResult, ResultQuerySet
from ntm_portal.api.facts import ResultSerializer, value_json, with_everything
from ntm_portal.api.fields import AnyValue
from ntm_portal.api.parsers import ExactJSONParser
from ntm_portal.api.reading import PartialReader


class RowChangeSerializer(serializers.Serializer):
    """What to change; what is left out stays as it is.

    ``version`` is that of the row you changed. A value is a number, a text as people type it
    ("25,52"), true or false, one of the choices, or null for a blank.
    """

    version = serializers.IntegerField(min_value=0)
    values = serializers.DictField(child=AnyValue(allow_null=True), required=False)
    stated = serializers.BooleanField(allow_null=True, required=False)
    not_applicable = serializers.BooleanField(required=False)
    absence_reason = serializers.CharField(allow_blank=True, required=False, trim_whitespace=False)
    note = serializers.CharField(allow_blank=True, required=False, trim_whitespace=False)

    def to_internal_value(self, data: Any) -> dict:
        known = super().to_internal_value(data)
        unknown = data.keys() - self.fields.keys()
        if unknown:
            raise serializers.ValidationError(
                {name: _("There is no such field.") for name in unknown}
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
    values = serializers.DictField(child=AnyValue())
    stated = serializers.BooleanField(allow_null=True)
    not_applicable = serializers.BooleanField()
    absence_reason = serializers.CharField()
    note = serializers.CharField()
    changed_by = serializers.CharField()
    changed_at = serializers.DateTimeField(allow_null=True)


class ConflictSerializer(serializers.Serializer):
    """Somebody was faster: what the row holds now beside what you sent."""

    detail = serializers.CharField()
    version = serializers.IntegerField()
    current = HeldSerializer()
    yours = serializers.DictField(child=AnyValue())


class Result(APIView):
    """One row of an assessment."""

    parser_classes = [ExactJSONParser]

    def _rows(self) -> ResultQuerySet:
        return IndicatorResult.objects.visible_to(self.request.user)

    def _answer(self, pk: int) -> Response:
        try:
            return Response(ResultSerializer(with_everything(self._rows()).get(pk=pk)).data)
        except IndicatorResult.DoesNotExist as gone:
            raise Http404 from gone

    @extend_schema(responses=ResultSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return self._answer(pk)

    @extend_schema(
        request=RowChangeSerializer,
        responses={
            200: ResultSerializer,
            400: ErrorsSerializer,
            403: LockedSerializer,
            404: OpenApiResponse(description="There is no such row for you."),
            409: ConflictSerializer,
        },
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change a part of the row. Sending the same twice stores once."""
        asked = RowChangeSerializer(data=request.data)
        if not asked.is_valid():
            return _invalid({name: _first(errors) for name, errors in asked.errors.items()})
        change = dict(asked.validated_data)
        version = change.pop("version")
        rows = self._rows()
        try:
            actions.save_row(
                by=request.user,
                rows=rows,
                result_id=pk,
                version=version,
                read=PartialReader(rows, pk, change),
                channel=Channel.API,
            )
        except IndicatorResult.DoesNotExist as gone:
            raise Http404 from gone
        except InvalidRow as invalid:
            return _invalid(invalid.errors)
        except Refused as refused:
            locked = {"detail": str(refused), "lock": refused.lock.value}
            return Response(locked, status=status.HTTP_403_FORBIDDEN)
        except StaleVersion as stale:
            return _conflict(stale, request.data)
        return self._answer(pk)


def _first(errors: object) -> str:
    """The first sentence of a field's errors, however deep DRF nests it."""
    while isinstance(errors, Mapping | list):
        errors = next(iter(errors.values() if isinstance(errors, Mapping) else errors))
    return str(errors)


def _invalid(errors: Mapping[str, object]) -> Response:
    sentences = {name: str(sentence) for name, sentence in errors.items()}
    answer = {"detail": " ".join(sentences.values()), "errors": sentences}
    return Response(answer, status=status.HTTP_400_BAD_REQUEST)


def _conflict(stale: StaleVersion, sent: Mapping[str, object]) -> Response:
    held = stale.result
    current = {
        "values": {key: value_json(value) for key, value in stale.values.items()},
        "stated": held.stated,
        "not_applicable": held.not_applicable,
        "absence_reason": held.absence_reason,
        "note": held.note,
        "changed_by": held.changed_by.display_name if held.changed_by else "",
        "changed_at": held.changed_at and localtime(held.changed_at),
    }
    answer = {
        "detail": _("Somebody changed this row since you read it."),
        "version": held.version,
        "current": current,
        "yours": {name: value for name, value in sent.items() if name != "version"},
    }
    return Response(answer, status=status.HTTP_409_CONFLICT)
