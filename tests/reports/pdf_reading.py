"""PDF read back as people and programs read it: text, facts, letters, structure."""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
import zlib
from pathlib import Path


class Pdf:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def run(self, *command: str) -> str:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            Path(file.name).write_bytes(self.content)
            argv = [file.name if part == "PDF" else part for part in command]
            done = subprocess.run(argv, capture_output=True, text=True, check=True)
            return done.stdout

    def pages(self) -> list[str]:
        """In the order of the content: a table's cells one after the other."""
        told = self.run("pdftotext", "-raw", "PDF", "-").split("\f")[:-1]
        return [re.sub(r"DỰ\s+THẢO", "DỰ THẢO", page) for page in told]  # it stands askew

    def text(self) -> str:
        return "\n".join(self.pages())

    def facts(self) -> dict[str, str]:
        lines = self.run("pdfinfo", "PDF").splitlines()
        return {
            name: value.strip() for name, _colon, value in (one.partition(":") for one in lines)
        }

    def fonts(self) -> list[list[str]]:
        return [line.split() for line in self.run("pdffonts", "PDF").splitlines()[2:]]

    def sizes(self) -> list[tuple[float, float]]:
        told = self.run("pdfinfo", "-f", "1", "-l", "999", "PDF")
        found = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", told, re.MULTILINE)
        return [(float(width), float(height)) for width, height in found]

    def words(self, page: int) -> list[tuple[float, float, float, float, str]]:
        """(left, top, right, bottom, word) in points."""
        told = self.run("pdftotext", "-bbox", "-f", str(page), "-l", str(page), "PDF", "-")
        found = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
            told,
        )
        return [(*(float(one) for one in box), word) for *box, word in found]

    def structure(self) -> str:
        return self.run("pdfinfo", "-struct", "PDF")

    def outline(self) -> list[str]:
        """The labels of the bookmarks, in their order."""
        told = self.run("pdftohtml", "-xml", "-i", "-stdout", "PDF")
        found = re.findall(r"<item page=\"\d+\">(.*?)</item>", told, re.DOTALL)
        return [html.unescape(one) for one in found]

    def inside(self) -> bytes:
        """Everything, also what is packed into streams."""
        streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", self.content, re.DOTALL)
        found = [self.content]
        for one in streams:
            try:
                found.append(zlib.decompress(one))
            except zlib.error:
                continue
        return b"\n".join(found)


def close(text: str) -> str:
    """Without any space: lines of print break where there is room, cells where they are narrow."""
    return re.sub(r"[\s\u00a0\u00ad]+", "", text)


def stand_in_order(rows, text: str) -> None:
    """Each row's cells, one after the other, and the rows in their order."""
    packed, at = close(text), 0
    for row in rows:
        wanted = close("".join(row))
        found = packed.find(wanted, at)
        assert found >= 0, f"{row} does not stand after {packed[max(0, at - 40) : at]}"
        at = found + len(wanted)
