"""HTML to PDF with WeasyPrint, which reads nothing but what it is handed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reports.rendering import CannotRender
from reports.snapshot import Snapshot

SHEETS = Path(__file__).resolve().parent.parent / "static" / "css"
OURS = "paper:"
#: Tagged, with language and title: read aloud as it is read by eye.
VARIANT = "pdf/ua-1"
#: A table's column by its share of the width: no template carries looks of its own.
SHARES = "".join(f".share-{n} {{ width: {n / 10}% }}" for n in range(1, 1001))
KINDS = {".svg": "image/svg+xml", ".css": "text/css"}
#: DỰ THẢO across every page, behind the text.
WATERMARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}">'
    '<text x="{x}" y="{y}" font-family="Times New Roman, Liberation Serif, serif" font-size="42" '
    'text-anchor="middle" fill="#E9E9E9" transform="rotate(-35 {x} {y})">DỰ THẢO</text></svg>'
)


def to_pdf(html: str, pictures: Mapping[str, str], snapshot: Snapshot) -> bytes:
    return to_bytes(laid_out(html, pictures, snapshot))


def laid_out(html: str, pictures: Mapping[str, str], snapshot: Snapshot):
    """The pages, ready to be counted and written."""
    from weasyprint import CSS, HTML

    fetcher = fetcher_of({**pictures, "draft.svg": WATERMARK.format(w=160, h=160, x=80, y=92)})
    sheets = [CSS(string=SHARES)]
    if snapshot.is_draft:
        draft = '@page { background: url("paper:draft.svg") center no-repeat }'
        sheets.append(CSS(string=draft, base_url=OURS, url_fetcher=fetcher))
    page = HTML(string=html, base_url=OURS, url_fetcher=fetcher)
    return page.render(stylesheets=sheets, pdf_variant=VARIANT)


def to_bytes(document) -> bytes:
    return document.write_pdf(pdf_variant=VARIANT)


def fetcher_of(files: Mapping[str, str]):
    """Answers for ``paper:`` addresses out of ``files`` and our own sheets, for no others."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers=None) -> URLFetcherResponse:
            name = url.removeprefix(OURS).lstrip("/")
            suffix = Path(name).suffix
            if not url.startswith(OURS) or suffix not in KINDS:
                raise CannotRender(f"Không được phép tải {url[:80]}.")
            if name in files:
                text = files[name]
            else:
                text = (SHEETS / Path(name).name).read_text(encoding="utf-8")
            return URLFetcherResponse(
                url, text.encode(), {"Content-Type": f"{KINDS[suffix]}; charset=utf-8"}
            )

    return OwnFiles()
