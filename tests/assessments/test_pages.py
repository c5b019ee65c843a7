"""The pages as a browser without a script, and htmx, meet them."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.models import AssessmentState, Basis, Event
from assessments.sheet import load_sheet
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
FORM = "/assessments/2023-q3/ban-bo/ntm/"


@pytest.fixture
def officer(client):
    client.force_login(factories.officer())
    return client


def fields(code, **typed):
    """The row's fields as the form posts them."""
    result = factories.row_of(code)
    typed.setdefault("version", result.version)
    return {f"{result.pk}-{name}": value for name, value in typed.items()}


def post_row(client, code, **typed):
    pk = factories.row_of(code).pk
    return client.post(f"{FORM}rows/{pk}/", fields(code, **typed), headers={"HX-Request": "true"})


def test_the_form_shows_19_criteria_and_57_rows_in_official_order(officer):
    page = officer.get(FORM).content.decode()
    assert page.count('<details class="criterion"') == 19
    codes = re.findall(r'data-code="([\d.]+)"', page)
    assert len(codes) == 57
    assert codes.index("17.9") + 1 == codes.index("17.10")
    assert "không quá 13" in page
    assert "Phòng LĐTBXH" in page


@pytest.mark.parametrize("typed", ["25,52", "25.52", " 25,52 %", "25,52%"])
def test_comma_and_point_are_read_alike(officer, typed):
    assert post_row(officer, "11", value=typed).status_code == 200
    assert factories.row_of("11").values.get().number == Decimal("25.52")


@pytest.mark.parametrize(
    "typed", ["abc", "101", "-1", "−1", "1e9", "1.234,5", "1 234", "25,525", "1.234", "NaN", "٢٥"]
)
def test_a_wrong_number_is_refused_beside_its_field_and_stays(officer, typed):
    answer = post_row(officer, "11", value=typed, note="Ghi chú của tôi")
    assert answer.status_code == 422
    pk = factories.row_of("11").pk
    error = re.search(rf'id="e-{pk}-value"[^>]*>([^<]+)<', answer.content.decode())
    assert error
    assert len(error[1]) > 10
    assert factories.row_of("11").version == 1
    page = officer.post(FORM, fields("11", value=typed, note="Ghi chú của tôi"))
    assert page.status_code == 422
    text = page.content.decode()
    assert f'value="{typed}"' in text
    assert "Ghi chú của tôi" in text
    assert 'aria-invalid="true"' in text
    assert factories.row_of("11").version == 1


def test_income_far_too_large_is_refused(officer):
    assert post_row(officer, "10", value="1000000000").status_code == 422


def test_a_saved_row_answers_with_verdict_reason_time_and_the_bar(officer):
    text = post_row(officer, "11", value="39,05").content.decode()
    assert "39,05\u00a0% &gt; 13\u00a0%" in text
    assert re.search(r"lúc \d\d:\d\d|at \d\d:\d\d", text)
    assert re.search(r"<b>1</b>/57", text)
    assert f'name="{factories.row_of("11").pk}-version" value="2"' in text


def test_a_stale_row_answers_409_with_both_versions(officer):
    factories.save("11", {"value": Decimal("12.5")}, note="Của người khác")
    answer = post_row(officer, "11", value="14", note="Của tôi", version=1)
    assert answer.status_code == 409
    text = answer.content.decode()
    for part in ("12,5", "14", "Của người khác", "Của tôi", "xa.ban-bo"):
        assert part in text
    assert factories.row_of("11").values.get().number == Decimal("12.5")
    again = post_row(officer, "11", value="14", note="Của tôi", version=2)
    assert again.status_code == 200
    assert factories.row_of("11").values.get().number == Decimal(14)


def test_without_a_script_a_stale_row_comes_back_with_both_versions(officer):
    typed = fields("11", value="14", version=1)
    factories.save("11", {"value": Decimal("12.5")})
    answer = officer.post(FORM, typed)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert 'value="14"' in text
    assert "12,5" in text
    pk = factories.row_of("11").pk
    assert f'name="{pk}-version" value="2"' in text
    unchosen = officer.post(FORM, fields("11", value="14", version=2, choice=""))
    assert unchosen.status_code == 409
    assert factories.row_of("11").values.get().number == Decimal("12.5")
    officer.post(FORM, fields("11", value="14", version=2, choice="mine"))
    assert factories.row_of("11").values.get().number == Decimal(14)


