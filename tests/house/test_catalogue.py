"""Every word that a person reads is in the catalogue, in Vietnamese."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.house.source import ROOT

CATALOGUE = "locale/vi/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
NOT_SOURCE = (".*", "node_modules", "var", "tests", "vendor", "bench", "__pycache__")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(ROOT / CATALOGUE))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> polib.POFile:
    """The catalogue as makemessages would write it from today's source, in a copy."""
    copy = tmp_path_factory.mktemp("catalogue") / "portal"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    options = ["-l", "vi", "--no-obsolete", "--no-wrap", "--add-location", "file"]
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *options],
        cwd=copy,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "ntm_portal.settings"},
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / CATALOGUE))


def key(entry: polib.POEntry) -> tuple:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def test_every_message_of_the_source_is_in_the_catalogue(catalogue, fresh):
    missing = {key(entry) for entry in fresh} - {key(entry) for entry in catalogue}
    assert not missing, "\n".join(sorted(message for _context, message, _plural in missing))


def test_every_message_is_translated(catalogue):
    untranslated = [
        entry.msgid
        for entry in catalogue
        if not entry.obsolete and ("fuzzy" in entry.flags or not entry.translated())
    ]
    assert not untranslated, "\n".join(untranslated)


def test_a_translation_has_the_placeholders_of_its_message(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue
        if entry.translated()
        for text in (entry.msgstr_plural.values() or [entry.msgstr])
        if set(PLACEHOLDER.findall(text))
        - set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        or set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        - set(PLACEHOLDER.findall(text))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_catalogue_has_one_form_because_vietnamese_has_one(catalogue):
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"


def test_the_compiled_catalogue_is_the_one_in_use(catalogue):
    from django.utils.translation import gettext, override

    plain = next(entry for entry in catalogue if not entry.msgid_plural and not entry.msgctxt)
    with override("vi"):
        assert gettext(plain.msgid) == plain.msgstr
