"""A refusal is one line of the log; a fault of ours keeps its traceback."""

import io
import logging

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import path

from ntm_portal.logs import RefusalInOneLine


def refuse(request):
    raise PermissionDenied("Only the standing office.")


def fail(request):
    raise RuntimeError("broken")


urlpatterns = [path("refused/", refuse), path("broken/", fail)]


@pytest.fixture
def log():
    """What django.request writes with the portal's own filters."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_the_filter_stands_in_the_settings():
    assert settings.LOGGING["loggers"]["django.request"]["filters"] == ["refusal_in_one_line"]
    kept = logging.getLogger("django.request").filters
    assert any(isinstance(one, RefusalInOneLine) for one in kept)


@pytest.mark.urls("tests.house.test_logs")
def test_a_refusal_is_one_warning_line(client, settings, log):
    settings.MIDDLEWARE = []
    assert client.get("/refused/").status_code == 403
    assert log.getvalue().splitlines() == ["Forbidden (Permission denied): /refused/"]


@pytest.mark.urls("tests.house.test_logs")
def test_a_fault_keeps_its_traceback(client, settings, log):
    settings.MIDDLEWARE = []
    client.raise_request_exception = False
    assert client.get("/broken/").status_code == 500
    assert "RuntimeError: broken" in log.getvalue()