def test_what_was_typed_before_the_session_ended_meets_whoever_was_faster(client):
    client.post(FORM, fields("11", value="14", version=factories.row_of("11").version))
    factories.save("11", {"value": Decimal("12.5")})
    client.force_login(factories.officer())
    text = client.get(FORM).content.decode()
    assert 'value="14"' in text
    conflict = text.split('class="entry-conflict"')[1].split("</div>")[0]
    assert "12,5" in conflict
    assert "14" in conflict
    version = factories.row_of("11").version
    again = client.post(FORM, fields("11", value="14", version=version, choice=""))
    assert again.status_code == 409
    assert factories.row_of("11").values.get().number == Decimal("12.5")


def test_without_a_script_one_may_take_what_is_stored(officer):
    factories.save("11", {"value": Decimal("12.5")})
    sent = fields("11", value="14", version=2, choice="stored")
    text = officer.post(FORM, sent, follow=True).content.decode()
    assert factories.row_of("11").values.get().number == Decimal("12.5")
    assert "Đã lấy số trên hệ thống; số bạn nhập không được lưu." in text
    assert "Không có gì thay đổi" not in text


def test_without_a_script_another_row_is_saved_beside_what_is_taken(officer):
    factories.save("11", {"value": Decimal("12.5")})
    taken = fields("11", value="14", version=2, choice="stored")
    text = officer.post(FORM, taken | fields("10", value="43,5"), follow=True).content.decode()
    assert "Đã lấy số trên hệ thống" in text
    assert "Đã lưu 1 dòng" in text
    assert factories.row_of("10").values.get().number == Decimal("43.5")


def test_without_a_script_good_rows_are_saved_and_bad_ones_come_back(officer):
    data = fields("11", value="12") | fields("10", value="abc") | fields("1.1", value="yes")
    answer = officer.post(FORM, data)
    assert answer.status_code == 422
    assert factories.row_of("11").declared_verdict == "met"
    assert factories.row_of("1.1").declared_verdict == "met"
    assert factories.row_of("10").version == 1
    assert 'value="abc"' in answer.content.decode()


def test_without_a_script_pressing_save_twice_saves_once(officer):
    data = fields("11", value="12")
    assert officer.post(FORM, data).status_code == 302
    assert officer.post(FORM, data).status_code == 302
    assert factories.row_of("11").version == 2


def test_without_a_script_keep_unchanged_saves_the_other_rows_too(officer):
    data = fields("11", value="12") | fields("17.1") | {"keep": factories.row_of("17.1").pk}
    assert officer.post(FORM, data).status_code == 302
    assert factories.row_of("11").basis == Basis.ENTERED
    assert factories.row_of("17.1").basis == Basis.UNCHANGED


def test_keep_unchanged_answers_with_the_row_filled_in(officer):
    pk = factories.row_of("17.1").pk
    answer = officer.post(f"{FORM}rows/{pk}/unchanged/", fields("17.1"))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'name="{pk}-clean" value="30"' in text
    assert f'name="{pk}-central" value="10"' in text


def test_keeping_a_stale_row_is_refused_with_both_versions(officer):
    factories.save("17.1", {"clean": Decimal(33), "central": Decimal(12)})
    pk = factories.row_of("17.1").pk
    answer = officer.post(f"{FORM}rows/{pk}/unchanged/", fields("17.1", version=1))
    assert answer.status_code == 409
    assert "33" in answer.content.decode()
    assert factories.row_of("17.1").basis == Basis.ENTERED


def test_all_rows_are_kept_after_a_confirmation_that_writes_nothing(officer):
    url = reverse("assessments:unchanged_all", args=["2023-q3", "ban-bo", "ntm"])
    page = officer.get(url)
    assert page.content.decode().count("<tr><td><b>") == 57
    assert not Event.objects.filter(kind="unchanged").exists()
    confirmed = {"fingerprint": page.context["fingerprint"]}
    assert officer.post(url, confirmed).status_code == 302
    assert load_sheet(factories.assessment("ban-bo")).entered == 57
    assert officer.post(url, confirmed, follow=True).status_code == 200
    assert Event.objects.filter(kind="unchanged").count() == 57
    assert "<form" not in officer.get(url).content.decode().split('id="main"')[1]


