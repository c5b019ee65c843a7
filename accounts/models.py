"""Who: the people who sign in, what they are, and the one unit or agency they act for."""

from __future__ import annotations

from unicodedata import normalize

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communes.models import AdministrativeUnit, Agency


class Role(models.TextChoices):
    COMMUNE_OFFICER = "commune_officer", _("Commune officer")
    DEPARTMENT_OFFICER = "department_officer", _("Department officer")
    COORDINATOR = "coordinator", _("Coordinator (standing office)")
    LEADER = "leader", _("District leader")
    ADMINISTRATOR = "administrator", _("Administrator")


class Position(models.TextChoices):
    """What a leader signs papers as."""

    CHAIRMAN = "chairman", _("Chairman")
    VICE_CHAIRMAN = "vice_chairman", _("Vice chairman")


#: Roles that see every commune's values, notes and evidence.
DISTRICT_ROLES = frozenset({Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR})


def composed(password: str | None) -> str | None:
    """One form of every letter: a Mac sends Vietnamese ones decomposed, other keyboards do not."""
    return password if password is None else normalize("NFC", password)


class PortalUserManager(UserManager["User"]):
    def create_user(self, username, email=None, password=None, **extra):
        return super().create_user(username, email, composed(password), **extra)

    def create_superuser(self, username, email=None, password=None, **extra):
        extra.setdefault("role", Role.ADMINISTRATOR)
        return super().create_superuser(username, email, composed(password), **extra)


class User(AbstractUser):
    """A person with one role and its scope: a commune, an agency, or the district."""

    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officers",
        verbose_name=_("commune"),
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officers",
        verbose_name=_("agency"),
    )
    position = models.CharField(
        _("position"),
        max_length=20,
        choices=Position.choices,
        blank=True,
        help_text=_("Of a leader: the papers that the leader publishes are signed with it."),
    )
    objects = PortalUserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(role="commune_officer", unit__isnull=False, agency__isnull=True)
                | Q(role="department_officer", unit__isnull=True, agency__isnull=False)
                | Q(role="coordinator", unit__isnull=True)
                | Q(role__in=["leader", "administrator"], unit__isnull=True, agency__isnull=True),
                name="user_role_has_its_scope",
                violation_error_message=_(
                    "A commune officer needs a commune, a department officer an agency; others neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role="leader") | Q(position=""),
                name="user_position_of_a_leader",
                violation_error_message=_("Only a leader has a position. Leave this empty."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args, **kwargs) -> None:
        """The role decides who enters the administration, its two flags cannot say otherwise; and
        who has a position: a leader of whom it is not told signs in the chairman's place."""
        self.is_staff = self.is_superuser = self.role == Role.ADMINISTRATOR
        if self.role != Role.LEADER:
            self.position = ""
        elif not self.position:
            self.position = Position.VICE_CHAIRMAN
        if (fields := kwargs.get("update_fields")) is not None and "role" in fields:
            kwargs["update_fields"] = {*fields, "is_staff", "is_superuser", "position"}
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(composed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """In its one form, else as it was typed: older passwords were stored like that."""
        one_form = composed(raw_password)
        if super().check_password(one_form):
            return True
        return raw_password != one_form and super().check_password(raw_password)

    @property
    def display_name(self) -> str:
        return self.full_name or self.username

    @property
    def scope_name(self) -> str:
        """The body the person acts for, as the header shows it."""
        if self.unit_id:
            return self.unit.name
        return self.agency.name if self.agency_id else _("the whole district")

    @property
    def duty(self) -> str:
        """A leader's position, else the body that the person acts for."""
        return self.get_position_display() or self.scope_name

    @property
    def sees_district(self) -> bool:
        return self.role in DISTRICT_ROLES

    @property
    def is_commune_officer(self) -> bool:
        return self.role == Role.COMMUNE_OFFICER

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR
