"""One criterion across all communes: what is shown, what can be pressed, and every refusal."""

import re
import sys
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import User
from assessments.models import Event, IndicatorResult
from assignments.models import IndicatorAssignment
from tests import factories
from tests.dashboard.test_overview import words
from tests.statistics.test_demonstration import add_communes, quarter

pytestmark = pytest.mark.usefixtures("demonstration")
PAGE = "/verification/2023-q3/12/"
HTMX = {"HX-Request": "true"}
REASON = "Chưa khớp với danh sách lớp nghề."


def row(slug="giang-ma", code="12.1"):
    return factories.row_of(code, slug)


def press(client, act, slug="giang-ma", code="12.1", *, page=PAGE, headers=None, **data):
    held = row(slug, code)
    data = {"act": act, "version": held.version, **data}
    return client.post(f"{page}rows/{held.pk}/", data, headers=headers)


def part(html, slug="giang-ma", code="12.1"):
    """The row as it is read."""
    return words(re.search(rf'<li [^>]*id="row-{row(slug, code).pk}".*?</li>', html, re.S).group())


def test_the_communes_stand_side_by_side_with_everything_a_verifier_needs(client_of):
    html = client_of("phong.lao-dong").get(PAGE).content.decode()
    text = part(html)
    assert "55.28 %" in text
    assert "Quarter II: 54.87 %" in text
    assert "Not met" in text
    assert "Cán bộ xã Giang Ma" in text
    assert "differs from last quarter" in text
    assert "Unchanged: not re-checked for 1 quarter" in part(html, "ban-giang")
    page = words(html)
    assert "5 communes have sent" in page
    assert "7 communes have not sent: Bản Bo" in page


def test_confirming_without_a_script_leads_back_to_the_row(client_of):
    answer = press(client_of("phong.lao-dong"), "confirm")
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}#row-{row().pk}"
    assert row().verified_verdict == "not_met"


def test_confirming_with_htmx_answers_with_the_row(client_of):
    answer = press(client_of("phong.lao-dong"), "confirm", headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.startswith("<li ")
    assert "Verified:" in words(text)
    assert "data-said" in text


def test_pressed_twice_it_is_stored_once(client_of):
    client = client_of("phong.lao-dong")
    version = row().version
    for _press in range(2):
        assert press(client, "confirm", version=version).status_code == 302
    assert Event.objects.filter(result=row(), kind="verified").count() == 1


def test_another_verdict_is_shown_beside_the_declared_one_with_its_reason(client_of):
    client = client_of("phong.lao-dong")
    press(client, "met", reason=REASON)
    text = part(client.get(PAGE).content.decode())
    assert "Declared: Not met" in text
    assert "Verified: Met differs" in text
    assert REASON in text


def test_another_verdict_is_taken_back_by_confirming(client_of):
    client = client_of("phong.lao-dong")
    press(client, "met", reason=REASON)
    html = client.get(PAGE).content.decode()
    whole = re.search(rf'<li [^>]*id="row-{row().pk}".*?</li>', html, re.S).group()
    acts = re.findall(r'name="act" value="([a-z_]+)"', whole)
    assert acts == ["confirm", "return"]
    assert "Confirm as declared" in words(whole)
    assert press(client, "confirm").status_code == 302
    assert (row().verified_verdict, row().review_reason) == ("not_met", "")


def test_the_declared_verdict_is_no_other_one(client_of):
    answer = press(client_of("phong.lao-dong"), "not_met", reason=REASON)
    assert answer.status_code == 422
    assert "The commune declared this verdict itself" in part(answer.content.decode())
    assert row().review == "pending"


@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize("act", ["return", "met"])
def test_without_a_reason_nothing_is_stored_and_the_row_says_so(client_of, act, headers):
    answer = press(client_of("phong.lao-dong"), act, reason=" ", headers=headers)
    assert answer.status_code == 422
    assert "the commune reads it" in part(answer.content.decode())
    assert row().review == "pending"


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_stale_row_answers_409_with_both_sides(client_of, headers):
    client = client_of("phong.lao-dong")
    old = row().version
    press(client, "confirm")
    answer = press(client, "return", version=old, reason=REASON, headers=headers)
    assert answer.status_code == 409
    text = part(answer.content.decode())
    who = User.objects.get(username="phong.lao-dong").display_name
    assert f"Not stored: {who} changed this row at" in text
    assert "You wanted: return to the commune" in text
    assert REASON in text
    assert "Verified: Not met" in text


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "\x00"])
def test_a_version_that_is_no_number_is_stale(client_of, version):
    assert press(client_of("phong.lao-dong"), "confirm", version=version).status_code == 409


