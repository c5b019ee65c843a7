"""What surrounds the text of the Word file: pages, heads and feet, masthead, signatures."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from reports import docx_styles as styles
from reports.docx_parts import field, grid, paragraph_xml, run, twips, watermark
from reports.paper_words import DRAFT, INVENTED, edition
from reports.snapshot import Snapshot
from reports.xml_text import readable

PORTRAIT_WIDTH = twips(210 - 30 - 20)
LANDSCAPE_WIDTH = twips(297 - 20 - 20)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PLAIN = {"style": "Plain", "align": "center"}


def first_section(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = styles.TOP, styles.BOTTOM
    section.left_margin, section.right_margin = styles.LEFT, styles.RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def annex_section(document: Document) -> None:
    """Across, with page numbers of its own from 1, the first not shown, as the text itself has."""
    section = _next_section(document)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)


def last_section(document: Document) -> None:
    """Upright again, one page without a number."""
    section = _next_section(document)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = styles.LEFT, styles.RIGHT


def _next_section(document: Document):
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)
    # What ends a section is a paragraph: so low that it never takes a page of its own.
    end = document.element.body.sectPr.getprevious().get_or_add_pPr()
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    end.insert(0, spacing)
    return section


def head_and_foot(document: Document, snapshot: Snapshot) -> None:
    """Numbers of pages at the top from the second on; what kind of paper it is at the foot."""
    marks = 0
    for section in document.sections:
        for header, numbered in ((section.header, True), (section.first_page_header, False)):
            header.is_linked_to_previous = False
            line = header.paragraphs[0]
            line.alignment = 1
            if numbered:
                for piece in _pieces(field("PAGE", 14)):
                    line._p.append(piece)
            if snapshot.is_draft:
                marks += 1
                line._p.append(parse_xml(watermark(DRAFT, marks)))
        for footer in (section.footer, section.first_page_footer):
            footer.is_linked_to_previous = False
            footer.paragraphs[0].text = foot(snapshot)


def foot(snapshot: Snapshot) -> str:
    said = [INVENTED] if snapshot.paper.demo else []
    if named := edition(snapshot):
        said.append(named)
    if snapshot.is_draft:
        said.append("Dự thảo")
    return readable(" · ".join(said))


def _pieces(xml: str) -> list:
    return list(parse_xml(paragraph_xml(xml).replace("<w:p>", f"<w:p {_W}>", 1)))


def masthead(snapshot: Snapshot, number: str, place_and_date: str):
    given = snapshot.masthead
    left = twips(62)
    issuer = [
        *(
            [paragraph_xml(run(given.superior.upper(), size=12), **_PLAIN)]
            if given.superior
            else []
        ),
        *(paragraph_xml(run(line, bold=True, size=12), **_PLAIN) for line in given.issuer),
        paragraph_xml(rule=(twips(20), twips(20)), style="Plain", before=0, after=0),
        paragraph_xml(run(number, size=13), style="Plain", align="center", before=140),
    ]
    if snapshot.is_draft:
        issuer.append(
            paragraph_xml(run(DRAFT, bold=True, size=13), style="Plain", align="center", before=80)
        )
    motto = [
        paragraph_xml(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12), **_PLAIN),
        paragraph_xml(run("Độc lập - Tự do - Hạnh phúc", bold=True, size=13), **_PLAIN),
        paragraph_xml(rule=(twips(21), twips(21)), style="Plain", before=0, after=0),
        paragraph_xml(
            run(place_and_date, italic=True, size=13), style="Plain", align="center", before=140
        ),
    ]
    return grid([issuer, motto], [left, PORTRAIT_WIDTH - left])


def signatures(snapshot: Snapshot):
    given = snapshot.masthead
    left = [paragraph_xml(run("Nơi nhận:", bold=True, italic=True, size=12), style="Plain")]
    last = len(given.recipients) - 1
    for n, name in enumerate(given.recipients):
        end = "." if n == last else ";"
        left.append(paragraph_xml(run(f"- {name}{end}", size=11), style="Plain"))
    right = [
        paragraph_xml(run(line, bold=True, size=14), **_PLAIN)
        for line in (*given.authority, *given.position)
    ]
    right += [paragraph_xml(style="Plain")] * 4
    right.append(paragraph_xml(run(snapshot.publication.signed_by, bold=True, size=14), **_PLAIN))
    half = PORTRAIT_WIDTH // 2
    return grid([left, right], [half, PORTRAIT_WIDTH - half])
