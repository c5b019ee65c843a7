"""The digest: one letter a person, nothing twice, one bad address stops nobody."""

import datetime as dt

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from assessments.mailing import OLDEST, claim, give_back, send_digests, to_be_mailed
from assessments.models import Notice, NoticeChoice, NoticeKind
from periods.clock import now
from tests import factories
from tests.notices.test_pages import give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]


@pytest.fixture(autouse=True)
def nothing_told_yet(settings):
    settings.PORTAL_URL = "https://ntm.example.gov.vn"
    Notice.objects.all().delete()


class OneBadAddress(EmailBackend):
    """Refuses whoever is at na-tam, as a mail server does."""

    def send_messages(self, messages):
        if any("na-tam" in address for one in messages for address in one.to):
            raise OSError("550 no such user")
        return super().send_messages(messages)


def test_one_letter_holds_all_that_is_new():
    give(3)
    done = send_digests()
    assert (done.letters, done.notices, done.failed) == (1, 3, 0)
    letter = mail.outbox[0]
    assert letter.to == ["xa.ban-bo@example.com"]
    assert "3 thông báo mới" in letter.subject
    assert letter.body.startswith("Kính gửi: xa.ban-bo,")
    assert "https://ntm.example.gov.vn/assessments/2023-q3/ban-bo/ntm/" in letter.body
    assert "https://ntm.example.gov.vn/notices/settings/" in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "https://ntm.example.gov.vn/assessments/2023-q3/ban-bo/ntm/" in html


def test_nothing_is_mailed_twice():
    give(2)
    send_digests()
    assert send_digests().letters == 0
    assert len(mail.outbox) == 1
    give(3)
    assert send_digests().notices == 1


def test_two_runs_at_once_share_the_rows():
    """What the first run holds, the second does not take."""
    give(2)
    user = factories.officer()
    assert len(claim(user)) == 2
    assert claim(user) == []
    assert send_digests().letters == 0


def test_a_refused_address_stops_nobody_and_is_tried_again(settings):
    give(1)
    give(1, slug="na-tam")
    settings.EMAIL_BACKEND = f"{__name__}.OneBadAddress"
    with pytest.raises(CommandError, match="1 letters could not be sent"):
        call_command("send_notices", verbosity=0)
    assert [one.to for one in mail.outbox] == [["xa.ban-bo@example.com"]]
    assert (
        Notice.objects.get(recipient=factories.officer("na-tam"), kind="accepted").mailed_at is None
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_digests()
    assert sum(one.to == ["xa.na-tam@example.com"] for one in mail.outbox) == 1


def test_a_letter_given_back_is_taken_again():
    give(1)
    held = claim(factories.officer())
    give_back(held)
    assert send_digests().letters == 1


def test_who_has_no_address_left_or_turned_it_off_is_not_written_to():
    give(1)
    User.objects.filter(username="xa.ban-bo").update(email="")
    give(1, slug="na-tam")
    NoticeChoice.objects.create(
        user=factories.officer("na-tam"), kind=NoticeKind.ACCEPTED, by_mail=False
    )
    give(1, slug="binh-lu")
    User.objects.filter(username="xa.binh-lu").update(is_active=False)
    assert send_digests().letters == 0
    assert mail.outbox == []


def test_what_was_read_or_is_old_is_not_mailed():
    one, two, three = give(3)
    Notice.objects.filter(pk=one.pk).update(read_at=now())
    Notice.objects.filter(pk=two.pk).update(at=now() - OLDEST - dt.timedelta(days=1))
    assert list(to_be_mailed()) == [three]


def test_a_kind_hidden_in_the_portal_may_still_be_mailed():
    give(1)
    NoticeChoice.objects.create(user=factories.officer(), kind=NoticeKind.ACCEPTED, in_portal=False)
    assert send_digests().letters == 1


def test_the_command_reminds_and_mails_and_says_so(settings, capsys):
    settings.PORTAL_TODAY = "2023-09-22"
    factories.officer()
    call_command("send_notices")
    assert (
        # the assessment, and the written reports of the quarter and of the nine months
        "3 reminders written; 1 letters with 3 notices sent, 0 failed." in capsys.readouterr().out
    )
    call_command("send_notices")
    assert "0 reminders written; 0 letters" in capsys.readouterr().out


def test_markup_stays_text_in_both_halves():
    factories.officer()
    target = factories.assessment("ban-bo")
    Notice.objects.create(
        recipient=factories.officer(), kind=NoticeKind.RETURNED, key="x", at=now(),
        assessment=target, facts={"codes": ["11"], "reason": "<b>& sai</b>", "by": "A"},
    )  # fmt: skip
    send_digests()
    letter = mail.outbox[0]
    assert "<b>& sai</b>" in letter.body
    assert "&lt;b&gt;&amp; sai" in letter.alternatives[0][0]


def test_the_cost_for_each_person_is_fixed(django_assert_max_num_queries):
    give(40)
    with django_assert_max_num_queries(6):
        send_digests()


def test_leaders_are_told_in_their_name():
    leader = factories.person(Role.LEADER)
    User.objects.filter(pk=leader.pk).update(full_name="Trần Thị Hoa")
    period = factories.assessment("ban-bo").period
    Notice.objects.create(
        recipient=leader, kind=NoticeKind.OPENED, key="o", at=now(), period=period,
        facts={"due_on": "2023-09-25", "by": "Phòng Nông nghiệp"},
    )  # fmt: skip
    send_digests()
    assert mail.outbox[0].body.startswith("Kính gửi: Trần Thị Hoa,")
    assert "https://ntm.example.gov.vn/periods/2023-q3/" in mail.outbox[0].body
