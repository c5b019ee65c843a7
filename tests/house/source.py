"""What the tests of the house read: the repository's own files, as git would take them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: DESIGN §3: an app imports from itself and from the apps before it, and from no other.
ORDER = [
    "communes",
    "periods",
    "criteria",
    "accounts",
    "assignments",
    "assessments",
    "funding",
    "dashboard",
    "reports",
    "ntm_portal",
]


def python_files(*folders: str, migrations: bool = False) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if migrations or "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) of every import, wherever it stands; a relative one as ``.module``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.Call):
            yield from _import_by_name(node)


def _import_by_name(node: ast.Call) -> Iterator[tuple[int, str]]:
    """``import_module("app.x")``, ``import_string("app.x.Y")``, ``get_model("app.Model")``."""
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
    by_name = name in ("import_module", "import_string", "__import__", "get_model")
    if by_name and node.args and isinstance(node.args[0], ast.Constant):
        yield node.lineno, str(node.args[0].value)
