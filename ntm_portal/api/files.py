"""Evidence through the API: added, described, removed by the very actions of the row's page."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments import attaching
from assessments.attaching import Details
from assessments.errors import (
    InvalidRow,
    NotAccepted,
    Refused,
    StaleDescription,
    StorageUnreachable,
)
from assessments.models import Channel, Evidence, EvidenceQuerySet, IndicatorResult
from ntm_portal.api import answers
from ntm_portal.api.evidence import EvidenceSerializer
from ntm_portal.api.pagination import Pages
from ntm_portal.api.parsers import ExactJSONParser

REFUSALS = {code: answers.REFUSALS[code] for code in (400, 403, 404)}
AROUND = (
    "result__assessment__unit",
    "result__assessment__period",
    "result__indicator",
    "uploaded_by",
    "removed_by",
)


class UploadSerializer(serializers.Serializer):
    """One file a request: PDF, JPEG, PNG, WebP, HEIC, DOCX or XLSX."""

    file = serializers.FileField()


class DetailsSerializer(answers.StrictSerializer):
    """What is said about the document; what is left out stays as it is.

    ``version`` is that of the description that you read.
    """

    version = serializers.CharField(
        error_messages={"required": gettext_lazy("Send the version of the file that you read.")}
    )
    document_number = serializers.CharField(allow_blank=True, required=False, trim_whitespace=False)
    document_date = serializers.DateField(allow_null=True, required=False)
    valid_until = serializers.DateField(allow_null=True, required=False)


class SaidSerializer(serializers.Serializer):
    document_number = serializers.CharField(allow_blank=True)
    document_date = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)


class DescriptionConflictSerializer(serializers.Serializer):
    """Somebody was faster: what is said about the file now beside what you sent."""

    detail = serializers.CharField()
    version = serializers.CharField()
    current = SaidSerializer()
    yours = serializers.DictField()


class RemovalSerializer(answers.StrictSerializer):
    """``reason``: why, at most 2000 characters; it stays with the file's name as its trace."""

    reason = serializers.CharField(allow_blank=True, trim_whitespace=False)


class RemovedSerializer(serializers.ModelSerializer):
    removed_by = serializers.CharField(source="removed_by.display_name")

    class Meta:
        model = Evidence
        fields = ["id", "name", "sha256", "removed_at", "removed_by", "removal_reason"]


class RowEvidence(ListAPIView):
    """The files of one row."""

    parser_classes = [MultiPartParser]
    serializer_class = EvidenceSerializer
    pagination_class = Pages
    filter_backends: list = []
    queryset = Evidence.objects.none()

    def get_queryset(self) -> EvidenceQuerySet:
        rows = IndicatorResult.objects.visible_to(self.request.user)
        if not rows.filter(pk=self.kwargs["pk"]).exists():
            raise Http404
        found = Evidence.objects.standing().filter(result=self.kwargs["pk"])
        return found.select_related(*AROUND).order_by("-uploaded_at", "-pk")

    @extend_schema(description=gettext_lazy("The files of one row; removed ones are left out."))
    def get(self, request: Request, pk: int) -> Response:
        return self.list(request)

    @extend_schema(
        request={"multipart/form-data": UploadSerializer},
        responses={
            200: EvidenceSerializer,
            201: EvidenceSerializer,
            **REFUSALS,
            503: answers.ErrorsSerializer,
        },
        description=gettext_lazy(
            "Add a file to a row, by its commune while the row can be changed. The same file sent twice stands there once (200)."
        ),
    )
    def post(self, request: Request, pk: int) -> Response:
        files = request.FILES.getlist("file")
        if len(files) != 1 or len(request.FILES) != 1:
            return answers.invalid({"file": _("Send exactly one file, as the part “file”.")})
        try:
            attached = attaching.attach(
                by=request.user,
                rows=IndicatorResult.objects.visible_to(request.user),
                result_id=pk,
                file=files[0],
                name=files[0].name,
                channel=Channel.API,
            )
        except IndicatorResult.DoesNotExist as gone:
            raise Http404 from gone
        except StorageUnreachable as fault:
            return answers.unreachable(fault)
        except NotAccepted as refused:
            return answers.invalid({"file": str(refused)})
        except Refused as refused:
            return answers.locked(refused)
        code = status.HTTP_201_CREATED if attached.created else status.HTTP_200_OK
        return _answer(request, attached.evidence.pk, code)


class OneEvidence(APIView):
    """One standing file."""

    parser_classes = [ExactJSONParser]

    @extend_schema(
        responses={200: EvidenceSerializer, 404: REFUSALS[404]},
        description=gettext_lazy("What is said about one file."),
    )
    def get(self, request: Request, pk: int) -> Response:
        return _answer(request, pk)

    @extend_schema(
        request=DetailsSerializer,
        responses={200: EvidenceSerializer, **REFUSALS, 409: DescriptionConflictSerializer},
        description=gettext_lazy("Number, date and validity of a document."),
    )
    def patch(self, request: Request, pk: int) -> Response:
        asked = DetailsSerializer(data=request.data)
        if (wrong := answers.read(asked)) is not None:
            return wrong
        _find(request, pk)
        said = dict(asked.validated_data)
        version = said.pop("version")
        try:
            attaching.describe(
                by=request.user,
                evidence=_scope(request),
                evidence_id=pk,
                version=version,
                read=lambda held: replace(held, **said),
                channel=Channel.API,
            )
        except StaleDescription as stale:
            return _conflict(stale, request.data)
        except InvalidRow as invalid:
            return answers.invalid(invalid.errors)
        except Refused as refused:
            return answers.locked(refused)
        return _answer(request, pk)


class Removal(APIView):
    parser_classes = [ExactJSONParser]

    @extend_schema(
        request=RemovalSerializer,
        responses={200: RemovedSerializer, **REFUSALS},
        description=gettext_lazy(
            "Take a file from its row, with a reason that stays. Sent twice it is done once."
        ),
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = RemovalSerializer(data=request.data)
        if (wrong := answers.read(asked)) is not None:
            return wrong
        try:
            attaching.remove(
                by=request.user,
                evidence=_scope(request),
                evidence_id=pk,
                reason=asked.validated_data["reason"],
                channel=Channel.API,
            )
        except Evidence.DoesNotExist as gone:
            raise Http404 from gone
        except InvalidRow as invalid:
            return answers.invalid(invalid.errors)
        except Refused as refused:
            return answers.locked(refused)
        return Response(RemovedSerializer(_scope(request).get(pk=pk)).data)


def _conflict(stale: StaleDescription, sent: dict) -> Response:
    held = stale.evidence
    current = Details(held.document_number, held.document_date, held.valid_until)
    answer = {
        "detail": str(stale),
        "version": held.version,
        "current": current.as_json(),
        "yours": {name: value for name, value in sent.items() if name != "version"},
    }
    return Response(answer, status=status.HTTP_409_CONFLICT)


def _scope(request: Request) -> EvidenceQuerySet:
    return Evidence.objects.visible_to(request.user).select_related(*AROUND)


def _find(request: Request, pk: int) -> Evidence:
    found = _scope(request).standing().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _answer(request: Request, pk: int, code: int = status.HTTP_200_OK) -> Response:
    shown = EvidenceSerializer(_find(request, pk), context={"request": request})
    return Response(shown.data, status=code)
