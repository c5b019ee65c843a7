import io

import pytest
from django.apps import apps
from django.core.management import call_command

from criteria import definitions


@pytest.fixture
def reference(db):
    """The reference data alone."""
    definitions.clear()
    call_command("load_reference", stdout=io.StringIO())
    yield
    definitions.clear()


@pytest.fixture
def load_demo():
    """Run the command; answers with what it says."""

    def run(*arguments: str) -> str:
        said = io.StringIO()
        call_command("load_demo", *arguments, stdout=said)
        return said.getvalue()

    return run


def everything() -> dict[str, int]:
    """How many rows each table of ours has, history included."""
    ours = ("communes", "periods", "criteria", "accounts", "assignments", "assessments", "reports")
    return {
        model._meta.label: model._base_manager.count()
        for label in ours
        for model in apps.get_app_config(label).get_models()
    }