def test_rows_that_changed_under_the_list_are_shown_again_and_none_is_kept(officer):
    url = reverse("assessments:unchanged_all", args=["2023-q3", "ban-bo", "ntm"])
    shown = officer.get(url).context["fingerprint"]
    factories.save("11", {"value": Decimal(12)})
    for sent in ({"fingerprint": shown}, {"fingerprint": ""}, {}):
        answer = officer.post(url, sent)
        assert answer.status_code == 409
        assert "Chưa giữ nguyên dòng nào" in answer.content.decode()
        assert answer.content.decode().count("<tr><td><b>") == 56
        assert not Event.objects.filter(kind="unchanged").exists()
    assert officer.post(url, {"fingerprint": answer.context["fingerprint"]}).status_code == 302
    assert factories.row_of("11").basis == Basis.ENTERED


def test_every_warning_of_a_row_is_in_the_checklist_and_with_its_note_in_the_confirmation(officer):
    factories.fill(factories.assessment("ban-bo"))
    factories.save("17.1", {"clean": Decimal(50), "central": Decimal(60)})
    url = f"{FORM}submit/"
    impossible = "Phần “trong đó” (60) không thể lớn hơn tổng (50)"
    warned = [one.sentence for one in officer.get(url).context["findings"]]
    assert len(warned) == 1
    assert warned[0].count(". ") >= 2
    assert impossible in warned[0]
    factories.save("17.1", {"clean": Decimal(50), "central": Decimal(60)}, note="Đã rà soát <b>.")
    page = officer.get(url)
    assert not page.context["findings"]
    text = page.content.decode()
    assert impossible in text
    assert "Ghi chú: Đã rà soát &lt;b&gt;." in text


def test_the_checklist_names_what_is_missing_and_sends_nothing(officer):
    url = f"{FORM}submit/"
    page = officer.get(url)
    assert page.content.decode().count("#row-") == 57
    answer = officer.post(
        url, {"fingerprint": load_sheet(factories.assessment("ban-bo")).fingerprint}
    )
    assert answer.status_code == 422
    assert factories.assessment("ban-bo").state == AssessmentState.DRAFT


def test_sending_twice_sends_once_and_then_the_form_says_why_it_is_locked(officer):
    sheet = factories.fill(factories.assessment("ban-bo"))
    url = f"{FORM}submit/"
    assert "19/19" in officer.get(url).content.decode()
    for _press in range(2):
        assert officer.post(url, {"fingerprint": sheet.fingerprint}).status_code == 302
    assert Event.objects.filter(kind="submitted", assessment__period__slug="2023-q3").count() == 1
    page = officer.get(FORM).content.decode()
    assert "<input" not in page.split('id="sheet"')[1].split("</main>")[0]
    assert "xa.ban-bo" in page
    answer = post_row(officer, "11", value="1")
    assert answer.status_code == 422
    assert "xa.ban-bo" in answer.content.decode()
    assert officer.get(url).status_code == 302


def test_figures_changed_after_the_confirmation_are_shown_again(officer):
    sheet = factories.fill(factories.assessment("ban-bo"))
    factories.save("11", {"value": Decimal(12)})
    answer = officer.post(f"{FORM}submit/", {"fingerprint": sheet.fingerprint})
    assert answer.status_code == 409
    assert factories.assessment("ban-bo").state == AssessmentState.DRAFT


@pytest.mark.parametrize("path", ["", "submit/", "unchanged/"])
def test_another_commune_does_not_exist(client, path):
    client.force_login(factories.officer("na-tam"))
    assert client.get(FORM + path).status_code == 404
    assert client.post(FORM + path, {"keep": "1"}).status_code == 404


def test_another_communes_row_does_not_exist_through_ones_own_address(client):
    client.force_login(factories.officer("na-tam"))
    pk = factories.row_of("11").pk
    own = "/assessments/2023-q3/na-tam/ntm/"
    for url in (f"{own}rows/{pk}/", f"{own}rows/{pk}/unchanged/"):
        assert client.post(url, {f"{pk}-version": 1, f"{pk}-value": "1"}).status_code == 404
    assert factories.row_of("11").version == 1


@pytest.mark.parametrize(
    "path",
    [
        "/assessments/2023-q9/ban-bo/ntm/",
        "/assessments/2023-q3/khong-co/ntm/",
        "/assessments/2023-q3/ban-bo/ntm-nang-cao/",
        "/assessments/2023-q3/ban-bo/ntm/rows/99999999/",
    ],
)
def test_what_is_not_there_is_404(officer, path):
    assert officer.get(path).status_code == 404


