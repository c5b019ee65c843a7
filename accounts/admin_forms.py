"""The forms of an account in the administration: every refusal beside its field."""

import unicodedata

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from communes.models import AdministrativeUnit, Agency, Level
from periods.clock import today


def scope_errors(
    role: str, unit: AdministrativeUnit | None, agency: Agency | None
) -> dict[str, str]:
    """What is wrong with a role and its scope, by field; the database refuses the same."""
    errors = {}
    if role == Role.COMMUNE_OFFICER:
        if unit is None:
            errors["unit"] = _("A commune officer needs a commune.")
    elif unit is not None:
        errors["unit"] = _("Only a commune officer acts for a commune. Leave this empty.")
    if role == Role.DEPARTMENT_OFFICER and agency is None:
        errors["agency"] = _("A department officer needs an agency.")
    if agency is not None and role not in (Role.DEPARTMENT_OFFICER, Role.COORDINATOR):
        errors["agency"] = _("This role acts for no agency. Leave this empty.")
    return errors


class ScopeForm(forms.ModelForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = self._communes()

    def _communes(self) -> QuerySet[AdministrativeUnit]:
        """Those of today, and the one that the account has: its name may be used again since."""
        valid = AdministrativeUnit.objects.valid_on(today()).filter(level=Level.COMMUNE)
        return valid | AdministrativeUnit.objects.filter(pk=self.instance.unit_id)

    def clean_username(self) -> str:
        """Lower case, composed letters: as the sign-in form reads what is typed."""
        name = unicodedata.normalize("NFKC", self.cleaned_data["username"]).lower()
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(username__iexact=name).exists():
            raise forms.ValidationError(User._meta.get_field("username").error_messages["unique"])
        return name

    def clean(self) -> dict:
        cleaned = super().clean()
        role = cleaned.get("role", self.instance.role)
        if role and "role" in self.fields:
            found = scope_errors(role, cleaned.get("unit"), cleaned.get("agency"))
            for field, message in found.items():
                self.add_error(field, message)
            if cleaned.get("position") and role != Role.LEADER:
                self.add_error("position", _("Only a leader has a position. Leave this empty."))
        return cleaned


class UserAddForm(ScopeForm, AdminUserCreationForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        usable = self.fields["usable_password"]
        usable.label = _("Password")
        usable.choices = [
            ("true", _("is typed in here")),
            ("false", _("is set by the owner through a link by e-mail")),
        ]
        usable.help_text = ""

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "role", "position", "unit", "agency"]


class UserEditForm(ScopeForm, UserChangeForm):
    class Meta:
        model = User
        fields = [
            "username", "full_name", "email", "role", "position", "unit", "agency", "is_active",
        ]  # fmt: skip
