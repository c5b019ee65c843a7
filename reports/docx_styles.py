"""The styles of the Word file: those that Word knows by name, so that whoever edits it can go on.

Sizes and margins are those of Decree 30/2020/NĐ-CP (docs: regulations, part a).
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
BODY, TABLE, ANNEX_TABLE, MATRIX_TABLE = 14, 10.5, 10.5, 11.5
FIRST_LINE = Mm(12.7)
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(20)
#: name -> size, bold, italic, alignment, points before and after, and whether it keeps its follower.
HEADINGS = {
    "Title": (14, True, False, WD_ALIGN_PARAGRAPH.CENTER, 12, 0),
    "Subtitle": (14, True, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 0),
    "Heading 1": (14, True, False, WD_ALIGN_PARAGRAPH.JUSTIFY, 10, 0),
    "Heading 2": (14, True, True, WD_ALIGN_PARAGRAPH.JUSTIFY, 8, 0),
    "Heading 3": (13, True, False, WD_ALIGN_PARAGRAPH.LEFT, 8, 4),
    "Caption": (12, False, True, WD_ALIGN_PARAGRAPH.CENTER, 2, 8),
}


def apply(document: Document) -> None:
    _defaults(document)
    normal = document.styles["Normal"]
    _letters(normal, BODY)
    form = normal.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form.first_line_indent = FIRST_LINE
    form.space_before, form.space_after = Pt(6), Pt(0)
    form.line_spacing = 1.1
    form.widow_control = True
    for name, looks in HEADINGS.items():
        _heading(document, name, looks)
    document.styles["Heading 1"].paragraph_format.first_line_indent = FIRST_LINE
    document.styles["Heading 2"].paragraph_format.first_line_indent = FIRST_LINE
    for name in ("Header", "Footer"):
        _letters(document.styles[name], 14 if name == "Header" else 8)
        _plain(document.styles[name].paragraph_format)
    _new(document, "Table Text", TABLE)
    _new(document, "Plain", BODY)
    note = _new(document, "Note", 11)
    note.font.italic = True
    note.paragraph_format.space_before = Pt(3)
    item = _new(document, "Item", BODY)
    item.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    item.paragraph_format.first_line_indent = FIRST_LINE
    item.paragraph_format.space_before, item.paragraph_format.line_spacing = Pt(4), 1.1


def _defaults(document: Document) -> None:
    """Language and font of everything that says nothing itself."""
    found = document.styles.element.find(qn("w:docDefaults")).find(
        f"{qn('w:rPrDefault')}/{qn('w:rPr')}"
    )
    for tag in ("w:lang", "w:rFonts"):
        for old in found.findall(qn(tag)):
            found.remove(old)
    fonts = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    found.insert(0, fonts)
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{name}"), LANGUAGE)
    found.append(language)


def _letters(style, size: float, *, bold=False, italic=False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)


def _plain(form) -> None:
    form.first_line_indent, form.space_before, form.space_after = Mm(0), Pt(0), Pt(0)
    form.line_spacing, form.alignment = 1.0, WD_ALIGN_PARAGRAPH.LEFT


def _heading(document: Document, name: str, looks) -> None:
    size, bold, italic, align, before, after = looks
    style = document.styles[name]
    _letters(style, size, bold=bold, italic=italic)
    _plain(style.paragraph_format)
    for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for spacing in style.element.findall(f"{qn('w:rPr')}/{qn('w:spacing')}"):
        spacing.getparent().remove(spacing)
    form = style.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(before), Pt(after)
    form.keep_with_next = name != "Caption"


def _new(document: Document, name: str, size: float):
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _letters(style, size)
    _plain(style.paragraph_format)
    return style
