"""Data flows one way, and so do the imports (DESIGN §3)."""

import ast

import pytest

from tests.house.source import ORDER, ROOT, imports, python_files


def upward_imports(app: str, source: str, where: str) -> list[str]:
    above = set(ORDER[ORDER.index(app) + 1 :]) | {"tests", "bench", "bin"}
    found = []
    for line, module in imports(ast.parse(source)):
        if module.startswith("."):
            found.append(f"{where}:{line} imports {module!r}: write it absolute")
        elif module.split(".")[0] in above:
            found.append(f"{where}:{line} imports {module!r}, which stands above {app!r}")
    return found


@pytest.mark.parametrize("app", ORDER)
def test_an_app_imports_only_from_itself_and_from_below(app):
    found = []
    for path in python_files(app, migrations=True):
        source = path.read_text(encoding="utf-8")
        found += upward_imports(app, source, str(path.relative_to(ROOT)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("app", ORDER)
def test_a_relation_names_no_model_of_an_app_above(app):
    above = set(ORDER[ORDER.index(app) + 1 :])
    found = []
    for path in python_files(app):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            relation = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
                "ForeignKey",
                "OneToOneField",
                "ManyToManyField",
            )
            if relation and node.args and isinstance(node.args[0], ast.Constant):
                target = str(node.args[0].value)
                if target.split(".")[0] in above:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} points to {target}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "from assessments.models import Assessment",
        "import assessments",
        "def late():\n    from assessments import statistics",
        "from django.apps import apps\napps.get_model('assessments.Assessment')",
        "import_module('assessments.models')",
        "from .models import Unit",
        "from tests import factories",
    ],
)
def test_every_way_to_import_upward_is_seen(source):
    assert upward_imports("communes", source, "example")


def test_a_downward_import_is_allowed():
    assert not upward_imports("assessments", "from communes.models import Agency", "example")


def test_every_app_of_the_settings_stands_in_the_order():
    from django.conf import settings

    ours = [app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()]
    assert ours == ORDER
