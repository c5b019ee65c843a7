"""What a verifier does with one row: the actions of the verification page, with the same locks."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.models import Channel, Verdict
from assessments.reviewing import return_row, verify_row
from assessments.withdrawing import withdraw_return
from ntm_portal.api import answers
from ntm_portal.api.facts import OneResultSerializer
from ntm_portal.api.writing import RowView

ANSWERS = {200: OneResultSerializer, **answers.REFUSALS}


class ConfirmSerializer(answers.StrictSerializer):
    """``version`` is that of the row you looked at."""

    version = answers.VersionField()


class ReasonedSerializer(ConfirmSerializer):
    """``reason``: why, at most 2000 characters; the commune reads it."""

    reason = serializers.CharField(allow_blank=True, trim_whitespace=False)


class DecideSerializer(ReasonedSerializer):
    """``verdict``: what you found where it is not what the commune declared."""

    verdict = serializers.ChoiceField(
        choices=[v for v in Verdict.choices if v[0] != Verdict.MISSING],
        # DRF's sentence for it stands in no catalogue.
        error_messages={
            "invalid_choice": _("A verifier finds “met”, “not_met” or “not_applicable”.")
        },
    )


class _ReviewView(RowView):
    def review(
        self,
        request: Request,
        pk: int,
        asked: serializers.Serializer,
        action: Callable[..., object],
    ) -> Response:
        if (wrong := answers.read(asked)) is not None:
            return wrong
        return self.act(
            request,
            pk,
            lambda rows: action(
                by=request.user,
                rows=rows,
                result_id=pk,
                channel=Channel.API,
                **asked.validated_data,
            ),
        )


class Confirm(_ReviewView):
    @extend_schema(
        request=ConfirmSerializer,
        responses=ANSWERS,
        description=_("Verify a row as its commune declared it. Sent twice it is done once."),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.review(request, pk, ConfirmSerializer(data=request.data), verify_row)


class Decide(_ReviewView):
    @extend_schema(
        request=DecideSerializer,
        responses=ANSWERS,
        description=_("Verify a row with another verdict than declared, and say why."),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.review(request, pk, DecideSerializer(data=request.data), verify_row)


class Return(_ReviewView):
    @extend_schema(
        request=ReasonedSerializer,
        responses=ANSWERS,
        description=_("Return a row to its commune with what must be corrected."),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.review(request, pk, ReasonedSerializer(data=request.data), return_row)


class Withdraw(_ReviewView):
    @extend_schema(
        request=ReasonedSerializer,
        responses=ANSWERS,
        description=_("Withdraw a return, as long as the commune has not corrected the row."),
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.review(request, pk, ReasonedSerializer(data=request.data), withdraw_return)
