"""What a file is, told by its content."""

import io

import pytest
from django.utils.translation import override
from PIL import Image

from assessments.errors import NotAccepted
from assessments.files import DOCX, HEIC, JPEG, PDF, PNG, WEBP, XLSX, clean_name, inspect
from tests.evidence import builders as make

LIMIT = 20 * 1024 * 1024


def look(data: bytes, limit: int = LIMIT):
    return inspect(io.BytesIO(data), max_bytes=limit)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (make.pdf(), PDF),
        (make.picture("JPEG"), JPEG),
        (make.picture("PNG"), PNG),
        (make.picture("WEBP"), WEBP),
        (make.heic(), HEIC),
        (make.docx(), DOCX),
        (make.xlsx(), XLSX),
    ],
    ids=["pdf", "jpeg", "png", "webp", "heic", "docx", "xlsx"],
)
def test_the_seven_kinds_are_told_by_their_content(data, kind):
    found = look(data)
    assert (found.media_type, found.size) == (kind, len(data))
    assert (found.preview is not None) == kind.startswith("image/")


REFUSED = {
    "empty": (b"", "0 byte"),
    "program": (b"MZ\x90\x00" + bytes(500), "chương trình"),
    "linux program": (b"\x7fELF" + bytes(500), "chương trình"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "bare svg": (b"<svg onload='alert(1)'/>", "SVG"),
    "web page": (b"<!DOCTYPE html><script>alert(1)</script>", "trang web"),
    "xhtml": (b'<?xml version="1.0"?><html xmlns="x"><svg/></html>', "trang web"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
    "text": ("Biên bản".encode(), "PDF"),
    "gif": (make.picture("GIF"), "PDF"),
    "pdf without end": (make.pdf()[:-40], "PDF"),
    "html behind a pdf mark": (b"%PDF-1.4\n<html><script>alert(1)</script></html>", "PDF"),
    "half a jpeg": (make.picture("JPEG", (1600, 1200))[:4000], "Ảnh"),
    "half a png": (make.picture("PNG", (1600, 1200))[:2000], "Ảnh"),
    "half a webp": (make.picture("WEBP", (1600, 1200))[:1000], "Ảnh"),
    "half a heic": (make.heic((1600, 1200))[:600], "Ảnh"),
    "jpeg by its first bytes": (b"\xff\xd8\xff\xe0" + bytes(300), "Ảnh"),
    "half a docx": (make.docx()[:1500], "hỏng"),
    "100 megapixels": (make.huge_png(), "điểm ảnh"),
    "zip bomb": (make.bomb(), "giải nén"),
    "a plain zip": (make.zipped({"a.txt": b"x"}), "zip"),
    "no document part": (make.without_part(make.xlsx(), "xl/workbook.xml"), ".xlsx"),
    "macros": (make.with_part(make.xlsx(), "xl/vbaProject.bin", b"x"), "macro"),
    "content types with entities": (
        make.zipped({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "hỏng",
    ),
    "too many parts": (make.zipped({f"{n}.xml": b"" for n in range(3100)}), "giải nén"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_everything_else_is_refused_with_a_sentence(case):
    data, part = REFUSED[case]
    with override("vi"), pytest.raises(NotAccepted) as refused:
        look(data)
    assert part in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_byte_more_than_allowed_is_refused_and_the_limit_itself_is_not():
    data = make.pdf()
    assert look(data, len(data)).size == len(data)
    with pytest.raises(NotAccepted):
        look(data, len(data) - 1)


def test_a_damaged_part_of_a_document_is_noticed():
    data = bytearray(make.docx())
    at = data.find(b"word/document.xml") + 60
    data[at : at + 40] = bytes(40)
    with pytest.raises(NotAccepted):
        look(bytes(data))


def test_a_macro_document_is_told_by_its_declared_type():
    plain = make.xlsx()
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    import zipfile

    with zipfile.ZipFile(io.BytesIO(plain)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    types = parts["[Content_Types].xml"]
    assert kind in types
    parts["[Content_Types].xml"] = types.replace(
        kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    with override("vi"), pytest.raises(NotAccepted, match="macro"):
        look(make.zipped(parts))


def test_a_preview_stands_upright_is_small_and_tells_nothing():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "Camera of the commune"
    exif.get_ifd(0x8825)[1] = "N"
    found = look(make.picture("JPEG", (2000, 1000), exif=exif))
    with Image.open(io.BytesIO(found.preview)) as small:
        assert small.format == "WEBP"
        assert small.size == (480, 960)
        assert dict(small.getexif()) == {}
        assert "exif" not in small.info


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_every_kind_of_colour_gets_a_preview(mode):
    out = io.BytesIO()
    Image.new(mode, (50, 40)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert look(out.getvalue()).preview


def test_a_transparent_picture_is_shown_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (50, 40), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(look(out.getvalue()).preview)) as small:
        assert small.getpixel((20, 20))[0] > 250


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Biên bản.pdf", "Biên bản.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Tài liệu\\ảnh.PDF", "ảnh.PDF"),
        ("a\x00b.pdf", "a b.pdf"),
        ("Bie\u0302n ba\u0309n.pdf", "Biên bản.pdf"),
        ("hoa\u202efdp.exe", "hoa fdp.exe.pdf"),
        ("virus.exe", "virus.exe.pdf"),
        ("bản quét.jpg", "bản quét.pdf"),
        ("  \n ", "tệp.pdf"),
        (".pdf", "pdf.pdf"),
        ("..", "tệp.pdf"),
        ("", "tệp.pdf"),
    ],
)
def test_a_name_becomes_a_label_without_a_path(given, kept):
    with override("vi"):
        assert clean_name(given, PDF) == kept


def test_a_name_of_ten_thousand_letters_keeps_its_ending():
    name = clean_name("ă" * 10_000 + ".pdf", PDF)
    assert len(name) == 200
    assert name.endswith("ă.pdf")
