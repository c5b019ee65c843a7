"""What happened, when, by whom and why: appended, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.facts import Assessment, Channel, IndicatorResult
from communes.scope import SharedQuerySet
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod


class EventKind(models.TextChoices):
    OPENED = "opened", _("opened")
    ENTERED = "entered", _("entered")
    UNCHANGED = "unchanged", _("kept unchanged")
    RECHECKED = "rechecked", _("re-checked, as before")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("return withdrawn")
    CORRECTED = "corrected", _("corrected")
    VERIFIED = "verified", _("verified")
    ACCEPTED = "accepted", _("accepted")
    REOPENED = "reopened", _("reopened")
    EXTENDED = "extended", _("due date lifted")
    ATTACHED = "attached", _("evidence added")
    DESCRIBED = "described", _("evidence described")
    REMOVED = "removed", _("evidence removed")
    REJUDGED = "rejudged", _("judged anew by another level")


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs):
        raise TypeError("Events are appended, never changed.")

    def delete(self):
        raise TypeError("Events are appended, never deleted.")


#: A row verified otherwise than declared: only such a verdict has a reason.
OTHER_VERDICT = Q(kind=EventKind.VERIFIED, result__isnull=False) & ~Q(reason="")
#: An other verdict that no longer stands: the row was confirmed as declared after all.
VERDICT_TAKEN_BACK = Q(
    kind=EventKind.VERIFIED, result__isnull=False, reason="", before__review="verified"
) & ~Q(before__verdict=F("after__verdict"))


class Event(models.Model):
    """Something that happened: who, when, what, why, through which channel. Only ever appended."""

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="events", verbose_name=_("assessment")
    )
    result = models.ForeignKey(
        IndicatorResult,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("row"),
    )
    kind = models.CharField(_("what"), max_length=12, choices=EventKind.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    channel = models.CharField(_("through"), max_length=8, choices=Channel.choices)
    reason = models.TextField(_("why"), blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["returned", "withdrawn", "reopened", "extended", "removed"])
                | ~Q(reason=""),
                name="event_refusal_has_a_reason",
                violation_error_message=_("This decision needs a reason."),
            ),
        ]
        indexes = [models.Index(fields=["result", "-at"], name="event_of_result")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


class QuarterEventQuerySet(SharedQuerySet["QuarterEvent"], EventQuerySet):
    """Decisions about quarters concern everybody who is signed in."""


class QuarterEventKind(models.TextChoices):
    PLANNED = "planned", _("created")
    OPENED = "opened", _("opened")
    EXTENDED = "extended", _("due date moved")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened")


class QuarterEvent(models.Model):
    """A decision about a whole quarter. Only ever appended."""

    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="events", verbose_name=_("quarter")
    )
    kind = models.CharField(_("what"), max_length=12, choices=QuarterEventKind.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    channel = models.CharField(_("through"), max_length=8, choices=Channel.choices)
    reason = models.TextField(_("why"), blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)

    objects = QuarterEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a quarter")
        verbose_name_plural = _("decisions about quarters")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["extended", "reopened"]) | ~Q(reason=""),
                name="quarter_event_has_a_reason",
                violation_error_message=_("This decision needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.slug}: {self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


class FrozenQuarter(models.Model):
    """What a closed quarter's figures read besides its own rows, as it was when it closed.

    ``units`` are the communes as ``counting.CountedUnit`` takes them (name, recognition, target),
    ``definition`` the set with its levels (``criteria.freezing``), ``programme`` the recognitions and
    targets that papers list (``recognised``). A later change of a name, a
    recognition or a threshold does not reach them; reopening the quarter drops them.
    """

    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="frozen", verbose_name=_("quarter")
    )
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="+", verbose_name=_("criteria set")
    )
    frozen_at = models.DateTimeField(_("when"))
    units = models.JSONField(_("communes"))
    definition = models.JSONField(_("definitions"))
    programme = models.JSONField(_("recognitions and targets"), default=dict, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("what a closed quarter keeps")
        verbose_name_plural = _("what closed quarters keep")
        constraints = [
            models.UniqueConstraint(fields=["period", "criteria_set"], name="quarter_frozen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.period.slug}: {self.criteria_set.slug}"