@pytest.mark.parametrize("act", ["", "abc", "missing", "\x00", "x" * 10_000])
def test_an_act_that_does_not_exist_is_refused(client_of, act):
    answer = press(client_of("phong.lao-dong"), act, reason=REASON)
    assert answer.status_code == 422
    assert row().review == "pending"


def test_a_returned_row_says_where_it_is_and_can_no_longer_be_confirmed(client_of):
    client = client_of("phong.lao-dong")
    press(client, "return", reason=REASON)
    html = client.get(PAGE).content.decode()
    assert "Returned to the commune" in part(html)
    assert REASON in part(html)
    answer = press(client, "confirm")
    assert answer.status_code == 422
    assert "it can be verified once it is sent again" in words(answer.content.decode())


def test_a_row_of_another_criterion_or_quarter_is_not_at_this_address(client_of):
    client = client_of("phong.lao-dong")
    other = factories.row_of("11", "giang-ma")
    answer = client.post(f"{PAGE}rows/{other.pk}/", {"act": "confirm", "version": other.version})
    assert answer.status_code == 404
    assert client.post(f"{PAGE}rows/999999999/", {"act": "confirm"}).status_code == 404


def test_an_agency_that_neither_leads_nor_supports_finds_nothing(client_of):
    client = client_of("phong.giao-duc")
    assert client.get(PAGE).status_code == 404
    assert press(client, "confirm").status_code == 404


def test_an_agency_sees_only_its_own_indicators_of_a_shared_criterion(client_of):
    html = client_of("phong.tai-nguyen").get("/verification/2023-q3/17/").content.decode()
    assert 'id="indicator-17.2"' in html
    assert 'id="indicator-17.1"' not in html


def test_a_supporting_agency_reads_with_the_reason_why_it_cannot_press(client_of):
    client = client_of("hoi-phu-nu")
    html = client.get("/verification/2023-q3/18/").content.decode()
    text = part(html, "giang-ma", "18.5")
    assert "Only Phòng LĐTBXH, which leads this indicator, verifies it." in text
    assert "Confirm" not in text
    answer = press(client, "confirm", code="18.5", page="/verification/2023-q3/18/")
    assert answer.status_code == 422


@pytest.mark.parametrize("username", ["lanhdao", "quantri"])
def test_who_only_reads_the_district_sees_every_row_and_no_button(client_of, username):
    client = client_of(username)
    html = client.get(PAGE).content.decode()
    assert "review-confirm" not in html
    assert press(client, "confirm").status_code == 403


def test_a_commune_never_opens_the_page(client_of):
    client = client_of("xa.giang-ma")
    assert client.get(PAGE).status_code == 403
    assert press(client, "confirm").status_code == 403


def test_the_page_says_that_the_standing_office_stands_in(client_of):
    html = client_of("phong.nong-nghiep").get("/verification/2023-q3/15/").content.decode()
    assert "has no account, so the standing office verifies in its place" in words(html)
    assert "Confirm" in part(html, "giang-ma", "15.1")
    assert "Confirm" not in part(html, "giang-ma", "15.2")


def test_a_blank_can_be_returned_but_not_confirmed(client_of):
    held = row()
    held.values.all().delete()
    IndicatorResult.objects.filter(pk=held.pk).update(
        declared_verdict="missing", basis="blank", entered_in=None, absence_reason="Chưa có số liệu"
    )
    client = client_of("phong.lao-dong")
    text = part(client.get(PAGE).content.decode())
    assert "Nothing was entered: return it, or find it not met with a reason." in text
    assert press(client, "confirm").status_code == 422
    assert press(client, "return", reason=REASON).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/verification/2023-q4/12/",
        "/verification/abc/12/",
        "/verification/2023-q3/99/",
        "/verification/2023-q3/12/?set=abc",
        "/verification/2023-q3/12/?set=%00",
    ],
)
def test_what_is_not_there_is_not_found(client_of, address):
    assert client_of("phong.nong-nghiep").get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["show=abc", "indicator=9.9", "show=%00", "tick=all", "x=" + "y" * 999]
)
def test_a_query_that_means_nothing_is_no_error(client_of, query):
    assert client_of("phong.lao-dong").get(f"{PAGE}?{query}").status_code == 200


