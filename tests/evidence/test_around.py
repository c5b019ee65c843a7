"""Evidence in the API, in the administration and in the demonstration."""

import json

import pytest

from accounts.models import Role
from assessments.demonstration.files import add_evidence, adding
from assessments.models import Evidence
from criteria.models import Indicator
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach, remove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


@pytest.mark.parametrize(
    ("reader", "count"),
    [
        (lambda: factories.officer("ban-bo"), 2),
        (lambda: factories.officer("giang-ma"), 1),
        (lambda: factories.department("lao-dong"), 2),
        (lambda: factories.department("cong-an"), 0),
        (factories.leader, 3),
    ],
)
def test_the_api_lists_the_files_that_one_may_see(client, reader, count):
    attach("11")
    attach("10")
    attach("11", slug="giang-ma")
    remove(attach("11", make.pdf(2)).evidence)
    client.force_login(reader())
    assert client.get("/api/evidence/").json()["count"] == count


def test_the_api_says_what_a_file_is_and_where_it_is_handed_out(officer):
    evidence = attach("11").evidence
    attach("10")
    (row,) = officer.get(f"/api/evidence/?result={evidence.result_id}").json()["results"]
    assert row["sha256"] == evidence.sha256
    assert (row["unit"], row["period"], row["indicator"]) == ("ban-bo", "2023-q3", "11")
    assert row["url"].endswith(f"/evidence/{evidence.pk}/")
    rows = officer.get("/api/results/?period=2023-q3&indicator=11").json()["results"]
    assert [r["evidence_count"] for r in rows] == [1]
    assert "evidence_count" in officer.get(f"/api/results/{evidence.result_id}/").json()


@pytest.mark.parametrize("query", ["result=abc", "period=2023-q9", "result=" + "9" * 40])
def test_an_odd_question_is_answered_not_failed(officer, query):
    assert officer.get(f"/api/evidence/?{query}").status_code in (200, 400)


def test_the_api_changes_no_file(officer):
    attach()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(officer, method)("/api/evidence/").status_code == 405


def test_no_query_of_the_api_grows_with_the_files(officer, django_assert_num_queries):
    attach()
    officer.get("/api/evidence/")
    with django_assert_num_queries(4):
        officer.get("/api/evidence/")
    for pages in range(2, 8):
        attach(data=make.pdf(pages))
    with django_assert_num_queries(4):
        officer.get("/api/evidence/")


def test_the_administration_shows_what_is_said_and_never_where_the_file_is(client):
    evidence = attach(data=make.picture(), name="a.jpg").evidence
    client.force_login(factories.person(Role.ADMINISTRATOR))
    base = "/admin/assessments/evidence/"
    for url in (base, f"{base}{evidence.pk}/change/"):
        page = client.get(url).content.decode()
        assert "a.jpg" in page
        assert evidence.file.name not in page
        assert evidence.preview.name not in page
    assert client.get(f"{base}add/").status_code == 403
    assert client.post(f"{base}{evidence.pk}/delete/", {"post": "yes"}).status_code == 403


def test_no_indicator_asks_for_evidence_until_the_district_says_so():
    assert not Indicator.objects.filter(requires_evidence=True).exists()


@pytest.fixture
def told(tmp_path):
    """``told(entries)``: a folder of the demonstration with these files, and rows for them."""
    from dataclasses import make_dataclass
    from types import SimpleNamespace

    def make_folder(*entries):
        place = tmp_path / "demo"
        (place / "evidence").mkdir(parents=True, exist_ok=True)
        (place / "evidence" / "a.pdf").write_bytes(make.pdf())
        body = {"about": "x", "certainty": "demo", "evidence": list(entries)}
        (place / "evidence.json").write_text(json.dumps(body), encoding="utf-8")
        result = factories.row_of("11", period="2023-q2")
        row = make_dataclass("Row", ["result", "written_at"])(result, result.changed_at)
        story, unit = SimpleNamespace(slug="2023-q2"), SimpleNamespace(slug="ban-bo")
        return place, [SimpleNamespace(story=story, unit=unit, row={"11": row}.__getitem__)]

    return make_folder


ENTRY = {"quarter": "2023-q2", "unit": "ban-bo", "indicator": "11"}


def test_the_demonstration_has_files_with_their_trace(told, stored):
    files = add_evidence(
        *told(
            ENTRY | {"name": "a.pdf", "file": "a.pdf", "number": "1/BB", "until": "2023-12-31"},
            ENTRY | {"name": "b.jpg", "photo": "road-1"},
        )
    )
    assert [file.name for file in Evidence.objects.order_by("pk")] == ["a.pdf", "b.jpg"]
    assert len(stored()) == 3
    photo = Evidence.objects.get(name="b.jpg")
    assert photo.uploaded_by == factories.officer()
    assert photo.uploaded_at > photo.result.changed_at
    assert adding(files[1]).after["sha256"] == photo.sha256


def test_a_demonstration_that_breaks_leaves_no_file(told, stored):
    with pytest.raises(FileNotFoundError):
        add_evidence(
            *told(
                ENTRY | {"name": "a.pdf", "file": "a.pdf"},
                ENTRY | {"name": "b.pdf", "file": "gone.pdf"},
            )
        )
    assert (Evidence.objects.count(), stored()) == (0, [])
