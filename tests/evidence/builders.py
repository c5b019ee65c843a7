"""Real files, made here: what an officer sends, and what nobody should."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from functools import lru_cache

import openpyxl
from PIL import Image, ImageDraw


def picture(format_name: str = "JPEG", size: tuple[int, int] = (640, 480), **save) -> bytes:
    image = Image.new("RGB", size, "#2f7d5b")
    ImageDraw.Draw(image).rectangle((10, 10, size[0] // 2, size[1] // 2), fill="#c99a2e")
    out = io.BytesIO()
    image.save(out, format_name, **save)
    return out.getvalue()


def heic(size: tuple[int, int] = (640, 480)) -> bytes:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "#2f7d5b")).save(out, quality=60)
    return out.getvalue()


@lru_cache
def pdf(pages: int = 1, filling: int = 0) -> bytes:
    """A small PDF by hand, with its table at the right place; ``filling`` bytes in a stream."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    parts.append(f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode())
    parts += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>"] * pages
    if filling:
        stream = bytes(range(256)) * (filling // 256)
        parts.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return bytes(out)


@lru_cache
def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Thôn", "Số hộ nghèo"])
    book.active.append(["Cò Nọt Mông", 12])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@lru_cache
def docx() -> bytes:
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "".join(f"<w:p><w:r><w:t>Thôn {n}: đã họp</w:t></w:r></w:p>" for n in range(400))
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Override PartName="/word/document.xml" '
            f'ContentType="{office}"/></Types>'.encode(),
            "word/document.xml": f'<w:document xmlns:w="{words}"><w:body>{text}</w:body>'
            "</w:document>".encode(),
        }
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in parts.items():
            container.writestr(name, data)
    return out.getvalue()


def with_part(whole: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr(name, data)
    return out.getvalue()


def with_type(whole: bytes, tag: str) -> bytes:
    """One more entry in the document's list of types."""
    with zipfile.ZipFile(io.BytesIO(whole)) as container:
        parts = {n: container.read(n) for n in container.namelist()}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", tag.encode() + b"</Types>")
    return zipped(parts)


def with_link(whole: bytes, name: str, target: str) -> bytes:
    """A part that is a symbolic link to somewhere."""
    part = zipfile.ZipInfo(name)
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr(part, target)
    return out.getvalue()


def pdf_holding(object_text: bytes, *, packed: bool = False) -> bytes:
    """A PDF with one more object, plainly or within a packed object stream."""
    if packed:
        stream = zlib.compress(b"9 0 " + object_text)
        object_text = (
            (
                b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
                % len(stream)
            )
            + stream
            + b"\nendstream"
        )
    whole = pdf()
    return whole[:9] + b"9 0 obj\n" + object_text + b"\nendobj\n" + whole[9:]


def without_part(whole: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as container:
        return zipped({n: container.read(n) for n in container.namelist() if n != name})


def bomb() -> bytes:
    """An .xlsx whose sheet unpacks to 300 MB of zeros; itself a few hundred kB."""
    out = io.BytesIO(xlsx())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as container,
        container.open("xl/worksheets/sheet9.xml", "w", force_zip64=False) as part,
    ):
        for _ in range(300):
            part.write(bytes(1024 * 1024))
    return out.getvalue()


def huge_png(width: int = 10_000, height: int = 10_000) -> bytes:
    """100 megapixels in about 100 kB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer = zlib.compressobj(9)
    line = b"\x00" + bytes(width // 8 + (width % 8 > 0))
    body = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