def test_a_filter_hides_the_other_rows(client_of):
    html = client_of("phong.lao-dong").get(f"{PAGE}?show=returned").content.decode()
    shown = [
        line for line in re.findall(r'<li class="review-row[^>]*>', html) if "hidden" not in line
    ]
    assert len(shown) == 1


def test_a_closed_quarter_is_read_and_not_changed(client_of):
    client, page = client_of("phong.lao-dong"), "/verification/2023-q2/12/"
    html = client.get(page).content.decode()
    assert "review-confirm" not in html
    held = factories.row_of("12.1", "giang-ma", "2023-q2")
    answer = client.post(
        f"{page}rows/{held.pk}/", {"act": "return", "version": held.version, "reason": REASON}
    )
    assert answer.status_code == 422
    assert factories.row_of("12.1", "giang-ma", "2023-q2").version == held.version


def ticked(*rows):
    return {"row": [f"{held.pk}:{held.version}" for held in rows]}


def test_many_are_confirmed_at_once_where_nothing_changed_since_it_was_verified(client_of):
    client = client_of("phong.lao-dong")
    html = client.get(f"{PAGE}?tick=all").content.decode()
    boxes = re.findall(r'type="checkbox" form="many" name="row" value="([^"]+)"[^>]*checked', html)
    assert len(boxes) == 3
    answer = client.post(f"{PAGE}confirm/", {"row": boxes}, follow=True)
    assert "Confirmed 3 rows." in words(answer.content.decode())
    for slug, code in (("ban-giang", "12.1"), ("ho-thau", "12.1"), ("ho-thau", "12.2")):
        held = row(slug, code)
        assert (held.review, held.verified_verdict) == ("verified", held.declared_verdict)
        (event,) = Event.objects.filter(result=held, kind="verified")
        declared = held.declared_verdict
        assert event.after == {"review": "verified", "verdict": declared, "declared": declared}


def test_of_many_those_that_may_not_are_left_and_named(client_of):
    client = client_of("phong.lao-dong")
    changed, kept, stale = row(), row("ban-giang"), row("ho-thau")
    IndicatorResult.objects.filter(pk=stale.pk).update(version=stale.version + 1)
    answer = client.post(f"{PAGE}confirm/", ticked(changed, kept, stale), follow=True)
    text = words(answer.content.decode())
    assert "Confirmed 1 row." in text
    assert "12.1, Giang Ma: It changed since last quarter." in text
    assert "12.1, Hồ Thầu: Somebody changed it meanwhile; look at it again." in text
    assert row("ban-giang").review == "verified"
    assert row().review == row("ho-thau").review == "pending"


def test_of_many_only_own_rows_are_confirmed(client_of):
    row_of_another = factories.row_of("14.1", "ho-thau")
    client = client_of("phong.lao-dong")
    answer = client.post(f"{PAGE}confirm/", ticked(row_of_another), follow=True)
    assert answer.status_code == 200
    assert factories.row_of("14.1", "ho-thau").review == "pending"


@pytest.mark.parametrize("value", ["", "abc", "1", "1:", ":1", "9" * 60 + ":1", "1:2:3", "\x00:1"])
def test_ticks_that_mean_nothing_confirm_nothing(client_of, value):
    answer = client_of("phong.lao-dong").post(f"{PAGE}confirm/", {"row": value}, follow=True)
    assert answer.status_code == 200


def test_get_never_acts(client_of):
    client = client_of("phong.lao-dong")
    assert client.get(f"{PAGE}confirm/").status_code == 405
    assert client.get(f"{PAGE}rows/{row().pk}/").status_code == 405


