"""What is left of a draft that was thrown away: which one, who, when, and how much was lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from periods.models import ReportingPeriod
from reports.models.summaries import SummaryKind


class AppendedTrace(Exception):
    """A trace is appended; it is never written again and never deleted."""


class Trace(models.Model):
    """A line that is appended, and never changed or taken away."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise AppendedTrace
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendedTrace


class DiscardedSummary(Trace):
    """One line for each discarded draft: its address can be started again, this line stays.

    ``draft`` is the primary key that the draft had, so that a second press of the same page is
    told from the discarding of a draft begun anew under the same address.
    """

    draft = models.PositiveBigIntegerField(_("number of the draft"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=SummaryKind.choices)
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="+", verbose_name=_("quarter")
    )
    on = models.DateField(_("on the day"), null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=24)
    started_at = models.DateTimeField(_("started at"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    discarded_at = models.DateTimeField(_("discarded at"))
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("discarded by")
    )
    texts = models.JSONField(_("headings of the texts that were lost"), default=list)
    passages = models.PositiveIntegerField(_("passages that were taken in"), default=0)

    class Meta:
        verbose_name = _("discarded draft")
        verbose_name_plural = _("discarded drafts")
        ordering = ["-discarded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="adhoc", on__isnull=False) | ~Q(kind="adhoc") & Q(on__isnull=True),
                name="discarded_day_only_ad_hoc",
                violation_error_message=_("An ad hoc summary needs its day; others have none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.discarded_at:%Y-%m-%d}"
