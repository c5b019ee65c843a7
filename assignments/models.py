"""Duties: which agency leads (chủ trì) and which support (phối hợp) an indicator."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import Agency
from communes.provenance import Sourced
from criteria.models import Criterion, Indicator


class Duty(models.TextChoices):
    LEAD = "lead", _("leads")
    SUPPORT = "support", _("supports")


class IndicatorAssignment(Sourced):
    """Given for a whole criterion or for a single indicator (Kế hoạch 454/KH-UBND, 06/4/2023).

    One given for an indicator goes before the one given for its criterion.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="assignments", verbose_name=_("agency")
    )
    duty = models.CharField(_("duty"), max_length=8, choices=Duty.choices)
    criterion = models.ForeignKey(
        Criterion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("criterion"),
    )
    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("indicator"),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(criterion__isnull=True, indicator__isnull=False)
                | Q(criterion__isnull=False, indicator__isnull=True),
                name="assignment_of_criterion_or_indicator",
                violation_error_message=_("Give a criterion or an indicator, not both."),
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(duty="lead", indicator__isnull=False),
                name="indicator_led_by_one",
                violation_error_message=_("This indicator already has a leading agency."),
            ),
            models.UniqueConstraint(
                fields=["criterion"],
                condition=Q(duty="lead", criterion__isnull=False),
                name="criterion_led_by_one",
                violation_error_message=_("This criterion already has a leading agency."),
            ),
            models.UniqueConstraint(
                F("agency"),
                Coalesce("criterion", 0),
                Coalesce("indicator", 0),
                name="assignment_given_once",
                violation_error_message=_("This agency already has this duty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}: {self.get_duty_display()} {self.indicator or self.criterion}"
