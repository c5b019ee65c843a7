"""What is said about a file, and why one is removed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.attaching import Details


def _date(label: str, example: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        error_messages={"invalid": _("Write the date as 25/09/2023.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "placeholder": example, "autocomplete": "off"}
        ),
    )


_SAID = ("document_number", "document_date", "valid_until")


class DescriptionForm(forms.Form):
    document_number = forms.CharField(
        label=_("Document number"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "45/QĐ-UBND", "autocomplete": "off"}),
    )
    document_date = _date(_("Dated"), "05/09/2023")
    valid_until = _date(_("Valid until"), "31/12/2024")

    version = forms.CharField(required=False, widget=forms.HiddenInput())

    @property
    def details(self) -> Details:
        said = {name: self.cleaned_data[name] for name in _SAID}
        return Details(**said)


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        error_messages={"required": _("Say why the file is removed; the reason stays with it.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
