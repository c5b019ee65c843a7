"""More files, fields or text than one request takes: a sentence, and nothing is left behind."""

from http import HTTPStatus

import pytest
from django.conf import settings

from assessments.models import Evidence
from tests.evidence import builders as make
from tests.evidence.test_pages import page_of, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
FILES = [(f"{n}.pdf", make.pdf(n)) for n in range(1, 22)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_too_many_files_are_answered_with_a_sentence_and_a_way_back(officer, stored, language):
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = upload(officer, *FILES)
    assert answer.status_code == TOO_LARGE
    page = answer.content.decode()
    sentence = {"vi": "mỗi lần nhận nhiều nhất 20 tệp", "en": "at most 20 files at once"}
    assert sentence[language] in page
    assert f'href="{page_of()}"' in page
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_a_script_is_told_the_same(officer, stored):
    answer = upload(officer, *FILES, headers={"HX-Request": "true"})
    assert answer.status_code == TOO_LARGE
    assert "nhiều nhất 20 tệp" in answer.json()["sentences"][0]
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_as_many_as_it_takes_are_kept(officer):
    assert upload(officer, *FILES[:20]).status_code == 302
    assert Evidence.objects.count() == 20


def test_the_check_of_the_token_is_not_passed_by(settings, stored):
    from django.test import Client

    from tests import factories

    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.officer())
    assert upload(client, *FILES[:2]).status_code == 403
    assert upload(client, *FILES).status_code == TOO_LARGE
    assert (Evidence.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": "x" * (3 * 1024 * 1024)}, "dài hơn mức hệ thống nhận (2 MB)"),
        ({f"f{n}": "1" for n in range(2001)}, "nhiều ô hơn mức hệ thống nhận"),
    ],
    ids=["text", "fields"],
)
@pytest.mark.parametrize("form", ["multipart", "plain"])
def test_too_long_a_text_or_form_is_answered_with_a_sentence(officer, typed, sentence, form):
    from urllib.parse import urlencode

    if form == "plain":
        kind = "application/x-www-form-urlencoded"
        answer = officer.post(page_of(), urlencode(typed), content_type=kind)
    else:
        answer = officer.post(page_of(), typed)
    assert answer.status_code == TOO_LARGE
    assert sentence in answer.content.decode()


def test_a_stranger_is_answered_too(client):
    answer = upload(client, *FILES)
    assert answer.status_code == TOO_LARGE
