"""What the entry form weighs on the wire, with everything that it brings the first time."""

import re
from urllib.parse import urljoin

from bench.cases import ENTRY
from bench.person import Person

FIRST, AGAIN = 150_000, 25_000
NAMED = re.compile(r'(?:href|src)="(/static/[^"#]+)')
IN_A_SHEET = re.compile(r"url\(([^)]+)\)")


def measure_weight(address: str) -> None:
    """By the best packing and by gzip alone, which is all that a plain http address gets."""
    print(f"\n{'entry form':<22}{'first visit':>14}{'second visit':>14}")
    for packings in ("zstd, br, gzip", "gzip"):
        officer = Person(address, packings)
        officer.sign_in("xa.ban-bo")
        page = officer.get(ENTRY)
        files = sum(weigh(officer, path) for path in brought_by(officer, page.text))
        first, again = page.bytes + files, page.bytes
        kept = first <= FIRST and again <= AGAIN
        print(
            f"{packings:<22}{first / 1000:>11.1f} kB{again / 1000:>11.1f} kB"
            f"   {'kept' if kept else 'NOT KEPT'}: {FIRST // 1000} and {AGAIN // 1000} kB"
        )


def brought_by(person: Person, page: str) -> set[str]:
    """Scripts, sheets, icons and the fonts that the sheets name. Every font counts as used."""
    files = set(NAMED.findall(page))
    for sheet in [path for path in files if path.endswith(".css")]:
        named = (one.strip("\"'") for one in IN_A_SHEET.findall(person.get(sheet).text))
        files |= {urljoin(sheet, one) for one in named if not one.startswith("data:")}
    return files


def weigh(person: Person, path: str) -> int:
    answer = person.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return answer.bytes
