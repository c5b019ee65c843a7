"""Where: units of administration, the agencies beside them, and how each unit stands in law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.alphabet import SortKeyField
from communes.provenance import Sourced
from communes.scope import SharedQuerySet


class Level(models.TextChoices):
    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    COMMUNE = "commune", _("commune")
    VILLAGE = "village", _("village")


class UnitKind(models.TextChoices):
    PROVINCE = "tinh", _("province")
    DISTRICT = "huyen", _("rural district")
    COMMUNE = "xa", _("rural commune")
    TOWN = "thi-tran", _("town")
    WARD = "phuong", _("ward")
    VILLAGE = "ban", _("village")


class Region(models.TextChoices):
    """The seven regions for which Decision 318/QĐ-TTg sets levels."""

    TDMNPB = "TDMNPB", _("Northern midlands and mountains")
    DBSH = "DBSH", _("Red River Delta")
    BTB = "BTB", _("North Central")
    DHNTB = "DHNTB", _("South Central Coast")
    TN = "TN", _("Central Highlands")
    DNB = "DNB", _("Southeast")
    DBSCL = "DBSCL", _("Mekong Delta")


class CommuneGroup(models.TextChoices):
    """Ethnic-minority and mountain areas by level of development (khu vực I, II, III)."""

    KV1 = "kv1", _("area I")
    KV2 = "kv2", _("area II")
    KV3 = "kv3", _("area III")


class Tier(models.TextChoices):
    NTM = "ntm", _("new rural")
    ADVANCED = "ntm-nang-cao", _("advanced new rural")
    MODEL = "ntm-kieu-mau", _("model new rural")


#: Asked before a unit is changed; each gives the sentences that refuse that it leaves the programme
#: by that, by field, or nothing. The layers above add theirs when they start, because this one does
#: not know what they hold.
may_leave_programme: list[Callable[[AdministrativeUnit], dict[str, str]]] = []


class UnitQuerySet(SharedQuerySet["AdministrativeUnit"]):
    def valid_on(self, day: dt.date) -> UnitQuerySet:
        """Units that exist on a day; both ends of their validity count."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def in_programme(self) -> UnitQuerySet:
        """The rural communes that the programme assesses."""
        return self.filter(level=Level.COMMUNE, in_programme=True)

    def below(self, parent: AdministrativeUnit) -> UnitQuerySet:
        return self.filter(parent=parent)


class AdministrativeUnit(Sourced):
    """A province, district, commune or village while it exists.

    In July 2025 merged communes took over old official codes and names, so neither is a key
    alone: code and slug are unique together with the first day of validity.
    """

    code = models.CharField(_("official code"), max_length=8)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=80)
    sort_key = SortKeyField(source="short_name")
    slug = models.SlugField(_("address"), max_length=80)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    region = models.CharField(_("region"), max_length=8, choices=Region.choices, blank=True)
    group = models.CharField(
        _("group"),
        max_length=8,
        choices=CommuneGroup.choices,
        blank=True,
        help_text=_("Empty means that the group is not known."),
    )
    in_programme = models.BooleanField(_("assessed by the programme"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(
        _("row in the schematic map"), null=True, blank=True
    )
    tile_column = models.PositiveSmallIntegerField(
        _("column in the schematic map"), null=True, blank=True
    )
    population_2009 = models.PositiveIntegerField(_("population in 2009"), null=True, blank=True)
    area_ha_2009 = models.DecimalField(
        _("area in 2009 (ha)"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    successors = models.ManyToManyField(
        "self",
        through="UnitSuccession",
        through_fields=("predecessor", "successor"),
        symmetrical=False,
        related_name="predecessors",
        verbose_name=_("units after"),
    )
    history = HistoricalRecords(excluded_fields=["sort_key"])

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ["level", "sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"],
                name="unit_code_once_a_day",
                violation_error_message=_("A unit with this code begins on the same day."),
            ),
            models.UniqueConstraint(
                fields=["slug", "valid_from"],
                name="unit_slug_once_a_day",
                violation_error_message=_("A unit with this address begins on the same day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message=_("A unit cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        for ask in may_leave_programme if self.pk else ():
            if refusal := ask(self):
                raise ValidationError(refusal)

    @property
    def name_within(self) -> str:
        """The name within a sentence: "xã Bản Bo"; only a first word keeps its capital."""
        return self.name[:1].lower() + self.name[1:]


class UnitSuccession(Sourced):
    """One unit (or a part of it) goes into another on a day."""

    predecessor = models.ForeignKey(
        AdministrativeUnit,
        models.CASCADE,
        related_name="succeeded_by",
        verbose_name=_("unit before"),
    )
    successor = models.ForeignKey(
        AdministrativeUnit, models.CASCADE, related_name="succeeds", verbose_name=_("unit after")
    )
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="succession_named_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_between_two_units"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class AgencyKind(models.TextChoices):
    DEPARTMENT = "department", _("department")
    SERVICE = "service", _("public service unit")
    FRONT = "front", _("Fatherland Front and mass organisations")
    FORCES = "forces", _("police and military")
    PARTY = "party", _("party body")


class Agency(Sourced):
    """A department, body or mass organisation beside the district People's Committee."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60)
    sort_key = SortKeyField(source="name")
    kind = models.CharField(_("kind"), max_length=12, choices=AgencyKind.choices)
    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="agencies", verbose_name=_("unit")
    )
    is_standing_office = models.BooleanField(_("standing office of the programme"), default=False)
    history = HistoricalRecords(excluded_fields=["sort_key"])

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class RecognitionQuerySet(SharedQuerySet["Recognition"]):
    def in_force_on(self, day: dt.date) -> RecognitionQuerySet:
        """Recognitions that hold on a day. One whose date is not known holds until withdrawn."""
        return self.filter(
            Q(decided_on__isnull=True) | Q(decided_on__lte=day),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
        )


class Recognition(Sourced):
    """The decision by which a unit was recognised at a tier (Decision 18/2022/QĐ-TTg)."""

    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="recognitions", verbose_name=_("unit")
    )
    tier = models.CharField(_("tier"), max_length=16, choices=Tier.choices)
    decision_number = models.CharField(_("decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason for the withdrawal"), blank=True)
    history = HistoricalRecords()

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "tier"],
                condition=Q(withdrawn_on__isnull=True),
                name="recognition_in_force_once",
                violation_error_message=_("This unit is already recognised at this tier."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawal_reason=""),
                name="recognition_withdrawn_with_reason",
                violation_error_message=_("A withdrawal needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_tier_display()}"


class Target(Sourced):
    """A unit that is to reach a tier by the end of a year."""

    unit = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="targets", verbose_name=_("unit")
    )
    tier = models.CharField(_("tier"), max_length=16, choices=Tier.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    history = HistoricalRecords()

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["year", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "tier", "year"], name="target_set_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_tier_display()} {self.year}"
