"""An installation that says too little, or says it wrong, fails with a sentence."""

import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT

COMPLETE = {
    "SECRET_KEY": "a-key-of-this-test-only-that-is-long-enough-to-be-accepted-0123456789",
    "ALLOWED_HOSTS": "portal.example",
}


def load_settings(ask: str = "", **given: str) -> subprocess.CompletedProcess:
    """Load the settings in a process of its own whose environment is only what is given."""
    program = f"from django.conf import settings; settings.DEBUG; {ask}"
    kept = {name: os.environ[name] for name in ("PATH", "PORTAL_VAR_DIR")}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=kept
        | {"DJANGO_SETTINGS_MODULE": "ntm_portal.settings", "PORTAL_ENV_FILE": os.devnull}
        | given,
        capture_output=True,
        text=True,
        check=False,
    )


def last_line(done: subprocess.CompletedProcess) -> str:
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_variable_is_named_with_the_way_out(name):
    done = load_settings(**{key: value for key, value in COMPLETE.items() if key != name})
    line = last_line(done)
    assert f"{name} is not set:" in line
    assert ".env" in line
    assert "PORTAL_DEMO=true" in line


@pytest.mark.parametrize("name", COMPLETE)
def test_an_empty_variable_is_a_missing_one(name):
    assert f"{name} is not set:" in last_line(load_settings(**COMPLETE | {name: ""}))


def test_a_complete_environment_is_enough():
    done = load_settings("print(settings.DEBUG, settings.ALLOWED_HOSTS)", **COMPLETE)
    assert (done.returncode, done.stdout.strip()) == (0, "False ['portal.example']")


def test_demonstration_mode_needs_nothing_else():
    done = load_settings("print(settings.PORTAL_TODAY)", PORTAL_DEMO="true")
    assert (done.returncode, done.stdout.strip()) == (0, "2023-09-20")


def test_a_real_installation_follows_the_real_clock():
    done = load_settings("print(repr(settings.PORTAL_TODAY))", **COMPLETE)
    assert done.stdout.strip() == "''"


def test_a_database_url_leads_to_postgresql():
    ask = "d = settings.DATABASES['default']; print(d['ENGINE'], d['HOST'], d['CONN_MAX_AGE'])"
    done = load_settings(ask, **COMPLETE, DATABASE_URL="postgres://ntm:secret@db:5432/ntm")
    assert done.stdout.strip() == "django.db.backends.postgresql db 60"


def test_a_real_installation_is_served_over_https_only():
    ask = "print(settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE)"
    assert load_settings(ask, **COMPLETE).stdout.strip() == "True True"


def test_the_language_is_vietnamese_and_the_clock_is_that_of_viet_nam():
    done = load_settings("print(settings.LANGUAGE_CODE, settings.TIME_ZONE)", **COMPLETE)
    assert done.stdout.strip() == "vi Asia/Ho_Chi_Minh"
