"""Pages of the summaries: who sees what, each act by its button, each refusal, cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports import composing
from reports.models import (
    RenderedFile,
    SummaryIssue,
    SummaryReport,
    SummarySection,
)
from tests.reports import summary_stages as stages
from tests.reports.pages import page, post, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")


def test_a_draft_does_not_exist_for_communes_and_departments():
    for path in ("/reports/2023-q3/", "/reports/2023-q3.pdf"):
        for username in ("xa.ban-bo", "phong.noi-vu"):
            page(username, path, 404)
    for path in ("/reports/2023-q3/preview/",):
        page("xa.ban-bo", path, 403)


def test_the_coordinator_composes_and_the_leader_reads():
    body = page("phong.nong-nghiep", "/reports/2023-q3/")
    assert "Trước khi ban hành" in body
    assert 'name="do" value="hand_over"' in body
    assert 'value="publish"' not in body
    assert 'name="text-' not in page("lanhdao", "/reports/2023-q3/")


def test_everybody_reads_a_published_paper():
    body = page("xa.ban-bo", "/reports/2023-q2/")
    assert "08/12 xã đạt chuẩn nông thôn mới, bình quân đạt 16,3 tiêu chí/xã" in body
    assert "/reports/2023-q2.docx" in body
    assert "Số: 03/BC-UBND" in body


def test_starting_shows_the_composition_and_again_the_same():
    for _n in range(2):
        response = post("phong.nong-nghiep", "/reports/start/", term="2022-q4")
        assert response.url == "/reports/2022-q4/"
    response = post("phong.nong-nghiep", "/reports/start/", term="adhoc", on="20/09/2023")
    assert response.url == "/reports/2023-09-20-dot-xuat/"
    page("phong.nong-nghiep", "/reports/2023-09-20-dot-xuat/")


@pytest.mark.parametrize(
    "data",
    [
        {"term": "adhoc", "on": "hôm nay"},
        {"term": "adhoc", "on": "2023-12-31"},
        {"term": "adhoc", "on": "\0"},
        {"term": "2023-9-99"},
        {"term": ""},
        {"term": "2023-q4"},
    ],
)
def test_a_start_that_cannot_be_says_why_beside_the_field(data):
    before = SummaryReport.objects.count()
    response = post("phong.nong-nghiep", "/reports/start/", **data)
    assert response.status_code == 422
    assert "invalid-feedback" in response.content.decode()
    assert SummaryReport.objects.count() == before


def test_only_the_standing_office_starts():
    assert post("lanhdao", "/reports/start/", term="2022-q4").status_code == 403


def section(text: str, key: str = "causes", version: int = 0, do: str | None = None):
    """One text alone, as if the others had not been touched."""
    do = f"save:{key}" if do is None else do
    fields = {f"text-{key}": text, f"version-{key}": version, "do": do}
    return post("phong.nong-nghiep", "/reports/2023-q3/texts/", **fields)


def test_a_section_is_saved_and_stands_in_the_paper():
    response = section("Nguyên nhân <script>alert(1)</script> & khác")
    assert response.url == "/reports/2023-q3/#s-causes"
    body = page("lanhdao", "/reports/2023-q3/preview/")
    assert "Nguyên nhân" in body
    assert "<script>alert" not in body
    assert "&amp; khác" in body


def test_a_stale_section_shows_both_texts_and_keeps_what_was_typed():
    section("Của người thứ nhất.")
    response = section("Của người thứ hai.", version=0)
    body = response.content.decode()
    assert response.status_code == 409
    assert "Của người thứ nhất." in body
    assert "Của người thứ hai." in body
    stored = SummarySection.objects.get(summary__slug="2023-q3", key="causes")
    assert stored.text == "Của người thứ nhất."
    assert f'name="version-causes" value="{stored.version}"' in body


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in():
    client = Client()
    address = "/reports/2023-q3/texts/"
    typed = {"text-causes": "Gõ dở dang.", "text-tasks": "Và đây nữa.", "do": "hand_over"}
    response = client.post(address, typed)
    assert response.url.endswith(f"?next={address}")
    client.post(response.url, {"login": "phong.nong-nghiep", "password": "nongthonmoi"})
    body = client.get(address).content.decode()
    assert "Gõ dở dang." in body
    assert "Và đây nữa." in body
    assert "chưa lưu" in body.lower()
    assert client.get(address).url == "/reports/2023-q3/"


def test_the_composition_costs_the_same_however_much_is_edited():
    client = signed_in("phong.nong-nghiep")
    client.get("/reports/2023-q3/")
    with CaptureQueriesContext(connection) as few:
        client.get("/reports/2023-q3/")
    for key in ("causes", "overall", "tasks", "proposals"):
        section(f"Mục {key}.", key=key)
    with CaptureQueriesContext(connection) as many:
        client.get("/reports/2023-q3/")
    assert len(many) <= len(few) <= 50


def test_too_long_a_text_stays_typed_with_its_sentence():
    response = section("a" * 40_001)
    assert response.status_code == 422
    assert "aaaa" in response.content.decode()


def test_odd_versions_and_sections_never_break_the_page():
    assert section("x", version="²").status_code == 409
    assert section("x", version="").status_code == 409
    assert section("x", key="nowhere").status_code == 404
    assert section("x", key="results").status_code == 404
    for do in ("passage:causes:999", "passage:causes:²", "passage:causes", "reset", "x", ""):
        assert section("x", do=do).status_code == 404, do
    assert section("a\0b").status_code == 302


def test_a_passage_is_taken_in_with_a_click_and_only_once():
    body = page("phong.nong-nghiep", "/reports/2023-q3/")
    button = re.search(r'value="(passage:(\w+):\d+)"', body)
    assert button, "the demonstration has written reports of this quarter"
    do, key = button.groups()
    typed = "Đang soạn."
    edited = SummarySection.objects.filter(summary__slug="2023-q3", key=key).first()
    version = edited.version if edited else 0
    assert section(typed, key=key, do=do, version=version).status_code == 302
    stored = SummarySection.objects.get(summary__slug="2023-q3", key=key)
    assert stored.text.startswith("Đang soạn.\n")
    assert len(stored.text) > len("Đang soạn.\n")
    assert section(typed, key=key, do=do, version=version).status_code == 302
    assert SummarySection.objects.get(pk=stored.pk).version == stored.version


def test_a_figure_that_changed_is_shown_beside_the_text_that_quotes_it():
    section("Toàn huyện có 08/12 xã.", key="overall")
    SummarySection.objects.filter(summary__slug="2023-q3", key="overall").update(
        quoted={"headline.recognised": "07"}
    )
    body = page("phong.nong-nghiep", "/reports/2023-q3/")
    assert "Số xã đã được công nhận: 07 → 08" in body
    version = SummarySection.objects.get(summary__slug="2023-q3", key="overall").version
    response = section("", key="overall", version=version, do="reset:overall")
    assert response.status_code == 302
    assert "07 → 08" not in page("phong.nong-nghiep", "/reports/2023-q3/")


def act(username: str, do: str, slug: str = "2023-q3", **data):
    return post(username, f"/reports/{slug}/act/", do=do, **data)


def seen() -> str:
    return re.search(r'name="seen" value="(\w{64})"', page("lanhdao", "/reports/2023-q3/"))[1]


def test_from_composing_to_the_published_paper():
    act("phong.nong-nghiep", "hand_over")
    assert "Đọc và ban hành" in page("lanhdao", "/reports/")
    fingerprint = seen()
    for _press in range(2):
        assert act("lanhdao", "publish", seen=fingerprint, knowing="on").url == "/reports/2023-q3/"
    assert SummaryIssue.objects.filter(summary__slug="2023-q3").count() == 1
    assert "Số: 05/BC-UBND" in page("xa.ban-bo", "/reports/2023-q3/")


def test_what_changed_under_the_leaders_eyes_is_not_published():
    act("phong.nong-nghiep", "hand_over")
    client = signed_in("lanhdao")
    data = {"do": "publish", "seen": "0" * 64}
    response = client.post("/reports/2023-q3/act/", data, follow=True)
    assert "Chưa ban hành" in response.content.decode()
    assert not SummaryIssue.objects.filter(summary__slug="2023-q3").exists()


def test_a_give_back_needs_its_reason_and_shows_it_to_the_coordinator():
    act("phong.nong-nghiep", "hand_over")
    response = act("lanhdao", "give_back", reason="")
    assert response.status_code == 422
    act("lanhdao", "give_back", reason="Bổ sung phần nguồn vốn.")
    assert "Bổ sung phần nguồn vốn." in page("phong.nong-nghiep", "/reports/2023-q3/")


def test_a_wrong_act_is_refused_with_its_sentence_and_an_unknown_one_is_not_there():
    assert act("lanhdao", "hand_over").status_code == 302
    assert SummaryReport.objects.get(slug="2023-q3").state == "composing"
    assert act("lanhdao", "erase").status_code == 404
    assert act("phong.nong-nghiep", "publish", slug="2023-q9").status_code == 404
    assert act("xa.ban-bo", "publish", slug="2023-q2").status_code == 403


def test_a_correction_becomes_a_second_issue_and_the_first_stays():
    assert act("phong.nong-nghiep", "correct", "2023-q2", reason=" ").status_code == 422
    act("phong.nong-nghiep", "correct", "2023-q2", reason="Sửa nguyên nhân.")
    assert "Số: 03/BC-UBND" in page("xa.ban-bo", "/reports/2023-q2/")
    summary = SummaryReport.objects.get(slug="2023-q2")
    stages.edit(stages.reread(summary), "Đúng.", key="causes")
    composing.hand_over(by=stages.coordinator(), summary=summary)
    stages.issue(stages.reread(summary))
    body = page("xa.ban-bo", "/reports/2023-q2/")
    assert "Sửa nguyên nhân." in body
    assert "Số: 05/BC-UBND" in body
    assert "Số: 03/BC-UBND" in page("xa.ban-bo", "/reports/2023-q2/issues/1/")
    page("xa.ban-bo", "/reports/2023-q2/issues/9/", 404)
    assert "đính chính" in page("xa.ban-bo", "/reports/")


def test_get_never_writes():
    client = signed_in("phong.nong-nghiep")
    before = [m.objects.count() for m in (SummaryReport, SummarySection, RenderedFile)]
    for path in ("/reports/", "/reports/2023-q3/", "/reports/2023-q3.pdf", "/reports/2023-q2.pdf"):
        client.get(path)
    assert [m.objects.count() for m in (SummaryReport, SummarySection, RenderedFile)] == before


def test_the_composition_lists_its_sections_and_each_line_leads_to_one():
    section("Sửa tay.", key="causes")
    for username, edits in (("phong.nong-nghiep", True), ("lanhdao", False)):
        body = page(username, "/reports/2023-q3/")
        contents = body.split('id="contents"')[1].split("</details>")[0]
        leads = re.findall(r'href="#(s-[\w-]+)"', contents)
        assert len(leads) > 5
        assert leads == re.findall(r'id="(s-[\w-]+)"', body)
        assert "đã sửa" in contents.split('href="#s-causes"')[1].split("</li>")[0]
        assert ('href="#contents" data-where' in body) == edits
