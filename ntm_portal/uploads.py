"""Uploads: always to disk, never whole in memory, and refused before they are read when too large."""

from __future__ import annotations

import html
import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from accounts.asking_json import asks_json, refused_as_json
from assessments.errors import StorageUnreachable
from assessments.files import PATH_MARK

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024
#: Files that the page of a row takes in one request without a script; a script sends one by one.
FILES_A_REQUEST = 5
#: Every other form of a signed-in person, such as a list of users to import; and of a stranger.
OTHER_FORMS, STRANGERS = 10 * MEGABYTE, 2 * MEGABYTE
CHUNK = 64 * 1024
EVIDENCE_PAGE, EVIDENCE_API = "assessments:evidence", "api:row_evidence"


class ToDiskUploadHandler(TemporaryFileUploadHandler):
    """Every file, however small, goes piece by piece into ``INCOMING_DIR``."""

    def new_file(self, *args, **kwargs) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = IncomingFile(
            self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._gone_if_the_disk_fails():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile:
        with self._gone_if_the_disk_fails():
            return super().file_complete(file_size)

    @contextmanager
    def _gone_if_the_disk_fails(self) -> Iterator[None]:
        """Django closes the files that are whole; the one in the middle would stay."""
        try:
            yield
        except OSError:
            with suppress(OSError):  # what is still to be written fails again
                self.file.close()
            raise


class IncomingFile(TemporaryUploadedFile):
    """Gone when it is closed, whatever happens. Beside the evidence, so that keeping it is a move."""

    def __init__(self, name, content_type, size, charset, content_type_extra=None) -> None:
        settings.INCOMING_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - whoever closes this one closes that
            suffix=".upload", dir=settings.INCOMING_DIR
        )
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class RequestSizeMiddleware:
    """Answers 413 with a sentence to a body that is larger than its page takes.

    Whoever sends must hear the answer: a server that closes the connection while the other side
    is still sending resets it, and the browser shows an error of its own. So what comes is read
    and thrown away, up to four times what is allowed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        request.parse_file_upload = partial(_parse, request)
        allowed = limit_for(request)
        if _announced(request) > allowed:
            _throw_away(request, 4 * allowed)
            return _refuse(request, _too_large(allowed, request))
        if request.method != "POST" or _parses_by_itself(request):
            return None
        if handlers := getattr(
            view, "upload_handlers", ()
        ):  # a page that keeps no file has its own
            request.upload_handlers = [handler(request) for handler in handlers]
        try:
            request.POST  # noqa: B018 - read now: later it would be a bare "bad request"
        except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig) as error:
            _throw_away(request, 4 * allowed)
            return _refuse(request, sentence_for(error))
        except MultiPartParserError:
            return _cannot_be_read(request)
        except UnreadablePostError:
            return None  # the connection broke: whoever reads next is told again
        except OSError:
            log.exception("what is sent cannot be laid on the disk")
            _throw_away(request, 4 * allowed)
            return _refuse(request, str(StorageUnreachable()), 503)
        return None


class NameMarkingParser(MultiPartParser):
    """Django cuts a path off the name of a file in silence; a name that had one is marked, so
    that the file can be refused with a sentence (``assessments.files.check_name``)."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        clean = super().sanitize_file_name(file_name)
        has_path = "/" in html.unescape(file_name) or "\\" in file_name
        return f"{PATH_MARK}{clean or ''}" if has_path else clean


def _parse(request: HttpRequest, meta: dict, data) -> tuple:
    """As ``HttpRequest.parse_file_upload``, with the parser above."""
    return NameMarkingParser(meta, data, request.upload_handlers, request.encoding).parse()


def limit_for(request: HttpRequest) -> int:
    """How many bytes a request may have at this address."""
    if not request.user.is_authenticated:
        return STRANGERS
    if request.resolver_match.view_name == EVIDENCE_API:
        return settings.EVIDENCE_MAX_BYTES + MEGABYTE
    if request.resolver_match.view_name == EVIDENCE_PAGE:
        return FILES_A_REQUEST * settings.EVIDENCE_MAX_BYTES + MEGABYTE
    if _is_api(request):  # what Django would refuse later, without a sentence
        return min(OTHER_FORMS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return OTHER_FORMS


def _is_api(request: HttpRequest) -> bool:
    return "api" in request.resolver_match.namespaces


def _parses_by_itself(request: HttpRequest) -> bool:
    """Django REST framework reads bodies as JSON; only of files it takes what was read here."""
    return _is_api(request) and request.resolver_match.view_name != EVIDENCE_API


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _throw_away(request: HttpRequest, most: int) -> None:
    try:
        while most > 0 and (chunk := request.read(CHUNK)):
            most -= len(chunk)
    except UnreadablePostError:
        return  # nobody listens any more


def _too_large(allowed: int, request: HttpRequest) -> str:
    if _parses_by_itself(request):
        return sentence_for(RequestDataTooBig())
    return _(
        "This is more than the portal takes at once (%(limit)s MB), so nothing of it was kept. Send fewer or smaller files."
    ) % {"limit": allowed // MEGABYTE}


def sentence_for(error: SuspiciousOperation) -> str:
    """Why a body that was not too large was not taken all the same."""
    match error:
        case TooManyFilesSent():
            return _(
                "The portal takes at most %(limit)s files at once, so none of these was kept. Send them in several goes."
            ) % {"limit": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
        case TooManyFieldsSent():
            return _("The form has more fields than the portal takes, so nothing of it was kept.")
        case _:
            return _(
                "The text is longer than the portal takes (%(limit)s MB), so nothing of it was kept. Shorten it, or attach it as a file."
            ) % {"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE}


def _refuse(request: HttpRequest, sentence: str, status: int = 413) -> HttpResponse:
    if _is_api(request):
        about_file = {} if _parses_by_itself(request) else {"errors": {"file": sentence}}
        return _as_json({"detail": sentence, **about_file}, status)
    if "HX-Request" in request.headers:
        return _as_json({"sentences": [sentence]}, status)
    if asks_json(request) or not request.accepts("text/html"):
        field = "files" if request.resolver_match.view_name == EVIDENCE_PAGE else ""
        errors = {field: sentence} if field else {}
        return refused_as_json(sentence, status, errors, sentences=[sentence])
    again = request.path if request.resolver_match.view_name == EVIDENCE_PAGE else ""
    context = {"sentence": sentence, "again": again}
    return render(request, f"{status}.html", context, status=status)


def _cannot_be_read(request: HttpRequest) -> HttpResponse:
    sentence = _("The upload could not be read. Send it as multipart/form-data.")
    if not _is_api(request) and asks_json(request):
        return refused_as_json(sentence, 400)
    if not _is_api(request):
        return bad_request(request, None)
    return _as_json({"detail": sentence, "errors": {"file": sentence}}, 400)


def _as_json(body: dict, status: int) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json")
