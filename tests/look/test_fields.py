"""A form field: label, help and error belong to it, and what was typed stays."""

from django import forms
from django.template import Context, Template
from django.utils import translation


class Form(forms.Form):
    job = forms.CharField(help_text="As in the plan.")
    share = forms.DecimalField(max_value=100, localize=True)
    note = forms.CharField(required=False)
    capital = forms.ChoiceField(choices=[("a", "A")])
    answer = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    sure = forms.BooleanField()


def draw(name: str, **data: str) -> str:
    form = Form(data) if data else Form()
    source = "{% load portal_ui %}{% field part %}"
    with translation.override("en"):
        return Template(source).render(Context({"part": form[name]}))


def test_label_and_help_are_tied_to_the_input() -> None:
    html = draw("job")
    assert 'for="id_job"' in html
    assert 'aria-describedby="id_job_helptext"' in html
    assert 'id="id_job_helptext"' in html


def test_a_wrong_value_stays_and_the_error_is_tied_to_it() -> None:
    html = draw("share", share="139,05")
    assert 'value="139,05"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_share_error"' in html
    assert 'id="id_share_error"' in html
    assert "is-invalid" in html


def test_what_may_stay_empty_says_so() -> None:
    assert "optional" in draw("note")
    assert "optional" not in draw("job")


def test_each_kind_of_input_has_its_own_form() -> None:
    assert "form-select" in draw("capital")
    assert "<fieldset" in draw("answer")
    assert "form-check-input" in draw("sure")


def test_a_group_of_choices_ties_its_error_to_the_group() -> None:
    html = draw("answer", job="x")
    assert '<fieldset class="field field-wrong" aria-describedby="id_answer_error"' in html
    assert 'id="id_answer_error"' in html
