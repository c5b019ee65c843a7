"""One row, read and changed: the same action as the form's, with the same trace."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments import actions
from assessments.errors import InvalidRow, Refused, StaleVersion
from assessments.models import Channel, IndicatorResult, ResultQuerySet
from ntm_portal.api import answers
from ntm_portal.api.facts import OneResultSerializer, with_everything
from ntm_portal.api.fields import AnyValue
from ntm_portal.api.parsers import ExactJSONParser
from ntm_portal.api.reading import PartialReader


class RowChangeSerializer(answers.StrictSerializer):
    """What to change; what is left out stays as it is.

    ``version`` is that of the row you changed. A value is a number, a text as people type it
    ("25,52"), true or false, one of the choices, or null for a blank.
    """

    version = answers.VersionField()
    values = serializers.DictField(
        child=AnyValue(allow_null=True),
        required=False,
        error_messages={"not_a_dict": answers.AN_OBJECT},
    )
    stated = serializers.BooleanField(allow_null=True, required=False)
    not_applicable = serializers.BooleanField(required=False)
    absence_reason = serializers.CharField(allow_blank=True, required=False, trim_whitespace=False)
    note = serializers.CharField(allow_blank=True, required=False, trim_whitespace=False)


class RowView(APIView):
    """One row in the scope of whoever asks."""

    parser_classes = [ExactJSONParser]

    def rows(self) -> ResultQuerySet:
        return IndicatorResult.objects.visible_to(self.request.user)

    def answer(self, pk: int) -> Response:
        try:
            return Response(OneResultSerializer(with_everything(self.rows()).get(pk=pk)).data)
        except IndicatorResult.DoesNotExist as gone:
            raise Http404 from gone

    def act(self, request: Request, pk: int, do) -> Response:
        """``do(rows)`` is the action; its refusals become answers, its success the row as it is."""
        try:
            do(self.rows())
        except IndicatorResult.DoesNotExist as gone:
            raise Http404 from gone
        except InvalidRow as invalid:
            return answers.invalid(invalid.errors)
        except Refused as refused:
            return answers.locked(refused)
        except StaleVersion as stale:
            return answers.conflict(stale, request.data)
        return self.answer(pk)


class Result(RowView):
    """One row of an assessment."""

    @extend_schema(responses=OneResultSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(pk)

    @extend_schema(
        request=RowChangeSerializer, responses={200: OneResultSerializer, **answers.REFUSALS}
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change a part of the row. Sending the same twice stores once."""
        asked = RowChangeSerializer(data=request.data)
        if (wrong := answers.read(asked)) is not None:
            return wrong
        change = dict(asked.validated_data)
        version = change.pop("version")
        return self.act(
            request,
            pk,
            lambda rows: actions.save_row(
                by=request.user,
                rows=rows,
                result_id=pk,
                version=version,
                read=PartialReader(rows, pk, change),
                channel=Channel.API,
            ),
        )
