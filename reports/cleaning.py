"""What people paste, as the plain text that a report holds: paragraphs and list items.

One line is one paragraph; a line that begins with "- " is an item of a list (the way official
papers write them). HTML, as Word puts it into the clipboard, is read and its words are kept; what
was never meant to be read (styles, scripts, comments) is left out. Text that is no HTML stays as it was
typed, with its ends of lines, its ``<`` and ``&``: it is escaped where it is shown. One tag among typed
words makes no HTML of them.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from communes.texts import DIRECTION, tidy

#: Names that a person does not type by accident: with them a text is read as HTML.
_TELLING = r"p|div|br|[uo]l|li|table|tr|t[dh]|span|[biu]|strong|em|font|h[1-6]|body|html|o:p"
#: Further names that are tags once a text is HTML.
_OTHER = (
    r"[aqs]|hr|t(?:head|body|foot)|col(?:group)?|caption|img|su[bp]|small|big|pre|code|center|"
    r"blockquote|section|article|main|header|footer|nav|aside|fig(?:ure|caption)|d[ltd]|mark|del|ins|"
    r"strike|cite|label|button|input|form|svg|path|head|title|meta|link|style|script|noscript|"
    r"template|xml|wbr|[ovwm]:[a-z0-9]+|st1:[a-z]+|google-sheets-html-origin"
)
#: What follows a name: its end, or attributes that read as such. "<Bản Bo>" and "a<b và c>d" are words.
_REST = (
    r"(?=[\s/>])(?:\s+[a-z][-a-z0-9_:.]*\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=]+)"
    r"|\s+(?:nowrap|noshade|hidden|border|data-[-a-z0-9]+))*\s*/?>"
)
_MARKUP = re.compile(rf"<(?:/?(?:{_TELLING}){_REST}|!--[^>]*-->?>)", re.IGNORECASE)
#: How a piece of HTML begins; what a person types begins with a word.
_BEGINS = re.compile(
    r"\s*<(?:!|(?:p|div|br|[uo]l|li|table|tr|t[dh]|span|font|h[1-6]|body|html|head|style|meta|title|"
    rf"o:p|blockquote|section|article){_REST})",
    re.IGNORECASE,
)
#: Bold words may begin one too, where blocks follow; without ends of lines a block is enough.
_BOLD_BEGINS = re.compile(rf"\s*<(?:[abiu]|strong|em){_REST}", re.IGNORECASE)
_BLOCK_ENDS = re.compile(r"<br\s*/?>|</(?:p|div|li|[uo]l|tr|table|h[1-6])\s*>", re.IGNORECASE)
_TYPED_ITEM = re.compile(r"\n[-+] ")
#: What opens like a tag and is none: its words are kept.
_LOOSE = re.compile(rf"<(?!/?(?:{_TELLING}|{_OTHER}){_REST})", re.IGNORECASE)
_BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "blockquote", "section", "article", "body"} | {
    f"h{n}" for n in range(1, 7)
}
_SILENT = {"style", "script", "head", "title", "xml", "template"}
#: Control characters other than the end of a line and the tabulator, what is invisible, and marks of direction.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff\ufffe\uffff]|" + DIRECTION
)
_LONE = re.compile(r"[\ud800-\udfff]")
#: Comments and declarations, also Word's ``<![if !supportLists]>``, on which the parser stumbles.
_DECLARATION = re.compile(r"<!--.*?-->|<[!?][^>]*>", re.DOTALL)
#: Word's own marks at the beginning of an item of a list.
_BULLET = re.compile(r"^(?:o(?=\t)|[·•●○▪§\u00a7\uf0b7\uf0a7\uf02d–—])[\s\u00a0]+")


def clean(text: str) -> str:
    """Tidy text: NFC, no control characters, Word's HTML read, no idle space."""
    text = _LONE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for _round in range(3):  # a page that shows HTML as text was pasted
        if not _is_html(text):
            break
        text = _read_html(text)
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    lines = [_line(line) for line in text.split("\n")]
    return tidy(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


def _is_html(text: str) -> bool:
    if not _MARKUP.search(text):
        return False
    has_blocks = bool(_BLOCK_ENDS.search(text))
    if _BEGINS.match(text):
        return has_blocks or not _TYPED_ITEM.search(text)
    return has_blocks and ("\n" not in text.strip() or bool(_BOLD_BEGINS.match(text)))


def _line(line: str) -> str:
    return re.sub(r"[ \t\u00a0]+", " ", _BULLET.sub("- ", line.strip())).strip()


def _read_html(text: str) -> str:
    reader = _Reader()
    reader.feed(_LOOSE.sub("&lt;", _DECLARATION.sub("", text)))
    reader.close()
    # Word draws the items of a second level with the letter o.
    return re.sub(r"(?m)^o\s+(?=\S)", "- ", "".join(reader.out))


_MARKER = re.compile(r"- |\d{1,5}\. ")


class _Reader(HTMLParser):
    """Writes down the words of a piece of HTML, one block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent: list[str] = []
        self.cells = 0
        #: For each open list the number of its next item; None where it has bullets.
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag == "br" or tag in _BLOCKS:
            self._break()
            if tag in ("ul", "ol"):
                self.lists.append(_first(dict(attrs).get("start")) if tag == "ol" else None)
            self.cells = 0 if tag == "tr" else self.cells
        elif tag == "li":
            self._break()
            self.out.append(self._marker())
        elif tag in ("td", "th"):
            self.out.append("; " if self.cells else "")
            self.cells += 1

    def handle_startendtag(self, tag: str, attrs) -> None:
        if tag == "br":
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        elif tag in _BLOCKS or tag == "li":
            self._break()
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()

    def _marker(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number}. "

    def handle_data(self, data: str) -> None:
        # In HTML the end of a line is a space like any other.
        words = re.sub(r"[\s\u00a0]+", " ", data)
        if self.silent or (words == " " and self._at_start()):
            return
        self.out.append(words)

    def _at_start(self) -> bool:
        return not self.out or self.out[-1].endswith("\n") or self._after_marker()

    def _after_marker(self) -> bool:
        return bool(self.out) and _MARKER.fullmatch(self.out[-1]) is not None

    def _break(self) -> None:
        if self._after_marker():
            return  # Word wraps the words of an item in a paragraph
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")


def _first(start: str | None) -> int:
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 5 else 1


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """The text as ``("p", [line])`` and ``("ul", items)``, in its order, for page and paper."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        if line.startswith(("- ", "+ ")):
            if not found or found[-1][0] != "ul":
                found.append(("ul", []))
            found[-1][1].append(line[2:].strip())
        else:
            found.append(("p", [line]))
    return found
