"""How bytes arrive: to disk in pieces, bounded before they are read, gone when they break off."""

import tracemalloc
from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import RequestFactory

from assessments.models import Evidence
from ntm_portal import uploads
from ntm_portal.uploads import MEGABYTE
from tests.evidence import builders as make
from tests.evidence.bodies import BOUNDARY, big_upload
from tests.evidence.test_pages import page_of, upload


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
class TestThroughTheApplication:
    def test_twenty_megabytes_never_stand_in_memory_whole(self, officer, stored):
        body = big_upload(20 * MEGABYTE - 4096)
        upload(officer, ("warm-up.pdf", make.pdf()))
        tracemalloc.start()
        try:
            answer = officer.generic(
                "POST",
                page_of(),
                **{
                    "wsgi.input": body,
                    "CONTENT_LENGTH": str(body.length),
                    "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
                },
            )
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert answer.status_code == 302
        kept = Evidence.objects.get(name="to.pdf")
        assert kept.size > 20 * MEGABYTE - 4096
        assert peak < 3 * MEGABYTE, f"{peak / MEGABYTE:.1f} MB at once"
        tracemalloc.start()
        try:
            served = officer.get(f"/evidence/{kept.pk}/")
            assert sum(len(piece) for piece in served.streaming_content) == kept.size
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 2 * MEGABYTE, f"{peak / MEGABYTE:.1f} MB at once"

    def test_even_a_small_file_goes_to_disk(self, monkeypatch, officer):
        seen = []
        real = uploads.IncomingFile.__init__

        def watched(self, *args):
            real(self, *args)
            seen.append(self.temporary_file_path())

        monkeypatch.setattr(uploads.IncomingFile, "__init__", watched)
        upload(officer, ("a.pdf", make.pdf()))
        assert [str(settings.INCOMING_DIR)] == [path.rpartition("/")[0] for path in seen]

    def test_a_file_beyond_the_limit_is_refused_with_a_sentence(self, officer, settings, stored):
        settings.EVIDENCE_MAX_BYTES = MEGABYTE
        answer = upload(officer, ("a.pdf", make.pdf(filling=MEGABYTE)))
        assert answer.status_code == 422
        assert "lớn hơn 1 MB" in answer.content.decode()
        assert (Evidence.objects.count(), stored()) == (0, [])

    @pytest.mark.parametrize("script", [True, False])
    def test_a_request_beyond_the_limit_is_refused_before_it_is_parsed(
        self, officer, settings, stored, script
    ):
        settings.EVIDENCE_MAX_BYTES = 100
        headers = {"HX-Request": "true"} if script else {}
        answer = upload(officer, ("a.pdf", make.pdf(filling=2 * MEGABYTE)), headers=headers)
        assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        said = answer.json()["sentences"][0] if script else answer.content.decode()
        assert "quá mức hệ thống nhận" in said
        assert (Evidence.objects.count(), stored()) == (0, [])

    @pytest.mark.parametrize("length", ["", "many", "-1"])
    def test_a_length_that_is_no_number_harms_nobody(self, client, length):
        answer = client.post("/accounts/login/", {}, CONTENT_LENGTH=length)
        assert answer.status_code in (200, 400)


def test_each_address_has_its_own_limit(officer_of_the_limits):
    request = RequestFactory().post("/")
    for user, name, limit in officer_of_the_limits:
        found = {"view_name": name, "namespaces": name.split(":")[:-1]}
        request.user, request.resolver_match = user, type("Match", (), found)
        assert uploads.limit_for(request) == limit


@pytest.fixture
def officer_of_the_limits():
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    known = User(pk=1, username="x")
    return [
        (AnonymousUser(), "assessments:evidence", 2 * MEGABYTE),
        (known, "assessments:evidence", 101 * MEGABYTE),
        (known, "assessments:row", 10 * MEGABYTE),
        (known, "api:result", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
    ]
