"""A file with a password: refused with its own sentence, and nothing is left behind."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from assessments import locked_files
from assessments.errors import NotAccepted
from assessments.files import PDF, XLSX, inspect
from assessments.models import Event, Evidence
from tests import factories
from tests.evidence import builders as make
from tests.evidence import locked
from tests.evidence.test_pages import SCRIPT, upload

SENTENCE = "Tệp có mật khẩu hoặc bị mã hóa (kể cả chỉ khóa in, sao chép) nên không kiểm tra được."


def with_flag(whole: bytes) -> bytes:
    """Packed with a password by an archiver: the flag of each part, in its head and the list."""
    data = bytearray(whole)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


LONG_TABLE = b"\n".join([b"0000000000 65535 f "] * 20_000) + b"\n"


def with_long_table(whole: bytes) -> bytes:
    """As of a book of 20,000 objects: the trailer stands far behind the beginning of its table."""
    return whole.replace(b"trailer", LONG_TABLE + b"trailer")


def with_wrong_place(whole: bytes) -> bytes:
    """Programs look for the trailer themselves where its place is wrong."""
    head, _, tail = whole.rpartition(b"startxref")
    return head + b"startxref\n12\n" + tail.split(b"\n", 2)[2]


LOCKED = {
    "pdf": locked.locked_pdf(),
    "pdf, newer": locked.locked_pdf(stream=True),
    "pdf, only forbidden to print": locked.locked_pdf(user=b""),
    "pdf, named by numbers": locked.locked_pdf().replace(b"/Encrypt", b"/#45ncr#79pt"),
    "pdf, without spaces": locked.locked_pdf().replace(b"/Encrypt 6 0 R ", b"/Encrypt<</V 1>>"),
    "pdf, long table": with_long_table(locked.locked_pdf()),
    "pdf, wrong place": with_wrong_place(locked.locked_pdf()),
    "docx or xlsx": locked.locked_office(),
    "docx or xlsx, late in its directory": locked.ole("a", "b", "EncryptedPackage"),
    "zip": with_flag(make.xlsx()),
}
OPEN = {
    "pdf": make.pdf(),
    "pdf, long table": with_long_table(make.pdf()),
    "pdf, wrong place": with_wrong_place(make.pdf()),
    "pdf that speaks of it": locked.open_pdf_that_speaks_of_it(),
    "pdf that speaks of it, newer": locked.open_pdf_that_speaks_of_it(stream=True),
}


def look(data: bytes):
    with override("vi"):
        return inspect(io.BytesIO(data), max_bytes=20 * 1024 * 1024)


@pytest.mark.parametrize("case", LOCKED)
def test_one_with_a_password_is_refused_with_its_own_sentence(case):
    with pytest.raises(NotAccepted) as refused:
        look(LOCKED[case])
    assert str(refused.value).startswith(SENTENCE)


@pytest.mark.parametrize("case", OPEN)
def test_one_without_is_taken_whatever_its_text_says(case):
    assert look(OPEN[case]).media_type == PDF


def test_the_flag_is_of_a_real_archive():
    """``zipfile`` itself asks for the password of what is refused here, and reads the other."""
    data = io.BytesIO(with_flag(make.xlsx()))
    asks = pytest.raises(RuntimeError, match="password required")
    with zipfile.ZipFile(data) as container, asks:
        container.read("[Content_Types].xml")
    assert look(make.xlsx()).media_type == XLSX


@pytest.mark.parametrize(
    "data",
    [
        locked.ole("WordDocument", "1Table"),
        locked.ole("WordDocument", text="EncryptedPackage".encode("utf-16-le")),
        locked.ole("WordDocument", text=bytes(4) + "EncryptedPackage".encode("utf-16-le")),
        locked.ole("EncryptedPackages"),
        locked.ole()[:500] + bytes(12) + "EncryptedPackage".encode("utf-16-le"),
    ],
)
def test_an_old_document_is_told_from_one_with_a_password(data):
    with pytest.raises(NotAccepted) as refused:
        look(data)
    assert "kiểu cũ" in str(refused.value)


@pytest.mark.parametrize("chunk", [1, 7, 64])
def test_the_trailer_is_found_however_the_file_is_cut(monkeypatch, chunk):
    monkeypatch.setattr(locked_files, "CHUNK", chunk)
    with pytest.raises(NotAccepted):
        look(LOCKED["pdf, long table" if chunk > 7 else "pdf"])
    assert look(OPEN["pdf"])


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
@pytest.mark.parametrize(
    ("name", "case"),
    [("Biên bản.pdf", "pdf"), ("a.docx", "docx or xlsx"), ("a.xlsx", "docx or xlsx")],
)
@pytest.mark.parametrize("headers", [None, SCRIPT], ids=["page", "script"])
def test_nothing_of_it_is_left_behind(officer, stored, name, case, headers):
    answer = upload(officer, (name, LOCKED[case]), headers=headers)
    assert answer.status_code == 422
    said = answer.json()["sentences"][0] if headers else answer.content.decode()
    assert f"{name}: {SENTENCE}" in said
    assert stored() == []
    assert not Evidence.objects.exists()
    assert not Event.objects.filter(kind="attached").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
def test_the_api_says_the_same(officer, stored):
    row = factories.row_of("11")
    file = SimpleUploadedFile("a.pdf", LOCKED["pdf"])
    answer = officer.post(f"/api/results/{row.pk}/evidence/", {"file": file})
    assert answer.status_code == 400
    assert answer.json()["errors"]["file"].startswith(SENTENCE)
    assert stored() == []
