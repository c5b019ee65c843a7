"""The row's evidence page, and what a script sends to it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import Event, Evidence
from tests import factories
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach, remove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
SCRIPT = {"HX-Request": "true"}


def page_of(code="11", slug="ban-bo", period="2023-q3"):
    return (
        f"/assessments/{period}/{slug}/ntm/rows/{factories.row_of(code, slug, period).pk}/evidence/"
    )


def upload(client, *files, headers=None, **fields):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(page_of(), {"files": sent, **fields}, headers=headers or {})


def test_files_are_added_without_a_script_and_listed(officer):
    answer = upload(officer, ("Biên bản.pdf", make.pdf()), ("ảnh.jpg", make.picture()))
    assert answer.status_code == 302
    page = officer.get(page_of()).content.decode()
    for part in ("Biên bản.pdf", "ảnh.jpg", "Đã thêm Biên bản.pdf."):
        assert part in page
    assert Evidence.objects.count() == 2


def test_of_several_files_the_good_ones_are_kept_and_the_bad_ones_named(officer):
    answer = upload(officer, ("a.pdf", make.pdf()), ("b.pdf", b"<html>"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Đã thêm a.pdf." in page
    assert "b.pdf: Đây là trang web" in page
    assert Evidence.objects.get().name == "a.pdf"


def test_no_file_at_all_is_answered_with_a_sentence(officer):
    answer = officer.post(page_of(), {})
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một tệp." in answer.content.decode()


def test_a_script_gets_the_new_list_and_the_sentences(officer):
    answer = upload(officer, ("a.pdf", make.pdf()), headers=SCRIPT)
    assert answer.status_code == 200
    body = answer.json()
    assert body["sentences"] == ["Đã thêm a.pdf."]
    assert f'id="evidence-{factories.row_of("11").pk}"' in body["html"]
    assert 'class="entry-wide evidence"' in body["html"]
    again = upload(officer, ("a.pdf", make.pdf()), headers=SCRIPT, shown="page").json()
    assert again["sentences"] == ["a.pdf đã có ở dòng này; không thêm lần nữa."]
    assert 'class="evidence-page"' in again["html"]


def test_a_script_is_told_why_a_file_was_refused(officer, stored):
    answer = upload(officer, ("a.xlsx", make.bomb()), headers=SCRIPT)
    assert answer.status_code == 422
    assert "giải nén" in answer.json()["sentences"][0]
    assert (Evidence.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a\x00b.pdf", "ab.pdf"), ("Bie\u0302n.pdf", "Biên.pdf")],
)
def test_a_wild_name_becomes_a_label(officer, name, kept):
    file = SimpleUploadedFile("a.pdf", make.pdf())
    file._name = name
    officer.post(page_of(), {"files": [file]})
    assert Evidence.objects.get().name == kept


@pytest.mark.parametrize("name", ["../../x.pdf", "..\\x.pdf", "/etc/x.pdf", "&#46;./x.pdf"])
def test_a_name_with_a_path_is_refused_and_nothing_is_kept(officer, stored, name):
    # By hand: Django's client would cut the path off, as browsers do.
    head = f'--cut\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
    body = (
        head.encode() + b"Content-Type: application/pdf\r\n\r\n" + make.pdf() + b"\r\n--cut--\r\n"
    )
    kind = "multipart/form-data; boundary=cut"
    answer = officer.post(page_of(), body, content_type=kind, headers=SCRIPT)
    assert answer.status_code == 422
    assert "đường dẫn" in answer.json()["sentences"][0]
    assert answer.json()["sentences"][0].isprintable()
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_a_locked_row_shows_its_files_and_takes_none(officer):
    page = officer.get(page_of(period="2023-q2")).content.decode()
    assert 'type="file"' not in page
    assert "Không có minh chứng" in page
    answer = officer.post(
        page_of(period="2023-q2"), {"files": SimpleUploadedFile("a.pdf", make.pdf())}
    )
    assert answer.status_code == 422
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("who", ["department", "coordinator", "leader"])
def test_whoever_may_see_the_row_sees_its_files_but_adds_none(client, who):
    attach()
    person = factories.department("lao-dong") if who == "department" else getattr(factories, who)()
    client.force_login(person)
    page = client.get(page_of()).content.decode()
    assert "Biên bản.pdf" in page
    assert 'type="file"' not in page
    answer = upload(client, ("b.pdf", make.pdf(2)))
    assert answer.status_code == 422
    assert Evidence.objects.count() == 1


def test_a_document_is_described_and_what_was_typed_wrongly_stays(officer):
    pk = attach().evidence.pk
    url = f"/evidence/{pk}/describe/"
    typed = {f"{pk}-document_number": "45/QĐ-UBND", f"{pk}-document_date": "5/9/2023"}
    typed[f"{pk}-version"] = Evidence.objects.get().version
    wrong = officer.post(url, typed | {f"{pk}-valid_until": "mai"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert 'value="45/QĐ-UBND"' in text
    assert "25/09/2023" in text
    assert officer.post(url, typed | {f"{pk}-valid_until": "31/12/2024"}).status_code == 302
    evidence = Evidence.objects.get()
    assert evidence.document_date == dt.date(2023, 9, 5)
    assert evidence.valid_until == dt.date(2024, 12, 31)
    assert "có hiệu lực đến 31/12/2024" in officer.get(page_of()).content.decode()


def test_a_file_is_removed_with_a_reason_that_everybody_who_sees_the_row_reads(officer):
    pk = attach().evidence.pk
    url = f"/evidence/{pk}/remove/"
    assert officer.post(url, {}).status_code == 422
    assert officer.post(url, {f"remove-{pk}-reason": "Nhầm tệp của xã khác"}).status_code == 302
    again = officer.post(url, {f"remove-{pk}-reason": "Nhầm"}, follow=True)
    assert "đã được gỡ từ trước" in again.content.decode()
    page = officer.get(page_of()).content.decode()
    assert "Nhầm tệp của xã khác" in page
    assert f"/evidence/{pk}/" not in page
    assert Event.objects.filter(kind="removed").count() == 1


def test_a_look_at_an_act_leads_back_to_the_row(officer):
    pk = attach().evidence.pk
    for act in ("describe", "remove"):
        assert officer.get(f"/evidence/{pk}/{act}/").url == page_of()
    assert Evidence.objects.standing().count() == 1


def test_the_standing_office_still_reaches_a_removed_file(client):
    evidence = attach().evidence
    remove(evidence)
    client.force_login(factories.coordinator())
    assert f'href="/evidence/{evidence.pk}/"' in client.get(page_of()).content.decode()


def test_no_query_grows_with_the_files(officer, django_assert_max_num_queries):
    officer.get(page_of())
    attach()
    with django_assert_max_num_queries(20) as few:
        officer.get(page_of())
    for pages in range(2, 12):
        attach(data=make.pdf(pages))
    with django_assert_max_num_queries(20) as many:
        officer.get(page_of())
    assert len(many) == len(few)


def test_the_entry_form_stays_light_with_files_behind_its_rows(
    officer, django_assert_max_num_queries
):
    """A second visit: at most 25 kB over the wire and 15 queries."""
    for code in ("2.1", "2.2", "11", "10", "15.1", "17.1"):
        attach(code, name=f"Biên bản kiểm tra chỉ tiêu {code}.pdf")
    form = "/assessments/2023-q3/ban-bo/ntm/"
    officer.get(form)
    with django_assert_max_num_queries(15):
        answer = officer.get(form, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 25_000
