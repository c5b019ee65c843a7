"""The forms of sign-in and of a new password."""

import unicodedata

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _


class BootstrapLook:
    """The theme's classes, and the tie between a field and its error for screen readers."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            attrs = field.widget.attrs
            attrs.pop("placeholder", None)  # the label says it, and stays when one types
            check = isinstance(field.widget, forms.CheckboxInput)
            attrs["class"] = "form-check-input" if check else "form-control"
            if self.is_bound and name in self.errors:
                attrs["class"] += " is-invalid"


class LoginForm(BootstrapLook, allauth_forms.LoginForm):
    """Errors stand beside the field; the username may be typed in any case."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocapitalize": "none",
            "autocorrect": "off",
            "spellcheck": "false",
        }
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Stay signed in on this device")
        first = "password" if self.initial.get("login") else "login"
        self.fields[first].widget.attrs["autofocus"] = True

    def clean_login(self) -> str:
        """Phones capitalise the first letter, and some keyboards send letters decomposed."""
        return unicodedata.normalize("NFKC", super().clean_login()).lower()

    def clean(self) -> dict:
        try:
            return super().clean()
        except forms.ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data


class ChangePasswordForm(BootstrapLook, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(BootstrapLook, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordForm(BootstrapLook, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(BootstrapLook, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(BootstrapLook, allauth_forms.ReauthenticateForm):
    pass
