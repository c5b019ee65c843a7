"""What the standing office decides about a whole assessment, with the locks of its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments import deciding
from assessments.errors import InvalidRow, Refused
from assessments.models import Assessment, Channel
from ntm_portal.api import answers
from ntm_portal.api.facts import AssessmentSerializer
from ntm_portal.api.parsers import ExactJSONParser

ANSWERS = {
    200: AssessmentSerializer,
    400: answers.ErrorsSerializer,
    403: answers.LockedSerializer,
    404: OpenApiResponse(description="There is no such assessment for you."),
}


class NothingSerializer(answers.StrictSerializer):
    """Nothing has to be said."""


class WhySerializer(answers.StrictSerializer):
    """``reason``: why, at most 2000 characters; the commune and the departments read it."""

    reason = serializers.CharField(allow_blank=True, trim_whitespace=False)


class MaybeWhySerializer(answers.StrictSerializer):
    """``reason``: needed where rows are left that nobody verified; they count as declared only."""

    reason = serializers.CharField(
        allow_blank=True, trim_whitespace=False, required=False, default=""
    )


class _Decision(APIView):
    parser_classes = [ExactJSONParser]

    def decide(
        self,
        request: Request,
        pk: int,
        asked: serializers.Serializer,
        action: Callable[..., Any],
    ) -> Response:
        if (wrong := answers.read(asked)) is not None:
            return wrong
        try:
            found = Assessment.objects.visible_to(request.user).get(pk=pk)
            action(by=request.user, assessment=found, channel=Channel.API, **asked.validated_data)
        except Assessment.DoesNotExist as gone:
            raise Http404 from gone
        except InvalidRow as invalid:
            return answers.invalid(invalid.errors)
        except Refused as refused:
            return answers.locked(refused)
        stored = Assessment.objects.with_people().get(pk=pk)
        return Response(AssessmentSerializer(stored).data)


class Complete(_Decision):
    @extend_schema(
        request=MaybeWhySerializer,
        responses=ANSWERS,
        description=_("End the verification: what nobody verified counts as declared only."),
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = MaybeWhySerializer(data=request.data)
        return self.decide(request, pk, asked, deciding.complete)


class Accept(_Decision):
    @extend_schema(
        request=NothingSerializer,
        responses=ANSWERS,
        description=_("Accept a verified assessment. Sent twice it is done once."),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.decide(request, pk, NothingSerializer(data=request.data), deciding.accept)


class Reopen(_Decision):
    @extend_schema(
        request=WhySerializer,
        responses=ANSWERS,
        description=_("Give a verified or accepted assessment back to the departments."),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.decide(request, pk, WhySerializer(data=request.data), deciding.reopen)
