"""What the portal tells a person: rows, each made once, read or not, mailed or not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models.facts import Assessment
from periods.models import ReportingPeriod


class NoticeKind(models.TextChoices):
    OPENED = "opened", _("a quarter was opened")
    SUBMITTED = "submitted", _("a commune sent its assessment")
    RETURNED = "returned", _("rows were returned")
    WITHDRAWN = "withdrawn", _("a return was withdrawn")
    DIFFERS = "differs", _("a verdict other than declared was found")
    VERIFIED = "verified", _("an assessment is verified")
    ACCEPTED = "accepted", _("an assessment was accepted")
    CLOSED = "closed", _("a quarter was closed")
    REOPENED = "reopened", _("something was reopened")
    EXTENDED = "extended", _("a due date was moved")
    DUE_SOON = "due_soon", _("the due date is near")
    LATE = "late", _("the due date has passed")
    COMMENTED = "commented", _("somebody commented on a row")
    WRITTEN = "written", _("a written report was sent, returned or accepted")
    WRITTEN_DUE = "written_due", _("a written report is due or missing")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def shown(self) -> NoticeQuerySet:
        """Without the kinds that the recipient turned off in the portal."""
        hidden = NoticeChoice.objects.filter(
            user=OuterRef("recipient"), kind=OuterRef("kind"), in_portal=False
        )
        return self.filter(~Exists(hidden))

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> NoticeQuerySet:
        is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=models.BooleanField())
        return self.order_by(is_read, "-at", "-pk")

    def with_pages(self) -> NoticeQuerySet:
        """With what its sentence and its link need."""
        return self.select_related(
            "assessment__unit", "assessment__period", "assessment__criteria_set", "period"
        )


class Notice(models.Model):
    """One thing told to one person. ``key`` names the occasion: told once, however often asked."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notices",
        verbose_name=_("recipient"),
    )
    kind = models.CharField(_("about"), max_length=12, choices=NoticeKind.choices)
    key = models.CharField(_("occasion"), max_length=120)
    assessment = models.ForeignKey(
        Assessment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("assessment"),
    )
    period = models.ForeignKey(
        ReportingPeriod,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("quarter"),
    )
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_an_occasion"),
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.key}"


class NoticeChoiceQuerySet(models.QuerySet["NoticeChoice"]):
    def visible_to(self, user: User) -> NoticeChoiceQuerySet:
        return self.filter(user=user) if user.is_authenticated else self.none()


class NoticeChoice(models.Model):
    """What a person turned off; without a row a kind is told in the portal and by e-mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notice_choices",
        verbose_name=_("user"),
    )
    kind = models.CharField(_("about"), max_length=12, choices=NoticeKind.choices)
    in_portal = models.BooleanField(_("in the portal"), default=True)
    by_mail = models.BooleanField(_("by e-mail"), default=True)

    objects = NoticeChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
