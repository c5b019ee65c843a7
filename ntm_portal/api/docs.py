"""The way in: the list of addresses, and a page that explains them from the schema itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

NAMES = (
    "communes", "periods", "criteria_sets", "assessments", "results", "evidence", "headline", "matrix",
    "reports", "schema", "docs",
)  # fmt: skip


class RootSerializer(serializers.Serializer):
    """Name -> address of each list."""

    def to_representation(self, request: Request) -> dict[str, str]:
        return {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in NAMES}


class Root(APIView):
    """Where to begin."""

    @extend_schema(responses={200: {"type": "object", "additionalProperties": {"type": "string"}}})
    def get(self, request: Request) -> Response:
        return Response(RootSerializer(request).data)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address, in the words of the schema."""

    anchor: str
    method: str
    path: str
    text: str
    parameters: tuple[Field, ...]
    sends: tuple[Field, ...]
    answers: tuple[tuple[str, str, tuple[Field, ...]], ...]

    @property
    def is_english(self) -> bool:
        """Not every description is translated; a Vietnamese sentence always bears its marks."""
        return self.text.isascii()


def documentation(request: HttpRequest) -> HttpResponse:
    """The schema as a page of ours: Swagger's own wants scripts that our policy does not allow."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(request, "api/docs.html", {"operations": list(operations(schema))})


def operations(schema: dict):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield _operation(schema, path, method, operation)


def _operation(schema: dict, path: str, method: str, operation: dict) -> Operation:
    content = operation.get("requestBody", {}).get("content", {})
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        text=_text(operation),
        parameters=tuple(
            Field(p["name"], _kind(p["schema"]), p.get("required", False), _text(p))
            for p in operation.get("parameters", [])
        ),
        sends=_fields(schema, next(iter(content.values()), {}).get("schema", {})),
        answers=tuple(
            (status, *_answer(schema, answer)) for status, answer in operation["responses"].items()
        ),
    )


def _answer(schema: dict, answer: dict) -> tuple[str, tuple[Field, ...]]:
    body = answer.get("content", {}).get("application/json", {}).get("schema", {})
    resolved = _resolved(schema, body)
    if "results" in resolved.get("properties", {}):  # a page of a list: its rows are what counts
        resolved = _resolved(schema, resolved["properties"]["results"]["items"])
    text = _text(answer) or _text(resolved)
    return text, _fields(schema, resolved)


def _resolved(schema: dict, part: dict) -> dict:
    name = part.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else part


def _fields(schema: dict, part: dict) -> tuple[Field, ...]:
    resolved = _resolved(schema, part)
    required = resolved.get("required", [])
    return tuple(
        Field(name, _kind(field), name in required, _text(field))
        for name, field in resolved.get("properties", {}).items()
    )


def _text(part: dict) -> str:
    """The first paragraph of a description, without the marks of its source."""
    return part.get("description", "").split("\n\n")[0].split("\n* ")[0].replace("`", "")


def _kind(field: dict) -> str:
    """A type in one word, such as ``array of Cell``."""
    for key in ("allOf", "oneOf"):
        if key in field:
            return " | ".join(_kind(part) for part in field[key])
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if field.get("type") == "array":
        return f"array of {_kind(field['items'])}"
    return field.get("format") or field.get("type", "any")
