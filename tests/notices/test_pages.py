"""The bell, the list of notices, marking them read, and what one wants to be told."""

import pytest
from django.test import Client

from accounts.models import Role
from assessments.models import Notice, NoticeChoice, NoticeKind
from assessments.notifying import KINDS_OF_ROLE, commune_of, tell
from tests import factories
from tests.quarters.test_decisions import somebody
from tests.quarters.test_pages import client_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


def give(count: int = 1, slug: str = "ban-bo", kind=NoticeKind.ACCEPTED) -> list[Notice]:
    factories.officer(slug)
    target = factories.assessment(slug)
    for n in range(count):
        tell(commune_of(target), kind, f"test:{kind}:{slug}:{n}", by=None, assessment=target,
             facts={"by": "Phòng Nông nghiệp", "reason": "Sai", "due_on": "2023-09-25"})  # fmt: skip
    return list(Notice.objects.filter(recipient=factories.officer(slug)).order_by("pk"))


@pytest.fixture
def officer() -> Client:
    user = factories.officer()
    Notice.objects.all().delete()
    return client_of(user)


def test_the_bell_counts_what_is_unread(officer):
    assert "bell-count" not in officer.get("/").content.decode()
    give(3)
    text = officer.get("/").content.decode()
    assert "Notices, 3 unread" in text
    give(120)
    assert "99+" in officer.get("/").content.decode()


def test_fragments_count_nothing(officer, django_assert_max_num_queries):
    give(2)
    row = factories.row_of("1.1")
    base = factories.assessment("ban-bo").get_absolute_url()
    with django_assert_max_num_queries(20) as asked:
        officer.get(f"{base}rows/{row.pk}/", headers={"HX-Request": "true"})
    assert not [q for q in asked.captured_queries if "assessments_notice" in q["sql"]]


def test_an_empty_list_says_what_will_stand_there(officer):
    assert "Nothing to tell you yet" in words(officer.get("/notices/"))


def test_unread_stands_first_and_is_marked_by_a_press(officer):
    first, second = give(2)
    officer.post(f"/notices/{second.pk}/read/")
    second.refresh_from_db()
    assert second.read_at is not None
    text = officer.get("/notices/").content.decode()
    assert text.index(f"/notices/{first.pk}/read/") > 0
    assert f"/notices/{second.pk}/read/" not in text
    when = second.read_at
    officer.post(f"/notices/{second.pk}/read/")
    second.refresh_from_db()
    assert second.read_at == when


def test_opening_marks_it_and_leads_to_its_page(officer):
    notice = give()[0]
    answer = officer.post(f"/notices/{notice.pk}/read/", {"go": "1"})
    assert answer.url == factories.assessment("ban-bo").get_absolute_url()
    notice.refresh_from_db()
    assert notice.read_at


def test_reading_the_list_marks_nothing(officer):
    notice = give()[0]
    officer.get("/notices/")
    assert officer.get(f"/notices/{notice.pk}/read/").status_code == 405
    assert officer.get("/notices/read/").status_code == 405
    notice.refresh_from_db()
    assert notice.read_at is None


def test_what_came_after_the_page_was_shown_stays_unread(officer):
    newest = give(2)[-1].pk
    give(3)
    officer.post("/notices/read/", {"newest": str(newest)})
    assert Notice.objects.filter(recipient=factories.officer()).unread().count() == 1
    officer.post("/notices/read/", {"newest": "\x00x"})
    assert not Notice.objects.filter(recipient=factories.officer()).unread().exists()


def test_another_person_s_notice_does_not_exist(officer):
    other = give(slug="na-tam")[0]
    assert officer.post(f"/notices/{other.pk}/read/").status_code == 404
    officer.post("/notices/read/")
    other.refresh_from_db()
    assert other.read_at is None
    assert "Nà Tăm" not in words(officer.get("/notices/"))


@pytest.mark.parametrize("address", ["/notices/", "/notices/settings/"])
def test_somebody_signed_out_signs_in_first(client, address):
    assert client.get(address).status_code == 302


def test_the_list_is_paged_and_costs_the_same_for_any_number(
    officer, django_assert_max_num_queries
):
    give(2)
    with django_assert_max_num_queries(8) as few:
        officer.get("/notices/")
    give(100)
    with django_assert_max_num_queries(len(few)):
        answer = officer.get("/notices/")
    assert answer.content.decode().count("notice-line") == 30
    assert officer.get("/notices/?page=99").status_code == 200
    assert officer.get("/notices/?page=x").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_each_role_chooses_among_what_it_can_be_told(role):
    client = client_of(somebody(role))
    text = client.get("/notices/settings/").content.decode()
    for kind in NoticeKind:
        assert (f'name="portal-{kind.value}"' in text) == (kind in KINDS_OF_ROLE[role])


def test_what_is_turned_off_is_hidden_and_comes_back(officer):
    give(2)
    wanted = {
        f"{where}-{kind.value}": "on"
        for kind in NoticeKind
        for where in ("portal", "mail")
        if (where, kind) != ("portal", NoticeKind.ACCEPTED)
    }
    assert "Stored" in words(officer.post("/notices/settings/", wanted, follow=True))
    choice = NoticeChoice.objects.get(user=factories.officer(), kind=NoticeKind.ACCEPTED)
    assert (choice.in_portal, choice.by_mail) == (False, True)
    assert "Nothing to tell you yet" in words(officer.get("/notices/"))
    assert "bell-count" not in officer.get("/").content.decode()
    officer.post("/notices/settings/", wanted | {"portal-accepted": "on"})
    officer.post("/notices/settings/", wanted | {"portal-accepted": "on"})
    assert "is accepted" in words(officer.get("/notices/"))
    assert NoticeChoice.objects.filter(user=factories.officer()).count() == len(
        KINDS_OF_ROLE[Role.COMMUNE_OFFICER]
    )


def test_a_notice_of_a_text_with_markup_is_text(officer):
    target = factories.assessment("ban-bo")
    facts = {"by": "<script>x</script>", "reason": "<b>Sai</b>", "codes": ["11"]}
    tell(commune_of(target), NoticeKind.RETURNED, "markup", by=None, assessment=target, facts=facts)
    text = officer.get("/notices/").content.decode()
    assert "<script>x" not in text
    assert "&lt;b&gt;Sai" in text
