"""What each unit declares against a set in a quarter, and what was found about it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from assignments.queries import indicators_of
from communes.models import AdministrativeUnit
from criteria.evaluation import Verdict as EvaluatedVerdict
from criteria.models import CriteriaSet, Indicator, Measure
from periods.models import ReportingPeriod


class Verdict(models.TextChoices):
    MET = EvaluatedVerdict.MET.value, _("Met")
    NOT_MET = EvaluatedVerdict.NOT_MET.value, _("Not met")
    NOT_APPLICABLE = EvaluatedVerdict.NOT_APPLICABLE.value, _("Not applicable")
    MISSING = EvaluatedVerdict.MISSING.value, _("Not entered")


class AssessmentState(models.TextChoices):
    DRAFT = "draft", _("being entered")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("rows returned")
    VERIFIED = "verified", _("verified")
    ACCEPTED = "accepted", _("accepted")


#: States in which the commune has handed its figures in.
HANDED_IN = (
    AssessmentState.SUBMITTED,
    AssessmentState.RETURNED,
    AssessmentState.VERIFIED,
    AssessmentState.ACCEPTED,
)


class Channel(models.TextChoices):
    FORM = "form", _("form")
    API = "api", _("API")
    IMPORT = "import", _("import")
    SYSTEM = "system", _("the portal itself")


def sets_of_agency(agency_id: int | None) -> models.QuerySet:
    """Ids of the sets in which an agency leads or supports an indicator."""
    return CriteriaSet.objects.filter(
        Q(criteria__assignments__agency_id=agency_id)
        | Q(criteria__indicators__assignments__agency_id=agency_id)
    ).values("pk")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> AssessmentQuerySet:
        """The assessments whose page a person may open.

        A commune sees its own; an agency those in which it leads or supports an indicator; the
        district roles all. For everybody else the rest do not exist.
        """
        if not user.is_authenticated:
            return self.none()
        if user.sees_district:
            return self
        if user.role == Role.COMMUNE_OFFICER:
            return self.filter(unit_id=user.unit_id)
        return self.filter(criteria_set__in=sets_of_agency(user.agency_id))

    def of_period(self, period: ReportingPeriod) -> AssessmentQuerySet:
        return self.filter(period=period)

    def with_people(self) -> AssessmentQuerySet:
        return self.select_related("unit", "period", "criteria_set", "submitted_by")


class Assessment(models.Model):
    """What one unit declares against one set in one quarter."""

    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="assessments", verbose_name=_("unit")
    )
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="assessments", verbose_name=_("criteria set")
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="assessments", verbose_name=_("quarter")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AssessmentState.choices, default=AssessmentState.DRAFT
    )
    extended_to = models.DateField(
        _("due date lifted to"),
        null=True,
        blank=True,
        help_text=_("Only where it differs from the quarter's."),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-period__data_to", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period", "criteria_set"],
                name="assessment_once_a_quarter",
                violation_error_message=_(
                    "This commune already has an assessment for this quarter."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True, submitted_by__isnull=True)
                | ~Q(state="draft") & Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="assessment_submitted_by_somebody",
                violation_error_message=_(
                    "A submitted assessment needs who and when; a draft neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_at__isnull=False, accepted_by__isnull=False)
                | ~Q(state="accepted") & Q(accepted_at__isnull=True, accepted_by__isnull=True),
                name="assessment_accepted_by_somebody",
                violation_error_message=_(
                    "An accepted assessment needs who and when; others neither."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["period", "criteria_set", "state"], name="assessment_of_quarter")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period} ({self.criteria_set.slug})"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse(
            "assessments:entry", args=[self.period.slug, self.unit.slug, self.criteria_set.slug]
        )

    @property
    def due_on(self) -> dt.date:
        return self.extended_to or self.period.due_on

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN


class Basis(models.TextChoices):
    BLANK = "blank", _("blank")
    ENTERED = "entered", _("entered")
    UNCHANGED = "unchanged", _("unchanged")


class Review(models.TextChoices):
    PENDING = "pending", _("not verified")
    RETURNED = "returned", _("returned")
    VERIFIED = "verified", _("verified")


class ResultQuerySet(models.QuerySet["IndicatorResult"]):
    def visible_to(self, user: User) -> ResultQuerySet:
        """Rows whose values a person may see: own commune, own indicators, or the district."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_district:
            return self
        if user.role == Role.COMMUNE_OFFICER:
            return self.filter(assessment__unit_id=user.unit_id)
        return self.filter(indicator__in=indicators_of(user.agency_id))


