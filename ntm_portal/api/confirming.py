"""Many rows confirmed in one request: the verification page's act, with an answer for each row."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments.models import Channel, IndicatorResult
from assessments.reviewing import confirm_many
from ntm_portal.api import answers
from ntm_portal.api.parsers import ExactJSONParser

#: More than the rows of one quarter of a district's communes.
ROWS_AT_ONCE = 1000
BIGGEST = 2**63 - 1


class OneRowSerializer(answers.StrictSerializer):
    """A row and the version of it that you looked at."""

    id = serializers.IntegerField(min_value=1, max_value=BIGGEST)
    version = answers.VersionField(max_value=BIGGEST)


class ManySerializer(answers.StrictSerializer):
    rows = OneRowSerializer(many=True, error_messages={"not_a_list": answers.A_LIST})

    def validate_rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not rows:
            raise serializers.ValidationError(_("Name at least one row."))
        if len(rows) > ROWS_AT_ONCE:
            raise serializers.ValidationError(
                _("At most %(limit)s rows at once.") % {"limit": ROWS_AT_ONCE}
            )
        if len({row["id"] for row in rows}) < len(rows):
            raise serializers.ValidationError(_("Name each row once."))
        return rows


class RowAnswerSerializer(serializers.Serializer):
    """``detail``: why it was not confirmed; empty where it was. ``version`` and ``review`` as they
    are now, null for a row that is not there for you."""

    id = serializers.IntegerField()
    confirmed = serializers.BooleanField()
    detail = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    review = serializers.CharField(allow_null=True)


class ManyAnsweredSerializer(serializers.Serializer):
    confirmed = serializers.IntegerField()
    rows = RowAnswerSerializer(many=True)


class ConfirmMany(APIView):
    parser_classes = [ExactJSONParser]

    @extend_schema(
        operation_id="results_confirm_many",
        request=ManySerializer,
        responses={200: ManyAnsweredSerializer, 400: answers.ErrorsSerializer},
        description=gettext_lazy(
            "Verify many rows as declared, only those that are unchanged since they were verified last quarter. Each is answered by itself, in the order you sent."
        ),
    )
    def post(self, request: Request) -> Response:
        asked = ManySerializer(data=request.data)
        if (wrong := answers.read(asked)) is not None:
            return wrong
        versions = {row["id"]: row["version"] for row in asked.validated_data["rows"]}
        scope = IndicatorResult.objects.visible_to(request.user)
        done = confirm_many(by=request.user, rows=scope, versions=versions, channel=Channel.API)
        left = {row.result.pk: sentence for row, sentence in done.left}
        now = {
            pk: (version, review)
            for pk, version, review in scope.filter(pk__in=versions)
            .order_by()
            .values_list("pk", "version", "review")
        }
        rows = [_answer(pk, left, now) for pk in versions]
        return Response({"confirmed": done.count, "rows": rows})


def _answer(pk: int, left: dict[int, str], now: dict[int, tuple[int, str]]) -> dict[str, Any]:
    if pk not in now:
        detail, (version, review) = _("There is no such row for you."), (None, None)
    else:
        detail, (version, review) = left.get(pk, ""), now[pk]
    return {
        "id": pk,
        "confirmed": not detail,
        "detail": detail,
        "version": version,
        "review": review,
    }
