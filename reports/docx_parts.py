"""Pieces of a Word document as XML: paragraphs, tables, rules, fields. Text is always escaped.

Written as text and parsed once a piece: building a table cell by cell through python-docx takes a
hundred times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.docx_tables import Grid
from reports.xml_text import readable

_W = nsdecls("w")
WHOLE_ROWS = 16
TWIPS_PER_MM = 1440 / 25.4


def twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)


def words(text: str) -> str:
    return escape(readable(text))


def run(text: str, *, bold=False, italic=False, size: float = 0, caps=False) -> str:
    looks = "".join(
        mark
        for mark, wanted in (
            ("<w:b/>", bold),
            ("<w:i/>", italic),
            ("<w:caps/>", caps),
            (f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>', size),
        )
        if wanted
    )
    looks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{words(text)}</w:t></w:r>'


def paragraph_xml(
    content: str = "",
    *,
    style: str = "",
    align: str = "",
    first_line: int | None = None,
    before: int | None = None,
    after: int | None = None,
    keep_next: bool = False,
    page_break: bool = False,
    rule: tuple[int, int] | None = None,
) -> str:
    """``rule`` draws a line beneath, indented so many twips from either side."""
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    looks += "<w:keepNext/>" if keep_next else ""
    looks += "<w:pageBreakBefore/>" if page_break else ""
    if rule:
        looks += '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>'
    if before is not None or after is not None:
        line = ' w:line="60" w:lineRule="exact"' if rule else ""
        looks += f'<w:spacing w:before="{before or 0}" w:after="{after or 0}"{line}/>'
    if rule:
        looks += f'<w:ind w:left="{rule[0]}" w:right="{rule[1]}" w:firstLine="0"/>'
    elif first_line is not None:
        looks += f'<w:ind w:firstLine="{first_line}"/>'
    looks += f'<w:jc w:val="{align}"/>' if align else ""
    looks = f"<w:pPr>{looks}</w:pPr>" if looks else ""
    return f"<w:p>{looks}{content}</w:p>"


def paragraph(content: str = "", **looks):
    return parse_xml(paragraph_xml(content, **looks).replace("<w:p>", f"<w:p {_W}>", 1))


def field(code: str, size: float) -> str:
    """A number that Word counts itself, such as PAGE."""
    looks = f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return (
        f'<w:r>{looks}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{looks}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{looks}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{looks}<w:t>2</w:t></w:r>"
        f'<w:r>{looks}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def grid(columns: Sequence[Iterable[str]], widths: Sequence[int]):
    """A table without lines, one row: the masthead, the signature block."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(column)}</w:tc>'
        for column, width in zip(columns, widths, strict=True)
    )
    return parse_xml(
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{_grid(widths)}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _grid(widths: Sequence[int]) -> str:
    return "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)


def table(given: Grid, *, width: int, size: float, described: str):
    """A table with lines whose head is repeated on every page; ``width`` in twips. Many narrow
    columns keep their letters on one line."""
    side = 20 if len(given.widths) > 12 else 60
    whole = sum(given.widths)
    widths = [round(share / whole * width) for share in given.widths]
    # A small table stays on its page; of a longer one the head keeps at least two rows with it.
    last = len(given.rows) - 1
    kept = last if last < WHOLE_ROWS else 2
    head = "".join(
        _cell(text, w, "center", size, bold=True, shade="F2F2F2", keep=True)
        for text, w in zip(given.head, widths, strict=True)
    )
    body = "".join(
        # The last row never stands on a page alone.
        _row(given, n, widths, size, n < kept or last - 2 <= n < last)
        for n in range(len(given.rows))
    )
    return parse_xml(
        f'<w:tbl {_W}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="28" w:type="dxa"/>'
        f'<w:left w:w="{side}" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
        f'<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{_attribute(described)}"/></w:tblPr>'
        f"<w:tblGrid>{_grid(widths)}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
    )


def _row(given: Grid, n: int, widths, size: float, keep: bool) -> str:
    cells = "".join(
        _cell(
            text,
            w,
            "left" if place in given.words else "center",
            size,
            bold=n in given.bold or (n, place) in given.strong,
            keep=keep,
        )
        for place, (text, w) in enumerate(zip(given.rows[n], widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(
    text: str, width: int, align: str, size: float, *, bold=False, shade: str = "", keep=False
) -> str:
    keep = "<w:keepNext/>" if keep else ""
    colour = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{colour}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{keep}<w:jc w:val="{align}"/></w:pPr>'
        f"{run(text, bold=bold, size=size)}</w:p></w:tc>"
    )


def _attribute(text: str) -> str:
    return words(text).replace('"', "&quot;")


def watermark(text: str, number: int) -> str:
    """Word's own "draft" behind the page, as it stands in a header."""
    return (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="DraftMark{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt="{_attribute(text)}" '
        'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;'
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" '
        'stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" string="{_attribute(text)}"/>'
        "</v:shape></w:pict></w:r>"
    )
