"""What is left of a correction that was given up: of which issue, who, when, what was taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.discards import Trace
from reports.models.summaries import SummaryIssue


class GivenUpCorrection(Trace):
    """One line for each correction given up; the issue that it would have replaced stays in force."""

    issue = models.ForeignKey(
        SummaryIssue, models.PROTECT, related_name="given_up", verbose_name=_("issue")
    )
    reason = models.TextField(_("reason for the correction"))
    given_up_at = models.DateTimeField(_("given up at"))
    given_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given up by")
    )
    texts = models.JSONField(_("headings of the texts that were lost"), default=list)

    class Meta:
        verbose_name = _("correction given up")
        verbose_name_plural = _("corrections given up")
        ordering = ["-given_up_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.given_up_at:%Y-%m-%d}"
