"""Writing into the thread of a row: appended only, never changed, never taken away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may_comment_on
from assessments.errors import CommentRefused, InvalidRow
from assessments.gate import situation
from assessments.locking import hold
from assessments.models import Assessment, Comment, IndicatorResult, ResultQuerySet
from assessments.notifying import notify_commented
from assessments.rows import TEXT_LIMIT
from assessments.workflow import Lock, comment_lock
from communes.texts import tidy
from periods.clock import now

#: The same words by the same person within this time are a second press of the button.
SAME_PRESS = dt.timedelta(minutes=1)


def comment_refusal(assessment: Assessment, by: User) -> Lock | None:
    """Why ``by`` cannot write here now, or None: the page's form asks here too."""
    if not may_comment_on(by, assessment.unit_id):
        return Lock.NOT_YOURS
    return comment_lock(situation(assessment))


@transaction.atomic
def comment(*, by: User, rows: ResultQuerySet, result_id: int, text: str) -> Comment:
    """Append what ``by`` says about a row, and tell those concerned; pressing twice says it once.

    ``rows`` is the scope: a row outside it raises ``IndicatorResult.DoesNotExist``. Also raises
    ``CommentRefused``, and ``InvalidRow`` for an empty or too long text.
    """
    result = rows.select_related("assessment", "indicator").get(pk=result_id)
    result.assessment = hold(result.assessment)
    reason = comment_refusal(result.assessment, by)
    if reason is not None:
        raise CommentRefused(reason, result.assessment)
    text = _checked(text)
    said = _just_said(result, by, text)
    if said is not None:
        return said
    made = Comment.objects.create(result=result, text=text, at=now(), by=by)
    notify_commented(comment=made, assessment=result.assessment, code=result.indicator.code)
    return made


def _checked(text: str) -> str:
    text = tidy(text.replace("\r\n", "\n"))
    if not text:
        raise InvalidRow({"text": _("Write something first.")})
    if len(text) > TEXT_LIMIT:
        raise InvalidRow(
            {
                "text": _(
                    "Too long: %(length)s characters, at most %(limit)s. Put longer texts into a "
                    "file."
                )
                % {"length": len(text), "limit": TEXT_LIMIT}
            }
        )
    return text


def _just_said(result: IndicatorResult, by: User, text: str) -> Comment | None:
    recent = Comment.objects.filter(result=result, by=by, text=text, at__gt=now() - SAME_PRESS)
    return recent.order_by("pk").last()
