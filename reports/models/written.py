"""The written report that each agency and commune sends to the standing office.

The directive, 1.6: "báo cáo kết quả thực hiện … định kỳ hàng quý, 6 tháng, 9 tháng và năm về cơ
quan thường trực". One report for one body and term; its parts are rows, each with a version of
its own, so that two officers of one body who write two parts never meet.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from assessments.models import Channel
from communes.models import AdministrativeUnit, Agency
from periods.models import ReportingPeriod
from reports.models.summaries import SummaryKind


class WrittenState(models.TextChoices):
    DRAFT = "draft", _("being written")
    SUBMITTED = "submitted", _("sent")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


#: States in which the report has arrived at the standing office.
ARRIVED = (WrittenState.SUBMITTED, WrittenState.ACCEPTED)


class Part(models.TextChoices):
    """The parts of a report, in their order on paper."""

    RESULTS = "results", _("Results")
    DIFFICULTIES = "difficulties", _("Difficulties and limits")
    CAUSES = "causes", _("Causes")
    NEXT_TASKS = "next_tasks", _("Tasks for the next term")
    PROPOSALS = "proposals", _("Proposals")


class PeriodicReportQuerySet(models.QuerySet["PeriodicReport"]):
    def visible_to(self, user: User) -> PeriodicReportQuerySet:
        """A body sees its own; those who look after the district see all; nobody else any."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_district:
            return self
        if user.role == Role.COMMUNE_OFFICER:
            return self.filter(unit_id=user.unit_id)
        return self.filter(agency_id=user.agency_id)


class PeriodicReport(models.Model):
    """What one body writes for one term. ``sendings`` counts how often it was sent."""

    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="written_reports", verbose_name=_("quarter")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SummaryKind.choices)
    unit = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="written_reports",
        verbose_name=_("unit"),
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="written_reports",
        verbose_name=_("agency"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=WrittenState.choices, default=WrittenState.DRAFT
    )
    sendings = models.PositiveSmallIntegerField(_("times sent"), default=0)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    return_reason = models.TextField(_("reason of the return"), blank=True)

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("written report")
        verbose_name_plural = _("written reports")
        ordering = ["-period__data_to", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="adhoc"),
                name="written_about_a_term",
                violation_error_message=_("A periodic report is about a quarter or some months."),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, agency__isnull=True)
                | Q(unit__isnull=True, agency__isnull=False),
                name="written_by_one_body",
                violation_error_message=_("A report comes from a commune or from an agency."),
            ),
            models.UniqueConstraint(
                fields=["period", "kind", "unit"],
                condition=Q(unit__isnull=False),
                name="written_once_by_a_commune",
                violation_error_message=_("This commune already has this report."),
            ),
            models.UniqueConstraint(
                fields=["period", "kind", "agency"],
                condition=Q(agency__isnull=False),
                name="written_once_by_an_agency",
                violation_error_message=_("This agency already has this report."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft", sendings=0, submitted_at__isnull=True, submitted_by__isnull=True
                )
                | ~Q(state="draft")
                & Q(sendings__gte=1, submitted_at__isnull=False, submitted_by__isnull=False),
                name="written_sent_by_somebody",
                violation_error_message=_("A report that was sent needs who and when."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "submitted"],
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    return_reason="",
                )
                | Q(
                    state="accepted",
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    return_reason="",
                )
                | Q(state="returned", decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(return_reason=""),
                name="written_decision_is_whole",
                violation_error_message=_("A decision needs who and when; a return a reason."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="written_decided_by_another",
                violation_error_message=_("Nobody decides about their own report."),
            ),
        ]
        indexes = [models.Index(fields=["period", "kind", "state"], name="written_of_term")]

    def __str__(self) -> str:
        return f"{self.unit or self.agency}: {self.period.slug} ({self.kind})"

    @property
    def has_arrived(self) -> bool:
        return self.state in ARRIVED


class ReportPart(models.Model):
    """One part of a report: its text, or the answer that there is nothing to report.

    Neither is a third thing: the part is not answered yet. ``version`` counts its changes.
    """

    report = models.ForeignKey(
        PeriodicReport, models.CASCADE, related_name="parts", verbose_name=_("written report")
    )
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    text = models.TextField(_("text"), blank=True)
    nothing = models.BooleanField(_("nothing to report"), default=False)
    version = models.PositiveIntegerField(_("version"), default=0)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("changed by"),
    )

    class Meta:
        verbose_name = _("part of a written report")
        verbose_name_plural = _("parts of written reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "part"], name="written_part_once"),
            models.CheckConstraint(
                condition=Q(nothing=False) | Q(text=""),
                name="written_nothing_has_no_text",
                violation_error_message=_("“Nothing to report” and a text exclude each other."),
            ),
            models.CheckConstraint(
                condition=Q(version=0, changed_at__isnull=True, changed_by__isnull=True)
                | Q(version__gte=1, changed_at__isnull=False, changed_by__isnull=False),
                name="written_part_changed_by_somebody",
                violation_error_message=_("A change needs who and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.part}"

    @property
    def is_answered(self) -> bool:
        return self.nothing or bool(self.text)


class WrittenEventKind(models.TextChoices):
    BEGUN = "begun", _("begun")
    SUBMITTED = "submitted", _("sent")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


class WrittenEventQuerySet(models.QuerySet["WrittenEvent"]):
    def update(self, **kwargs):
        raise TypeError("Events are appended, never changed.")

    def delete(self):
        raise TypeError("Events are appended, never deleted.")


class WrittenEvent(models.Model):
    """What happened to a report: who, when, why. A sending keeps the texts as they were sent."""

    report = models.ForeignKey(
        PeriodicReport, models.PROTECT, related_name="events", verbose_name=_("written report")
    )
    kind = models.CharField(_("what"), max_length=10, choices=WrittenEventKind.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    channel = models.CharField(_("through"), max_length=8, choices=Channel.choices)
    reason = models.TextField(_("why"), blank=True)
    texts = models.JSONField(_("texts as sent"), default=dict, blank=True)

    objects = WrittenEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a written report")
        verbose_name_plural = _("events of written reports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="returned") & ~Q(reason="") | ~Q(kind="returned") & Q(reason=""),
                name="written_return_has_a_reason",
                violation_error_message=_("A return needs its reason."),
            ),
            models.CheckConstraint(
                condition=Q(kind="submitted") & ~Q(texts={}) | ~Q(kind="submitted") & Q(texts={}),
                name="written_sending_keeps_its_texts",
                violation_error_message=_("A sending keeps what was sent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.kind} {self.at:%Y-%m-%d %H:%M}"
