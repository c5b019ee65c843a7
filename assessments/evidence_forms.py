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


class DescriptionForm(forms.Form):
    document_number = forms.CharField(
        label=_("Document number"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "45/QĐ-UBND", "autocomplete": "off"}),
    )
    document_date = _date(_("Dated"), "05/09/2023")
    valid_until = _date(_("Valid until"), "31/12/2024")

    @property
    def details(self) -> Details:
        return Details(**self.cleaned_data)


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        error_messages={"required": _("Say why the file is removed; the reason stays with it.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
