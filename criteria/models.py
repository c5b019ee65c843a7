"""What the law says: sets of criteria, their indicators, the values to enter and their levels."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import AdministrativeUnit, CommuneGroup, Level, Region, Tier
from communes.provenance import CERTAIN, Sourced
from criteria import evaluation
from criteria.english import annex_title


class SetState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", _("replaced")


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def in_force(self) -> CriteriaSetQuerySet:
        return self.filter(state=SetState.IN_FORCE)


class CriteriaSet(Sourced):
    """One legal set for one level of unit and one tier, such as Decision 318/QĐ-TTg, Annex I."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    level = models.CharField(_("for"), max_length=10, choices=Level.choices)
    tier = models.CharField(_("tier"), max_length=16, choices=Tier.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=SetState.choices, default=SetState.DRAFT
    )
    decision_number = models.CharField(_("decision"), max_length=60)
    decision_date = models.DateField(_("of"))
    annex = models.CharField(_("annex"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="refinements",
        verbose_name=_("based on"),
    )
    official_criteria = models.PositiveSmallIntegerField(_("criteria by law"))
    official_indicators = models.PositiveSmallIntegerField(_("indicators by law"))
    revision = models.PositiveIntegerField(
        _("revision"), default=1, help_text=_("Raised by every change of a definition in the set.")
    )
    history = HistoricalRecords()

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def annex_title(self) -> str:
        return annex_title(self.annex)

    @property
    def is_in_force(self) -> bool:
        return self.state == SetState.IN_FORCE


class Criterion(Sourced):
    """Numbered in its set. Sets do not share numbers: criterion 5 of one is not 5 of another."""

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="criteria", verbose_name=_("criteria set")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    group = models.CharField(_("group"), max_length=8, blank=True)
    group_name = models.CharField(_("name of the group"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["criteria_set", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "number"], name="criterion_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def title(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


class Indicator(Sourced):
    """Bears its official code: ``17.10``; a lone one its criterion's number: ``11``, never ``11.1``."""

    criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="indicators", verbose_name=_("criterion")
    )
    code = models.CharField(_("code"), max_length=8)
    position = models.PositiveSmallIntegerField(
        _("position"), help_text=_("17.10 comes after 17.9, so codes are not sorted as text.")
    )
    text = models.TextField(_("official text"))
    text_en = models.TextField(_("text in English"), blank=True)
    conditional = models.BooleanField(
        _("may be not applicable"), default=False, help_text=_("The law says “if any” (nếu có).")
    )
    requires_evidence = models.BooleanField(_("needs evidence to be declared met"), default=False)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["criterion", "position"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "code"], name="indicator_code_once"),
            models.UniqueConstraint(
                fields=["criterion", "position"], name="indicator_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text


class EvidenceDecision(models.Model):
    """The standing office decided that an indicator is met only with a file, or no longer only so.

    Only ever appended; the last one is what ``Indicator.requires_evidence`` says. Loading the
    reference data again leaves an indicator alone that somebody has decided about.
    """

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="evidence_decisions", verbose_name=_("indicator")
    )
    required = models.BooleanField(_("needs evidence to be declared met"))
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("decision about evidence")
        verbose_name_plural = _("decisions about evidence")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="evidence_decision_says_why",
                violation_error_message=_("Say why; the reason stays with the decision."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.reason[:60]}"


class Kind(models.TextChoices):
    BOOLEAN = evaluation.Kind.BOOLEAN.value, _("met or not met")
    PERCENTAGE = evaluation.Kind.PERCENTAGE.value, _("percentage")
    NUMBER = evaluation.Kind.NUMBER.value, _("number")
    CHOICE = evaluation.Kind.CHOICE.value, _("choice")


class Direction(models.TextChoices):
    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")
    NONE = "none", _("neither")


class Measure(models.Model):
    """One value to type in for an indicator.

    ``deciding`` measures have a level; the others condition one (the number of schools of
    indicator 5) or explain it (the households behind indicator 11) and decide nothing.
    """

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="measures", verbose_name=_("indicator")
    )
    key = models.SlugField(_("key"), max_length=24)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    label = models.CharField(_("label"), max_length=160, blank=True)
    label_en = models.CharField(_("label in English"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=40, blank=True)
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction.choices, default=Direction.NONE
    )
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=2)
    maximum = models.DecimalField(
        _("largest possible value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    choices = models.JSONField(_("choices"), default=list, blank=True)
    deciding = models.BooleanField(_("decides the verdict"), default=True)
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["indicator", "position"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "key"], name="measure_key_once"),
            models.CheckConstraint(
                condition=Q(deciding=False) | Q(required=True), name="measure_deciding_is_required"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.label or self.key}"

    @property
    def title(self) -> str:
        return self.label_en if get_language() == "en" and self.label_en else self.label

    @property
    def unit_title(self) -> str:
        return self.unit_en if get_language() == "en" and self.unit_en else self.unit


class Operator(models.TextChoices):
    AT_LEAST = evaluation.Operator.AT_LEAST.value, _("at least")
    AT_MOST = evaluation.Operator.AT_MOST.value, _("at most")
    MORE_THAN = evaluation.Operator.MORE_THAN.value, _("more than")
    ONE_OF = evaluation.Operator.ONE_OF.value, _("one of")
    IS_MET = evaluation.Operator.IS_MET.value, _("must be met")


class ThresholdQuerySet(models.QuerySet["Threshold"]):
    def valid_on(self, day: dt.date) -> ThresholdQuerySet:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def unconfirmed(self) -> ThresholdQuerySet:
        return self.exclude(certainty__in=CERTAIN)

    def not_ended(self, day: dt.date) -> ThresholdQuerySet:
        """Those that hold on the day or will from a later one."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def overlapping(self, level: Threshold) -> ThresholdQuerySet:
        """Others for the same measure, place, group, year and condition, valid on a common day."""
        same = {name: getattr(level, name) for name in Threshold.WHERE}
        others = self.filter(**same).exclude(pk=level.pk)
        if level.valid_from is not None:
            others = others.not_ended(level.valid_from)
        if level.valid_to is not None:
            others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=level.valid_to))
        return others


class Threshold(Sourced):
    """The level that a measure must reach: for a region, province, group or year, or for all.

    The most specific one wins (``evaluation.resolve_level``). One that was used is closed with
    ``valid_to`` and replaced, never edited. A threshold that the sources do not give has no row.
    """

    #: Where and when a level holds: two with the same may not hold on the same day.
    WHERE = ("measure_id", "province_id", "region", "group", "year", "condition_operator")

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="thresholds", verbose_name=_("value")
    )
    operator = models.CharField(_("operator"), max_length=4, choices=Operator.choices)
    value = models.DecimalField(_("level"), max_digits=14, decimal_places=2, null=True, blank=True)
    options = models.JSONField(_("accepted choices"), default=list, blank=True)
    province = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, null=True, blank=True, verbose_name=_("province")
    )
    region = models.CharField(_("region"), max_length=8, choices=Region.choices, blank=True)
    group = models.CharField(_("group"), max_length=8, choices=CommuneGroup.choices, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    condition_measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only if")
    )
    condition_operator = models.CharField(
        _("is"), max_length=4, choices=Operator.choices, blank=True
    )
    condition_value = models.DecimalField(
        _("than"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    set_by = models.CharField(_("set by"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    history = HistoricalRecords()

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["measure", "province", "region", "group", "year"]
        constraints = [
            models.UniqueConstraint(
                F("measure"),
                Coalesce("province", 0),
                F("region"),
                F("group"),
                Coalesce("year", 0),
                F("condition_operator"),
                condition=Q(valid_to__isnull=True),
                name="threshold_open_once",
                violation_error_message=_(
                    "There is already a level for this place, group and year."
                ),
            ),
            models.CheckConstraint(
                condition=Q(operator="in", value__isnull=True) & ~Q(options=[])
                | Q(operator="yes", value__isnull=True, options=[])
                | ~Q(operator__in=["in", "yes"]) & Q(value__isnull=False, options=[]),
                name="threshold_has_its_level",
                violation_error_message=_("A threshold needs a number, or the accepted choices."),
            ),
            models.CheckConstraint(
                condition=Q(
                    condition_measure__isnull=True,
                    condition_operator="",
                    condition_value__isnull=True,
                )
                | Q(condition_measure__isnull=False, condition_value__isnull=False)
                & ~Q(condition_operator=""),
                name="threshold_condition_is_whole",
                violation_error_message=_("A condition needs a measure, an operator and a value."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="threshold_ends_after_it_begins",
            ),
        ]

    def clean(self) -> None:
        """The day on which one level ends cannot be its successor's first: both would hold."""
        super().clean()
        if self.measure_id is None:
            return
        other = Threshold.objects.overlapping(self).first()
        if other is not None:
            raise ValidationError(overlap_text(other))

    def __str__(self) -> str:
        level = "" if self.value is None and not self.options else f" {self.value or self.options}"
        return f"{self.measure} {self.get_operator_display()}{level}"


def overlap_text(other: Threshold) -> str:
    begins = date_format(other.valid_from, "d/m/Y") if other.valid_from else _("the beginning")
    ends = date_format(other.valid_to, "d/m/Y") if other.valid_to else _("further notice")
    return _(
        "Another level holds for the same place, group and year from %(begins)s until %(ends)s. "
        "Let the new one begin on the day after the old one ends."
    ) % {"begins": begins, "ends": ends}
