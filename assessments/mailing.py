"""The e-mail digest: for each person one letter with what is new since the last one.

A person's rows are claimed (``mailed_at``) in a transaction of their own before the letter goes
out, and given back when it cannot be sent; so two runs at once, or a run after a failure, never
write twice. Only a machine that dies between the two loses a letter, and its notices still stand
in the portal unread. What was read in the portal meanwhile is not mailed any more.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from accounts.models import User
from assessments.models import Notice, NoticeChoice, NoticeQuerySet
from assessments.notice_texts import notice_text
from periods.clock import now

logger = logging.getLogger(__name__)
#: What nobody could be told for so long stands in the portal only: no flood after a pause.
OLDEST = dt.timedelta(days=14)


@dataclass(slots=True)
class Mailed:
    """What a run did."""

    letters: int = 0
    notices: int = 0
    failed: int = 0


def to_be_mailed() -> NoticeQuerySet:
    """Unread rows that were not mailed, of people who have an address and want the kind by mail."""
    refused = NoticeChoice.objects.filter(
        user=OuterRef("recipient"), kind=OuterRef("kind"), by_mail=False
    )
    return Notice.objects.filter(
        ~Exists(refused),
        mailed_at__isnull=True,
        read_at__isnull=True,
        at__gte=now() - OLDEST,
        recipient__is_active=True,
    ).exclude(recipient__email="")


def send_digests() -> Mailed:
    """One letter to everybody for whom something is new; a failure does not stop the others."""
    done = Mailed()
    waiting = to_be_mailed().order_by().values("recipient").distinct()
    connection = get_connection()
    for user in User.objects.filter(pk__in=waiting).select_related("unit", "agency").order_by("pk"):
        notices = claim(user)
        if not notices:
            continue
        try:
            with translation.override(settings.LANGUAGE_CODE):
                letter = compose(user, notices)
            letter.connection = connection
            letter.send()
        except Exception:
            logger.exception("no digest for %s", user.username)
            give_back(notices)
            connection.close()
            done.failed += 1
        else:
            done.letters += 1
            done.notices += len(notices)
    connection.close()
    return done


@transaction.atomic
def claim(user: User) -> list[Notice]:
    """The person's rows, marked as mailed: no other run takes them."""
    held = list(
        to_be_mailed()
        .filter(recipient=user)
        .with_pages()
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("at", "pk")
    )
    Notice.objects.filter(pk__in=[one.pk for one in held]).update(mailed_at=now())
    return held


def give_back(notices: list[Notice]) -> None:
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=None)


def compose(user: User, notices: list[Notice]) -> EmailMultiAlternatives:
    """The letter, in the active language: plain text with the same as HTML."""
    context = {
        "user": user,
        "lines": [(text, settings.PORTAL_URL + text.url) for text in map(notice_text, notices)],
        "list_url": settings.PORTAL_URL + reverse("notices:list"),
        "settings_url": settings.PORTAL_URL + reverse("notices:settings"),
    }
    subject = ngettext(
        "New Rural Tam Đường: %(n)s new notice",
        "New Rural Tam Đường: %(n)s new notices",
        len(notices),
    ) % {"n": len(notices)}
    letter = EmailMultiAlternatives(
        subject, render_to_string("notices/digest.txt", context), to=[user.email]
    )
    letter.attach_alternative(render_to_string("notices/digest.html", context), "text/html")
    return letter
