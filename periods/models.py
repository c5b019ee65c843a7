"""When: the quarters of the programme."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from periods.calendar import add_working_days, data_window

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def quarter_label(quarter: int) -> str:
    """The quarter without its year: Quý II."""
    return _("Quarter %(quarter)s") % {"quarter": ROMAN[quarter]}


class PeriodState(models.TextChoices):
    PLANNED = "planned", _("not open yet")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class PeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    def open(self) -> PeriodQuerySet:
        return self.filter(state=PeriodState.OPEN)

    def begun(self) -> PeriodQuerySet:
        """Open or closed: the periods that have figures."""
        return self.exclude(state=PeriodState.PLANNED)

    def before(self, period: ReportingPeriod) -> PeriodQuerySet:
        return self.filter(data_to__lt=period.data_from).order_by("-data_to")


class ReportingPeriod(models.Model):
    """A quarter: its data window (15th to 14th, Decree 09/2019/NĐ-CP), due date and state."""

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    slug = models.SlugField(_("address"), max_length=8, unique=True, editable=False)
    data_from = models.DateField(_("data from"))
    data_to = models.DateField(_("data to"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=8, choices=PeriodState.choices, default=PeriodState.PLANNED
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarter")
        verbose_name_plural = _("quarters")
        ordering = ["-data_to"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "quarter"],
                name="quarter_once",
                violation_error_message=_("This quarter already exists."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4),
                name="quarter_one_to_four",
                violation_error_message=_("A quarter is 1, 2, 3 or 4."),
            ),
            models.CheckConstraint(
                condition=Q(data_from__lt=F("data_to")) & Q(due_on__gt=F("data_to")),
                name="quarter_due_after_its_data",
                violation_error_message=_("The due date must come after the data window."),
            ),
            models.CheckConstraint(
                condition=Q(state="planned", opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
                name="quarter_state_has_its_times",
                violation_error_message=_("The state and its times do not fit together."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args, **kwargs) -> None:
        self.slug = f"{self.year}-q{self.quarter}"
        super().save(*args, **kwargs)

    @classmethod
    def plan(cls, year: int, quarter: int) -> ReportingPeriod:
        """A quarter not yet saved, with its lawful window and the default due date."""
        start, end = data_window(year, quarter)
        due = add_working_days(end, settings.PORTAL_DUE_WORKING_DAYS)
        return cls(year=year, quarter=quarter, data_from=start, data_to=end, due_on=due)

    @property
    def label(self) -> str:
        return _("Quarter %(quarter)s of %(year)s") % {
            "quarter": ROMAN[self.quarter],
            "year": self.year,
        }

    @property
    def short_label(self) -> str:
        return quarter_label(self.quarter)

    @property
    def is_open(self) -> bool:
        return self.state == PeriodState.OPEN

    @property
    def index(self) -> int:
        """Quarters counted through the years, so that two can be subtracted."""
        return self.year * 4 + self.quarter

    def days_left(self, today: dt.date, due_on: dt.date | None = None) -> int:
        """Calendar days until the due date; negative when it has passed."""
        return ((due_on or self.due_on) - today).days
