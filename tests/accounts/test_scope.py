"""Scope is in the query: whatever holds facts can be asked what a person may see of it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from communes.models import AdministrativeUnit, Agency, Recognition, Target

#: Facts that are only ever reached through a row that was asked for by ``visible_to``.
REACHED_THROUGH_A_RESULT = {"MeasureValue", "Event"}


def test_every_model_with_facts_of_a_commune_answers_visible_to():
    without = [
        model.__name__
        for model in apps.get_app_config("assessments").get_models()
        if not hasattr(model._default_manager, "visible_to")
        and model.__name__ not in REACHED_THROUGH_A_RESULT
    ]
    assert without == []


@pytest.mark.parametrize("name", sorted(REACHED_THROUGH_A_RESULT))
def test_an_exception_to_that_hangs_on_a_model_that_does(name):
    model = apps.get_model("assessments", name)
    related = {field.related_model for field in model._meta.fields if field.related_model}
    assert any(hasattr(other._default_manager, "visible_to") for other in related)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [AdministrativeUnit, Agency, Recognition, Target])
def test_what_the_district_shares_is_seen_by_everybody_signed_in_only(model, people):
    assert not model.objects.visible_to(AnonymousUser()).exists()
    for user in people.values():
        assert model.objects.visible_to(user).count() == model.objects.count()