@pytest.mark.parametrize("version", ["", "abc", "-1", "٣", "9" * 50, "1.0"])
def test_a_version_that_is_no_number_never_overwrites(officer, version):
    assert post_row(officer, "11", value="12", version=version).status_code == 409
    assert factories.row_of("11").version == 1


def test_a_department_sees_only_the_rows_it_leads_or_supports(client):
    client.force_login(factories.department("lao-dong"))
    page = client.get(FORM).content.decode()
    codes = set(re.findall(r'data-code="([\d.]+)"', page))
    assert {"11", "12.1", "12.2", "18.5"} <= codes
    assert not codes & {"17.1", "19.1", "1.1"}
    assert "<textarea" not in page


@pytest.mark.parametrize("who", [factories.coordinator, factories.leader])
def test_the_district_reads_all_rows_and_writes_none(client, who):
    client.force_login(who())
    page = client.get(FORM).content.decode()
    assert page.count('data-code="') == 57
    assert "<textarea" not in page
    pk = factories.row_of("11").pk
    assert client.post(f"{FORM}rows/{pk}/", fields("11", value="1")).status_code in (403, 422)
    assert factories.row_of("11").version == 1


def test_the_coordinator_lifts_the_due_date_on_a_page(client):
    client.force_login(factories.coordinator())
    url = f"{FORM}extend/"
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"until": "31/02/2023", "reason": ""})
    assert wrong.status_code == 422
    assert 'value="31/02/2023"' in wrong.content.decode()
    assert client.post(url, {"until": "29/09/2023", "reason": "Sạt lở"}).status_code == 302
    assert factories.assessment("ban-bo").extended_to.isoformat() == "2023-09-29"


def test_the_list_shows_a_commune_its_own_and_the_district_all(officer, client):
    page = officer.get("/assessments/").content.decode()
    assert page.count('<th scope="row">') == 2
    assert "Nà Tăm" not in page
    client.force_login(factories.coordinator())
    page = client.get("/assessments/").content.decode()
    assert page.count('<th scope="row">') == 24
    page = client.get("/assessments/?period=2023-q3&unit=nà tăm").content.decode()
    assert page.count('<th scope="row">') == 1


@pytest.mark.parametrize("query", ["?period=x", "?state=x", "?page=999", "?page=x", "?unit=%00"])
def test_an_odd_query_never_breaks_the_list(officer, query):
    assert officer.get(f"/assessments/{query}").status_code == 200


def test_the_late_filter_finds_drafts_past_their_due_date(client, settings):
    client.force_login(factories.coordinator())
    settings.PORTAL_TODAY = "2023-09-26"
    page = client.get("/assessments/?state=late&period=2023-q3").content.decode()
    assert page.count('<th scope="row">') == 12


@pytest.mark.parametrize("url", [FORM, "/assessments/"])
def test_no_query_grows_with_the_rows(officer, url, django_assert_max_num_queries):
    officer.get(url)
    with django_assert_max_num_queries(15) as blank:
        officer.get(url)
    factories.fill(factories.assessment("ban-bo"))
    with django_assert_max_num_queries(15) as full:
        officer.get(url)
    assert len(full) == len(blank)


def test_saving_a_row_over_the_page_costs_at_most_ten_queries(
    officer, django_assert_max_num_queries
):
    post_row(officer, "17.1", clean="31", central="10")
    pk, data = factories.row_of("17.1").pk, fields("17.1", clean="32", central="11")
    with django_assert_max_num_queries(10):
        assert officer.post(f"{FORM}rows/{pk}/", data).status_code == 200
    assert factories.row_of("17.1").version == 3
    pk = factories.row_of("11").pk
    with django_assert_max_num_queries(10):
        answer = officer.post(f"{FORM}rows/{pk}/unchanged/", {f"{pk}-version": 1})
    assert answer.status_code == 200


def test_a_returned_assessment_offers_what_was_returned_first(officer):
    def chips():
        return re.findall(r'data-show="(\w+)"', officer.get(FORM).content.decode())

    assert chips() == ["all", "missing", "failed", "changed", "returned"]
    factories.sent()
    factories.give_back("11")
    assert chips() == ["all", "returned", "missing", "failed", "changed"]
