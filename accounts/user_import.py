"""Accounts from and to Excel: one row a person, checked as the form checks it; no passwords."""

from unicodedata import normalize

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export import resources
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget, Widget

from accounts.actions import forget_old_addresses
from accounts.admin_forms import scope_errors
from accounts.models import Position, Role, User
from communes.models import AdministrativeUnit, Agency, Level
from periods.clock import today


class RoleWidget(Widget):
    """Reads the role by its code or by its name; writes its code."""

    def clean(self, value, row=None, **kwargs) -> str:
        text = str(value or "").strip()
        for role in Role:
            if text.casefold() in (role.value, str(role.label).casefold()):
                return role.value
        codes = ", ".join(Role.values)
        raise ValueError(
            _("Unknown role “%(role)s”. Write one of: %(codes)s.")
            % {
                "role": text,
                "codes": codes,
            }
        )


def _names(position: Position) -> set[str]:
    """Its code and its name in every language of the portal: lists go from desk to desk."""
    found = {position.value}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(str(position.label).casefold())
    return found


class PositionWidget(Widget):
    """Reads what a leader signs as by its code or by its name; writes its code."""

    def clean(self, value, row=None, **kwargs) -> str:
        text = normalize("NFC", str(value or "")).strip()
        for position in Position:
            if text.casefold() in _names(position):
                return position.value
        if not text:
            return ""
        codes = ", ".join(Position.values)
        raise ValueError(
            _("Unknown position “%(position)s”. Write one of: %(codes)s.")
            % {"position": text, "codes": codes}
        )


class PositionField(Field):
    """An empty cell says nothing: a leader keeps the position, whoever is none has none."""

    def save(self, instance, row, is_m2m=False, **kwargs) -> None:
        if self.clean(row, **kwargs):
            super().save(instance, row, is_m2m, **kwargs)
        elif instance.role != Role.LEADER:
            instance.position = ""


class AddressWidget(ForeignKeyWidget):
    """A row by its address; one that does not exist is said in words, beside its column."""

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist:
            raise ValueError(_("Nothing has the address “%(slug)s”.") % {"slug": value}) from None


class CommuneWidget(AddressWidget):
    """A commune by its address (``ban-bo``), as it exists today: addresses are used again."""

    def get_queryset(self, value, row, *args, **kwargs):
        return AdministrativeUnit.objects.valid_on(today()).filter(level=Level.COMMUNE)


class UserResource(resources.ModelResource):
    """Found by username. A new account has no password: its owner asks for one by e-mail."""

    username = Field("username", "username")
    role = Field("role", "role", RoleWidget())
    position = PositionField("position", "position", PositionWidget())
    unit = Field("unit", "unit", CommuneWidget(AdministrativeUnit, "slug"))
    agency = Field("agency", "agency", AddressWidget(Agency, "slug"))

    class Meta:
        model = User
        import_id_fields = ["username"]
        fields = [
            "username",
            "full_name",
            "email",
            "role",
            "position",
            "unit",
            "agency",
            "is_active",
        ]
        export_order = fields
        clean_model_instances = True
        skip_unchanged = True

    def get_queryset(self):
        return super().get_queryset().select_related("unit", "agency")

    def before_import_row(self, row, **kwargs) -> None:
        row["username"] = str(row.get("username") or "").strip().lower()

    def import_instance(self, instance, row, **kwargs) -> None:
        super().import_instance(instance, row, **kwargs)
        if "position" not in row and instance.role != Role.LEADER:
            instance.position = ""  # it went with the old role; the list has no cell to say so

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        found = scope_errors(instance.role, instance.unit, instance.agency)
        if instance.position and instance.role != Role.LEADER:
            found["position"] = _("Only a leader has a position. Leave this empty.")
        errors = {**(import_validation_errors or {}), **{k: [v] for k, v in found.items()}}
        if not instance.pk and not instance.password:
            instance.set_unusable_password()
        if errors:
            raise ValidationError(errors)
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def after_save_instance(self, instance, row, **kwargs) -> None:
        if not kwargs.get("dry_run"):
            forget_old_addresses(instance)
