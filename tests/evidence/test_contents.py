"""What stands inside a document: nothing that leads out of it, and nothing that runs by itself."""

import io
import struct
import zlib
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from assessments import pdf_actions
from assessments.errors import NotAccepted
from assessments.files import DOCX, PDF, XLSX
from assessments.models import Evidence
from tests.evidence import builders as make
from tests.evidence.test_files import look
from tests.evidence.test_pages import upload

OUT = [
    "../evil.sh",
    "xl/../../evil",
    "/etc/passwd",
    "C:/evil",
    "..\\evil",
    "\\\\server\\evil",
    "..",
    "xl/..",
]


def why(data: bytes) -> str:
    with override("en"), pytest.raises(NotAccepted) as refused:
        look(data)
    return str(refused.value)


@pytest.mark.parametrize("whole", [make.docx(), make.xlsx()], ids=["docx", "xlsx"])
@pytest.mark.parametrize("name", OUT)
def test_a_part_that_leads_out_of_its_document_is_refused(whole, name):
    assert "leads out of the document" in why(make.with_part(whole, name, b"x"))


def test_a_part_that_is_a_link_is_refused():
    data = make.with_link(make.docx(), "word/media/image1.png", "/etc/passwd")
    assert "leads out of the document" in why(data)


@pytest.mark.parametrize("name", ["word/a..b.xml", "word/..rels/a.xml", "word/media/ảnh 1.png"])
def test_names_that_only_look_like_it_are_taken(name):
    assert look(make.with_part(make.docx(), name, b"x")).media_type == DOCX


VBA = "application/vnd.ms-office.vbaProject"
MACROS = {
    "by its usual name": make.with_part(make.docx(), "word/vbaProject.bin", b"x"),
    "in capitals": make.with_part(make.xlsx(), "xl/VBAPROJECT.BIN", b"x"),
    "under another name": make.with_type(
        make.with_part(make.xlsx(), "xl/theme.bin", b"x"),
        f'<Override PartName="/xl/theme.bin" ContentType="{VBA}"/>',
    ),
    "by its ending": make.with_type(
        make.with_part(make.xlsx(), "xl/theme.bin", b"x"),
        f'<Default Extension="bin" ContentType="{VBA}"/>',
    ),
    "old macro sheets": make.with_type(
        make.xlsx(),
        '<Override PartName="/xl/macrosheets/sheet1.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>',
    ),
}


@pytest.mark.parametrize("case", MACROS)
def test_macros_are_refused_whatever_they_are_called(case):
    assert why(MACROS[case]).startswith("Documents with macros are not accepted.")


SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
RUNS = {
    "a script": SCRIPT,
    "a script on opening": b"<< /Type /Catalog /OpenAction " + SCRIPT + b" >>",
    "without blanks": b"<</S/JavaScript/JS(x)>>",
    "a named script": b"<< /Names << /JavaScript 4 0 R >> >>",
    "a program": b"<< /S /Launch /F (cmd.exe) >>",
    "an escaped name": b"<< /S /J#61vaScript /JS (x) >>",
    "all of it escaped": b"<< /S /" + b"".join(b"#%02X" % letter for letter in b"Launch") + b" >>",
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("case", RUNS)
def test_a_pdf_that_runs_something_is_refused(case, packed):
    data = make.pdf_holding(RUNS[case], packed=packed)
    assert why(data).startswith("This PDF runs a script or starts a program")


@pytest.mark.parametrize(
    "harmless",
    [
        b"<< /Type /Catalog /OpenAction [3 0 R /Fit] >>",  # opens at a page
        b"<< /S /URI /URI (https://example.vn) >>",
        b"<< /S /GoTo /D [3 0 R /Fit] >>",
        b"<< /JavaScriptless true /LaunchPad true >>",
        b"(Launch JavaScript)",
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_pdf_that_only_shows_is_taken(harmless, packed):
    assert look(make.pdf_holding(harmless, packed=packed)).media_type == PDF


@pytest.mark.parametrize("before", range(pdf_actions.CHUNK - 60, pdf_actions.CHUNK + 20, 7))
def test_a_name_on_the_border_of_two_pieces_is_seen(before):
    data = b"%PDF-1.4\n" + b" " * (before - 9) + SCRIPT + b" " * 9
    assert pdf_actions.runs_something(io.BytesIO(data))


def test_object_streams_are_bounded(monkeypatch):
    monkeypatch.setattr(pdf_actions, "MAX_UNPACKED", 100_000)
    assert "unpacks to far more" in why(make.pdf_holding(b" " * 100_001, packed=True))


def endless_streams(units: int) -> bytes:
    """Beginnings of packed streams without an end: each one unpacks all that follow, to nothing."""
    begins = b"/ObjStm >>stream\n\x78\x01"
    stored = b"\x00" + struct.pack("<HH", len(begins), len(begins) ^ 0xFFFF) + begins
    return b"%PDF-1.4\n" + (stored + b"\x00\x00\x00\xff\xff" * 800) * units


def test_the_packed_bytes_that_are_read_are_bounded_too(monkeypatch):
    read = []

    class Counted:
        def __init__(self):
            self.real = zlib.decompressobj()

        def __getattr__(self, name):
            return getattr(self.real, name)

        def decompress(self, data, limit):
            read.append(len(data))
            return self.real.decompress(data, limit)

    data = endless_streams(100)
    monkeypatch.setattr(
        pdf_actions, "zlib", SimpleNamespace(decompressobj=Counted, error=zlib.error)
    )
    monkeypatch.setattr(pdf_actions, "MAX_READ", 4 * len(data))
    with pytest.raises(pdf_actions.UnpacksTooMuch):
        pdf_actions.runs_something(io.BytesIO(data))
    assert len(data) < sum(read) <= 4 * len(data)


def test_an_object_stream_that_cannot_be_unpacked_says_nothing():
    data = make.pdf_holding(b"<< /Type /ObjStm >>\nstream\nnot packed\nendstream")
    assert look(data).media_type == PDF


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
def test_the_page_says_so_and_nothing_is_kept(officer, stored):
    answer = upload(
        officer,
        ("a.pdf", make.pdf_holding(SCRIPT)),
        ("b.xlsx", make.with_part(make.xlsx(), "../b", b"x")),
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "a.pdf: Tệp PDF này tự chạy" in page
    assert "b.xlsx: Bên trong tệp có đường dẫn" in page
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_untouched_documents_are_taken():
    assert [look(d).media_type for d in (make.docx(), make.xlsx())] == [DOCX, XLSX]