@pytest.mark.parametrize("username", ["phong.lao-dong", "phong.nong-nghiep"])
@pytest.mark.parametrize("more", [0, 288])
def test_the_page_costs_the_same_for_12_and_300_communes(
    client_of, more, username, django_assert_max_num_queries
):
    add_communes(more, *quarter("2023-q3"))
    sent_by_all()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = client_of(username)
    with django_assert_max_num_queries(12):
        html = client.get(PAGE).content.decode()
    assert html.count('class="review-row') >= 12 + more


def test_a_closed_quarter_costs_no_more(client_of, django_assert_max_num_queries):
    client = client_of("phong.nong-nghiep")
    with django_assert_max_num_queries(13):
        assert client.get("/verification/2023-q2/17/").status_code == 200


def sent_by_all() -> None:
    by = User.objects.get(username="xa.ban-bo")
    for one in quarter("2023-q3")[0].assessments.filter(state="draft"):
        one.state, one.submitted_by, one.submitted_at = "submitted", by, one.period.opened_at
        one.save()


def test_more_rows_than_fit_are_shown_one_indicator_at_a_time(client_of, monkeypatch):
    monkeypatch.setattr(sys.modules["assessments.views.criterion"], "ROWS_AT_ONCE", 5)
    client = client_of("phong.lao-dong")
    html = client.get(PAGE).content.decode()
    assert 'id="indicator-12.1"' in html
    assert 'id="indicator-12.2"' not in html
    html = client.get(f"{PAGE}?indicator=12.2").content.decode()
    assert 'id="indicator-12.2"' in html


def test_without_any_duty_given_the_standing_office_has_it_all(client_of):
    IndicatorAssignment.objects.filter(duty="lead").delete()
    html = client_of("phong.nong-nghiep").get(PAGE).content.decode()
    assert "No agency leads this indicator, so the standing office verifies it." in words(html)
    assert "Confirm" in part(html)


def test_evidence_and_comments_are_counted_for_each_row(client_of):
    held, by = row(), User.objects.get(username="phong.lao-dong")
    files, said = held.evidence.standing().count(), held.comments.count()
    held.comments.create(text="Đề nghị bổ sung danh sách.", at=held.changed_at, by=by)
    for number, removed in ((1, None), (2, held.changed_at)):
        held.evidence.create(
            file=f"x/{number}", name=f"{number}.pdf", media_type="application/pdf", size=1,
            sha256=str(number) * 64, uploaded_at=held.changed_at, uploaded_by=held.changed_by,
            channel="form", removed_at=removed, removed_by=held.changed_by if removed else None,
            removal_reason="Nhầm tệp" if removed else "",
        )  # fmt: skip
    html = client_of("phong.lao-dong").get(PAGE).content.decode()
    assert re.search(rf"\b{files + 1} files?\b", part(html))
    assert f'id="talks-{held.pk}">{said + 1}<' in html


def test_a_return_is_withdrawn_where_it_was_made(client_of):
    client = client_of("phong.lao-dong")
    press(client, "return", reason=REASON)
    html = client.get(PAGE).content.decode()
    assert "Withdraw the return" in part(html)
    bare = press(client, "withdraw", reason=" ")
    assert bare.status_code == 422
    assert "Say why the return is withdrawn" in part(bare.content.decode())
    answer = press(client, "withdraw", reason="Nhầm xã.", headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "the return is withdrawn" in text
    assert "Withdraw the return" not in part(text)
    assert "Confirm" in part(text)
    assert row().review == "pending"
    assert Event.objects.filter(result=row(), kind="withdrawn").count() == 1


def test_a_return_that_the_commune_acted_on_says_so_instead_of_offering_to_withdraw(client_of):
    client = client_of("phong.lao-dong")
    press(client, "return", reason=REASON)
    factories.save(
        "12.1", {"men": Decimal(60), "women": Decimal(60)}, slug="giang-ma", note="Đã rà soát."
    )
    text = part(client.get(PAGE).content.decode())
    assert "Withdraw the return" not in text
    assert "has corrected this row already" in text
    refused = press(client, "withdraw", reason="Nhầm xã.")
    assert refused.status_code == 422
    assert "has corrected this row already" in words(refused.content.decode())


def test_another_department_is_not_offered_to_withdraw(client_of):
    press(client_of("phong.lao-dong"), "return", reason=REASON)
    page = client_of("phong.nong-nghiep").get(PAGE).content.decode()
    assert "Withdraw the return" not in page
