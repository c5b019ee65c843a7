"""What is measured: each case is a function that asks once and gives the answer."""

import itertools
import re
from collections.abc import Callable

from bench.person import Answer, Person, form_fields

ENTRY = "/assessments/2023-q3/ban-bo/ntm/"
DASHBOARD = "/dashboard/?period=2023-q2"
HEADLINE = "/api/statistics/headline/?period=2023-q2"
PAPER = "/reports/2023-q2.pdf"
ROW = re.compile(r'data-code="17\.9"[^>]*data-result="(?P<id>\d+)"')
Case = Callable[[], Answer]


def cases(address: str) -> dict[str, Case]:
    """The cases by name; the first is the bare view that the others are compared with.

    A published file is to come in the time of a static one: they stand side by side.
    """
    officer, leader, nobody = Person(address), Person(address), Person(address)
    officer.sign_in("xa.ban-bo")
    leader.sign_in("lanhdao")
    font = first_font(nobody)
    return {
        "healthz": lambda: nobody.get("/healthz"),
        "entry form": lambda: officer.get(ENTRY),
        "row save": row_save(officer),
        "dashboard": lambda: leader.get(DASHBOARD),
        "headline (API)": lambda: leader.get(HEADLINE),
        "published PDF": lambda: leader.get(PAPER),
        "a static file": lambda: nobody.get(font),
    }


def first_font(person: Person) -> str:
    found = re.search(r'href="(?P<path>/static/[^"]+\.woff2)"', person.get("/accounts/login/").text)
    if found is None:
        raise RuntimeError("The sign-in page names no font.")
    return found["path"]


def row_save(officer: Person) -> Case:
    """Save indicator 17.9 (one percentage) again and again, each time with another value."""
    page = officer.get(ENTRY).text
    row = ROW.search(page)
    if row is None:
        raise RuntimeError(f"{ENTRY} has no open row for indicator 17.9")
    prefix = f"{row['id']}-"
    fields = {name: text for name, text in form_fields(page).items() if name.startswith(prefix)}
    values = itertools.cycle(("70,5", "70,6"))

    def save() -> Answer:
        fields[f"{prefix}value"] = next(values)
        answer = officer.post(f"{ENTRY}rows/{row['id']}/", fields)
        fields.update(
            {name: text for name, text in form_fields(answer.text).items() if name in fields}
        )
        return answer

    return save
