"""What the PDF shows in one order stands in the Word file in the same: headings, captions, notes."""

import io
import re
from html import unescape

import pytest
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn

from reports.building import build_snapshot
from reports.models import SummaryReport
from reports.paper_charts import paper_charts
from reports.paper_context import paper_context
from reports.render_docx import render_docx
from reports.render_pdf import paper_html
from reports.snapshot import Snapshot
from tests.reports import hard_snapshots as hard
from tests.reports import odd_snapshots as odd
from tests.reports.snapshots import published, six_months

#: What has a name of its own in a paper, and what says that there is nothing.
NAMED = re.compile(
    r"<(h1|h2|h3|caption|figcaption)\b[^>]*>(.*?)</\1>|<(p) class=\"nothing\">(.*?)</p>", re.DOTALL
)
STYLES = {"Heading 1", "Heading 2", "Heading 3", "Caption"}


def spaced(text: str) -> str:
    return " ".join(text.split())


def in_pdf(snapshot: Snapshot) -> list[str]:
    """From "I. ..." on: what is before it is the masthead."""
    with override("vi"):
        html = paper_html(snapshot, paper_charts(snapshot))
    body = html.split("</footer>")
    assert len(body) == 2
    text = body[0].split("title-rule")[1] + body[1]
    found = [one[2] or one[4] for one in NAMED.finditer(text)]
    return [spaced(unescape(re.sub(r"<[^>]+>", " ", one))) for one in found]


def in_word(snapshot: Snapshot) -> list[str]:
    document = Document(io.BytesIO(render_docx(snapshot)))
    nothing = {"Không có", "Chưa có"}
    found = []
    for one in document.paragraphs:
        text = spaced(
            "".join(
                " " if part.tag == qn("w:br") else part.text or ""
                for part in one._p.iter(qn("w:t"), qn("w:br"))
            )
        )
        style = one.style.name
        if style in STYLES or (style == "Note" and text[:8].strip() in nothing):
            found.append(text)
    return found


def pictures_in_order(captions: list[str]) -> list[str]:
    return [one for one in captions if one.startswith("Biểu đồ")]


PAPERS = {
    "draft": six_months,
    "published": lambda: published(six_months()),
    "empty": hard.empty,
    "silent": hard.silent_commune,
    "crowded": hard.crowded,
    "nothing": odd.empty,
    "without data": odd.without_data,
    "provisional": odd.provisional,
}


@pytest.mark.parametrize("name", PAPERS)
def test_headings_tables_and_pictures_stand_in_one_order(name):
    snapshot = PAPERS[name]()
    assert in_word(snapshot) == in_pdf(snapshot)


def test_what_is_compared_is_the_whole_paper():
    found = in_pdf(six_months())
    assert len(pictures_in_order(found)) == 3
    assert [one[:11] for one in found if one.startswith("Phụ lục")] == [
        "Phụ lục I K", "Phụ lục II ", "Phụ lục III", "Phụ lục IV "
    ]  # fmt: skip
    context = paper_context(six_months())
    tables = [one for section in context["sections"] for one in section["tables"]]
    tables += [one for annex in context["annexes"] for one in annex.tables]
    assert [one for one in found if one in {table.caption for table in tables}] == [
        one.caption for one in tables
    ]
    assert context["matrix"].caption in found


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("slug", ["2023-q2", "2022-12-months"])
def test_papers_of_the_demonstration_stand_in_one_order(slug):
    summary = SummaryReport.objects.select_related("period").get(slug=slug)
    snapshot = build_snapshot(summary)
    captions = in_pdf(snapshot)
    assert len(pictures_in_order(captions)) == 3
    assert in_word(snapshot) == captions
