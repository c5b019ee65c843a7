"""English words for what the sets hold in Vietnamese only, where the interface is English.

The stored value stays the official Vietnamese one, in the database and in the API: these are only
read on screens. What stands in no table here is shown as it is.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import get_language

GROUPS = {
    "Quy hoạch": "Planning",
    "Hạ tầng kinh tế - xã hội": "Economic and social infrastructure",
    "Kinh tế và tổ chức sản xuất": "Economy and organisation of production",
    "Văn hóa - Xã hội - Môi trường": "Culture, society and environment",
}
#: Grades that an indicator is answered with.
CHOICES = {
    "Hoàn thành xuất sắc nhiệm vụ": "Tasks completed excellently",
    "Hoàn thành tốt nhiệm vụ": "Tasks completed well",
    "Hoàn thành nhiệm vụ": "Tasks completed",
    "Không hoàn thành nhiệm vụ": "Tasks not completed",
    "Đạt": "Met",
    "Trung bình": "Fair",
    "Khá": "Good",
    "Tốt": "Very good",
    **{f"Mức độ {n}": f"Level {n}" for n in (1, 2, 3)},
    **{f"Cấp độ {n}": f"Grade {n}" for n in (1, 2, 3)},
}
#: English units are stored in the plural.
SINGULAR = {
    "schools": "school",
    "houses": "house",
    "households": "household",
    "cooperatives": "cooperative",
    "products": "product",
    "models": "model",
    "works": "work",
}


def group_title(name: str) -> str:
    return GROUPS.get(name, name) if _is_english() else name


def choice_text(choice: str) -> str:
    return CHOICES.get(choice, choice) if _is_english() else choice


def annex_title(name: str) -> str:
    """The part of a decision that a set stands in: "Phụ lục II", Annex II."""
    return name.replace("Phụ lục", "Annex") if _is_english() else name


def unit_of(amount: Decimal, unit: str) -> str:
    """The unit beside this amount: 1 school, 2 schools."""
    return SINGULAR.get(unit, unit) if amount == 1 and _is_english() else unit


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
