"""Papers: the 12-month summary as PDF, as a ratio to Chromium printing the same pages; as Word;
and as Excel, as a ratio to a bare write-only workbook of the same cells.

``python -m bench.papers pdf`` (``docx``, ``xlsx``) runs in a demonstration's environment, each in a
process of its own, so that its memory is that of one paper. Chromium is started for one print, as WeasyPrint is here.
"""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bin.steps import PYTHON, ROOT

CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-pdf-header-footer",
]  # fmt: skip


MEMORY = 250


def measure_papers(env: dict[str, str]) -> None:
    for part in ("pdf", "docx", "xlsx"):
        subprocess.run([PYTHON, "-m", "bench.papers", part], cwd=ROOT, env=env, check=True)


def main() -> None:
    import django

    django.setup()
    {"pdf": pdf, "docx": docx, "xlsx": xlsx}[sys.argv[1]]()


def pdf() -> None:
    from reports.render_brief import render_brief
    from reports.render_pdf import paper_charts, paper_html, pictures, render_pdf

    snapshot = twelve_months()
    print(f"\n{'paper':<26}{'time':>9}{'processor':>12}{'size':>10}")
    forget_pictures()
    content, first = timed("PDF, 12 months, first", lambda: render_pdf(snapshot))
    say_memory(first, 6)
    timed("PDF, 12 months, again", lambda: render_pdf(snapshot))
    timed("brief", lambda: render_brief(snapshot))
    drawn = paper_charts(snapshot)
    printed = chromium(paper_html(snapshot, drawn), pictures(snapshot, drawn))
    if printed is None:
        print("Chromium is not installed here: no ratio.")
    else:
        seconds, size = printed
        print(
            f"Chromium, the same pages: {seconds:.1f} s, {size / 1000:.0f} kB; "
            f"ratio {first / seconds:.1f} in time, {len(content) / size:.1f} in size"
        )


def docx() -> None:
    from reports.render_docx import render_docx

    snapshot = twelve_months()
    forget_pictures()
    _content, first = timed("Word, 12 months, first", lambda: render_docx(snapshot))
    say_memory(first, 2)
    timed("Word, 12 months, again", lambda: render_docx(snapshot))


def xlsx() -> None:
    from reports.render_xlsx import render_xlsx

    snapshot = twelve_months()
    workbook, excel = timed("Excel, 12 months", lambda: render_xlsx(snapshot))
    say_memory(excel, 1.5)
    cells = cells_of(workbook)
    _content, bare = timed("bare workbook, same cells", lambda: bare_workbook(cells))
    print(f"Excel: ratio {excel / bare:.1f} to the bare write-only workbook")


def forget_pictures() -> None:
    """Charts that an earlier run left in the cache would make the paper look cheaper than it is."""
    from django.core.cache import cache

    cache.clear()


def say_memory(seconds: float, limit: float) -> None:
    """The process itself and the one that draws its charts, each at its highest; and the limits."""
    own, drawing = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    kept = seconds <= limit and max(own, drawing) < MEMORY
    print(
        f"memory {own:.0f} MB, its drawing process {drawing:.0f} MB; limits {limit:g} s and "
        f"{MEMORY} MB: {'kept' if kept else 'NOT KEPT'}"
    )


def twelve_months():
    """Of the year before: its four quarters are closed in the demonstration."""
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import User
    from periods.models import ReportingPeriod
    from reports.building import build_snapshot
    from reports.models import SummaryReport

    slug = "2022-q4"
    with transaction.atomic():
        period = ReportingPeriod.objects.get(slug=slug)
        found = SummaryReport.objects.filter(kind="12-months", period=period).first()
        summary = found or SummaryReport.objects.create(
            kind="12-months",
            period=period,
            created_at=timezone.now(),
            created_by=User.objects.order_by("pk").first(),
        )
        snapshot = build_snapshot(summary)
        transaction.set_rollback(True)
    return snapshot


def cells_of(workbook: bytes) -> list[list[list]]:
    """What stands in every sheet, row by row."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book]


def bare_workbook(cells: list[list[list]]) -> bytes:
    """The same cells without a look, a width or a form."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for rows in cells:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(name: str, make):
    start, busy = time.perf_counter(), time.process_time()
    content = make()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"{name:<26}{seconds:>7.1f} s{busy:>10.1f} s{len(content) / 1000:>7.0f} kB")
    return content, seconds


def chromium(html: str, drawn: dict[str, str]) -> tuple[float, int] | None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="ntm-print-") as folder:
        place = Path(folder)
        for name, text in drawn.items():
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        shutil.copyfile(ROOT / "static/css/paper.css", place / "paper.css")
        (place / "paper.html").write_text(html.replace("paper:", ""), encoding="utf-8")
        target = place / "paper.pdf"
        options = [*CHROMIUM, f"--user-data-dir={place / 'profile'}", f"--print-to-pdf={target}"]
        start = time.perf_counter()
        subprocess.run(
            [program, *options, (place / "paper.html").as_uri()],
            check=True,
            capture_output=True,
            env=os.environ | {"HOME": folder},
        )
        return time.perf_counter() - start, target.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
