"""The paper as a Word file: the words and tables of the PDF (``paper_context``), to be edited.

In the form of Decree 30/2020/NĐ-CP. A pure function of the snapshot: two calls give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.utils.translation import override
from docx import Document
from docx.shared import Mm

from dashboard import charts
from reports import docx_frame as frame
from reports import docx_styles as styles
from reports.docx_parts import paragraph, run, table
from reports.docx_tables import Grid, grid_of, matrix_grid
from reports.exact import checksum
from reports.paper_annexes import Matrix
from reports.paper_context import Annex, paper_context
from reports.paper_words import PROOF, proof, titled
from reports.render_pdf import paper_charts
from reports.settled import settled
from reports.snapshot import Snapshot, to_json
from reports.verification import qr_png
from reports.xml_text import readable

CHART_WIDTH, QR_WIDTH = Mm(158), Mm(32)


def render_docx(snapshot: Snapshot) -> bytes:
    with override("vi"):
        return _Paper(snapshot).made()


def _moment(snapshot: Snapshot) -> dt.datetime:
    """When the paper is from, for its properties: publication, or the day it stands at."""
    if snapshot.publication.published_at:
        return snapshot.publication.published_at
    return dt.datetime.combine(snapshot.paper.as_of, dt.time(), dt.UTC)


class _Paper:
    """One document while it grows."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.given: dict[str, Any] = paper_context(snapshot)
        drawn = paper_charts(snapshot)
        charts.draw_apart(drawn, charts.PAPER)
        self.charts = {one.kind: (n, one) for n, one in enumerate(drawn, 1)}
        self.document = Document()
        styles.apply(self.document)

    def made(self) -> bytes:
        self._properties()
        frame.first_section(self.document)
        self._opening()
        for section in self.given["sections"]:
            self._section(section)
        self._closing()
        self._annexes()
        self._verification()
        frame.head_and_foot(self.document, self.snapshot)
        out = io.BytesIO()
        self.document.save(out)
        return settled(out.getvalue(), _moment(self.snapshot))

    def add(self, element) -> None:
        self.document.element.body.sectPr.addprevious(element)

    def write(self, text: str, **looks) -> None:
        self.add(paragraph(run(text), **looks))

    def rule(self, width: int, share: float) -> None:
        side = int(width * (1 - share) / 2)
        self.add(paragraph(rule=(side, side), style="Plain", before=0, after=120))

    def _properties(self) -> None:
        paper, core = self.snapshot.paper, self.document.core_properties
        core.title = titled(self.snapshot, f"Báo cáo {paper.term}")
        core.subject = readable(paper.subject)
        core.author = core.last_modified_by = readable(" ".join(self.snapshot.masthead.issuer))
        core.language, core.revision, core.comments = "vi-VN", 1, ""
        core.keywords = self.snapshot.publication.code
        core.created = core.modified = (
            _moment(self.snapshot).astimezone(dt.UTC).replace(tzinfo=None)
        )

    def _opening(self) -> None:
        given = self.given
        self.add(frame.masthead(self.snapshot, given["number"], given["place_and_date"]))
        self.write("BÁO CÁO", style="Title")
        for line in given["subject"]:
            self.write(line, style="Subtitle")
        self.rule(frame.PORTRAIT_WIDTH, 1 / 3)
        if self.snapshot.paper.demo:
            self.write(f"{given['invented']}.", style="Note", align="center")
        self.write(given["opening"])
        if given["provisional"]:
            self.write(given["provisional"])
        for n, line in enumerate(given["correction"]):
            self.write(f"- {line}" if n else line, style="Item" if n else "")

    def _section(self, section: dict[str, Any]) -> None:
        style = "Heading1" if section["level"] == 1 else "Heading2"
        self.write(f"{section['number']}. {section['heading']}", style=style)
        for kind, lines in section["blocks"]:
            for line in lines:
                self.write(
                    f"- {line}" if kind == "ul" else line,
                    style="Item" if kind == "ul" else "",
                    keep_next=kind == "lead",
                )
        if section["chart_first"]:
            self._chart(*self.charts[section["chart"]])
        for one in section["tables"]:
            self._table(grid_of(one), frame.PORTRAIT_WIDTH, styles.TABLE)
        if section["chart"] and not section["chart_first"]:
            self._chart(*self.charts[section["chart"]])

    def _chart(self, number: int, chart: charts.Chart) -> None:
        if not chart.rows:
            return
        line = self.document.add_paragraph(style="Plain")
        line.alignment = 1
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Mm(3)
        self._picture(line, chart.png(), CHART_WIDTH, f"Biểu đồ {number}", chart.alt)
        self.write(f"Biểu đồ {number}. {chart.title}", style="Caption")

    def _picture(self, line, content: bytes, width: Mm, name: str, described: str) -> None:
        picture = line.add_run().add_picture(io.BytesIO(content), width=width)
        named = picture._inline.docPr
        named.set("name", name)
        named.set("descr", readable(described))

    def _table(self, given: Grid, width: int, size: float) -> None:
        self.write(given.title, style="Heading3", align="center")
        self.add(table(given, width=width, size=size, described=given.title))
        for line in given.note.split("\n"):
            self.write(line, style="Note")

    def _closing(self) -> None:
        # Nobody signs on a page of their own: the last lines go with the signature.
        last = self.document.element.body.sectPr.getprevious()
        if last.tag.endswith("}p"):
            last.get_or_add_pPr().get_or_add_keepNext()
        self.write(self.given["closing"], keep_next=True)
        self.write("", style="Plain", keep_next=True)
        self.add(frame.signatures(self.snapshot))

    # ---- the annexes and the last page

    def _annexes(self) -> None:
        for annex in self.given["annexes"]:
            frame.annex_section(self.document)
            self._annex_heading(annex)
            if annex.number == "I":
                self._matrix(self.given["matrix"])
            for one in annex.tables:
                if one.rows:
                    self._table(grid_of(one), frame.LANDSCAPE_WIDTH, styles.ANNEX_TABLE)
                elif one.empty:
                    self.write(one.empty, style="Note")

    def _matrix(self, matrix: Matrix) -> None:
        if matrix.rows:
            self._table(matrix_grid(matrix), frame.LANDSCAPE_WIDTH, styles.MATRIX_TABLE)
        else:
            self.write(matrix.empty, style="Note")

    def _annex_heading(self, annex: Annex) -> None:
        """Number and title are one heading, so that the outline names the annex whole."""
        lines = f"{run(f'Phụ lục {annex.number}')}<w:r><w:br/></w:r>{run(readable(annex.title))}"
        self.add(paragraph(lines, style="Heading1", align="center", first_line=0))
        self.add(
            paragraph(
                run(self.given["belongs_to"], italic=True, size=13), style="Plain", align="center"
            )
        )
        self.rule(frame.LANDSCAPE_WIDTH, 0.2)

    def _verification(self) -> None:
        issued = self.snapshot.publication
        frame.last_section(self.document)
        self.add(paragraph(run(PROOF), style="Heading1", align="center", first_line=0))
        if issued.address:
            line = self.document.add_paragraph(style="Plain")
            line.alignment = 1
            described = f"Mã QR dẫn tới {issued.address}"
            self._picture(line, qr_png(self.snapshot), QR_WIDTH, "Mã QR", described)
        said = proof(self.snapshot)
        said.append(("SHA-256 của dữ liệu", checksum(to_json(self.snapshot))))
        for name, value in said:
            self.add(paragraph(f"{run(f'{name}: ', bold=True)}{run(value)}", style="Plain"))
        self.write("Bản Word để chỉnh sửa; bản chính thức là bản PDF đã ban hành.", style="Note")
