"""From a format to the function that makes its file: ``(Snapshot) -> bytes``, nothing else in hand.

A renderer asks no database, no clock and no settings, so that the same snapshot gives the same
paper for ever. Its module is imported when it is first asked for: a page that only lists papers
does not load the libraries that make them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from reports.models import PaperFormat
from reports.snapshot import Snapshot

Render = Callable[[Snapshot], bytes]


class CannotRender(Exception):
    """A file cannot be made; the sentence says why, for the person who waits for it."""


@dataclass(frozen=True, slots=True)
class Renderer:
    module: str
    function: str
    suffix: str
    media_type: str

    def load(self) -> Render:
        return getattr(import_module(self.module), self.function)


RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {
        PaperFormat.PDF: Renderer("reports.render_pdf", "render_pdf", ".pdf", "application/pdf"),
        PaperFormat.BRIEF: Renderer(
            "reports.render_brief", "render_brief", "-tom-tat.pdf", "application/pdf"
        ),
        PaperFormat.DOCX: Renderer(
            "reports.render_docx",
            "render_docx",
            ".docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        PaperFormat.XLSX: Renderer(
            "reports.render_xlsx",
            "render_xlsx",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    }
)


def render(paper_format: str, snapshot: Snapshot) -> bytes:
    return RENDERERS[paper_format].load()(snapshot)