class IndicatorResult(models.Model):
    """One row of an assessment: its values, its two verdicts, its note and its review.

    ``declared_verdict`` is what the commune's values say, stored with its reason when they were
    saved; ``verified_verdict`` what the leading agency found. ``counted_verdict`` is the verified
    one where there is one: the database keeps it, so that nothing counts by itself.
    """

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="results", verbose_name=_("assessment")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="results", verbose_name=_("indicator")
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices, default=Basis.BLANK)
    entered_in = models.ForeignKey(
        ReportingPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The quarter in which the values were last really entered."),
        verbose_name=_("entered in"),
    )
    declared_verdict = models.CharField(
        _("declared"), max_length=16, choices=Verdict.choices, default=Verdict.MISSING
    )
    stated = models.BooleanField(
        _("stated met"), null=True, blank=True, help_text=_("Where the level is not known yet.")
    )
    reasons = models.JSONField(_("reasons of the verdict"), default=list, blank=True)
    unconfirmed = models.BooleanField(_("by an unconfirmed level"), default=False)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    absence_reason = models.TextField(_("reason for a blank or for not applicable"), blank=True)
    note = models.TextField(_("note"), blank=True)
    review = models.CharField(
        _("review"), max_length=10, choices=Review.choices, default=Review.PENDING
    )
    verified_verdict = models.CharField(
        _("verified"), max_length=16, choices=Verdict.choices, blank=True
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    review_reason = models.TextField(_("reason of the review"), blank=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    counted_verdict = models.GeneratedField(
        expression=Case(
            When(verified_verdict="", then=F("declared_verdict")), default=F("verified_verdict")
        ),
        output_field=models.CharField(max_length=16, choices=Verdict.choices),
        db_persist=True,
    )

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator result")
        verbose_name_plural = _("indicator results")
        ordering = ["assessment", "indicator__criterion__number", "indicator__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "indicator"],
                name="result_once_an_assessment",
            ),
            models.CheckConstraint(
                condition=Q(basis="blank", entered_in__isnull=True)
                | ~Q(basis="blank") & Q(entered_in__isnull=False),
                name="result_entered_in_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False)
                | Q(declared_verdict="not_applicable") & ~Q(absence_reason=""),
                name="result_not_applicable_with_reason",
                violation_error_message=_("Not applicable needs a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(declared_verdict="not_applicable") | Q(not_applicable=True),
                name="result_not_applicable_is_chosen",
            ),
            models.CheckConstraint(
                condition=Q(
                    review="pending",
                    verified_verdict="",
                    reviewed_by__isnull=True,
                    reviewed_at__isnull=True,
                )
                | Q(
                    review="returned",
                    verified_verdict="",
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                )
                & ~Q(review_reason="")
                | Q(review="verified", reviewed_by__isnull=False, reviewed_at__isnull=False)
                & ~Q(verified_verdict="")
                & (Q(verified_verdict=F("declared_verdict")) | ~Q(review_reason="")),
                name="result_review_is_whole",
                violation_error_message=_(
                    "A verification needs who, when and a verdict; a return or another verdict a reason."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(changed_by__isnull=True)
                | ~Q(reviewed_by=F("changed_by")),
                name="result_reviewed_by_another",
                violation_error_message=_("Nobody verifies what they entered."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.indicator.code}"

    def quarters_unchanged(self, period: ReportingPeriod) -> int:
        """For how many quarters the values were not entered anew; 0 when entered in this one."""
        return period.index - self.entered_in.index if self.entered_in_id else 0


class MeasureValue(models.Model):
    """One value typed in. A blank has no row: zero, blank and not applicable are three things."""

    result = models.ForeignKey(
        IndicatorResult, models.CASCADE, related_name="values", verbose_name=_("row")
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="values", verbose_name=_("value")
    )
    number = models.DecimalField(
        _("number"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    answer = models.BooleanField(_("yes or no"), null=True, blank=True)
    choice = models.CharField(_("choice"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(fields=["result", "measure"], name="value_once_a_measure"),
            models.CheckConstraint(
                condition=Q(number__isnull=False, answer__isnull=True, choice="")
                | Q(number__isnull=True, answer__isnull=False, choice="")
                | Q(number__isnull=True, answer__isnull=True) & ~Q(choice=""),
                name="value_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)

    @property
    def value(self):
        """Decimal, bool or str, as ``evaluation`` takes it."""
        if self.number is not None:
            return self.number
        return self.answer if self.answer is not None else self.choice
