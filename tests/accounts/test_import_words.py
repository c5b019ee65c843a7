"""Import and export in the administration speak the portal's language."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from communes.models import Agency
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
ENGLISH = (
    "Import",
    "Export",
    "Submit",
    "Confirm import",
    "File to import",
    "Format",
    "Preview",
    "This importer will",
    "This exporter will",
    "Below is a preview",
    "Skipped",
    "Home",
)


@pytest.fixture
def desk(client):
    client.force_login(factories.person(Role.ADMINISTRATOR))
    client.cookies["django_language"] = "vi"
    return client


def words(answer) -> str:
    html = answer.content.decode()
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    shown = " ".join(re.findall(r'<input[^>]+type="submit"[^>]+value="([^"]*)"', body))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)) + " " + shown


def leftovers(answer) -> list[str]:
    text = words(answer)
    return [word for word in ENGLISH if re.search(rf"\b{word}\b", text)]


@pytest.mark.parametrize(
    "path",
    ["", "import/", "export/"],
)
@pytest.mark.parametrize("model", ["administrativeunit", "agency"])
def test_its_pages_are_vietnamese(desk, model, path):
    answer = desk.get(f"/admin/communes/{model}/{path}")
    assert answer.status_code == 200
    assert leftovers(answer) == []


def exported(desk) -> bytes:
    answer = desk.post("/admin/communes/agency/export/", {"format": "1"})
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def test_the_preview_and_the_end_of_an_import_are_vietnamese(desk):
    text = exported(desk).decode()
    file = SimpleUploadedFile("agencies.csv", text.replace("Công an huyện", "Công an").encode())
    preview = desk.post("/admin/communes/agency/import/", {"import_file": file, "format": "1"})
    assert preview.status_code == 200
    assert "Xác nhận nhập" in words(preview)
    assert leftovers(preview) == []


def test_a_file_that_cannot_be_read_is_refused_in_vietnamese(desk):
    file = io.BytesIO(b"\x00\xff not a table")
    file.name = "agencies.xlsx"
    answer = desk.post("/admin/communes/agency/import/", {"import_file": file, "format": "0"})
    assert "Không đọc được tệp" in words(answer)


def test_the_key_that_sorts_names_is_no_column_of_an_export(desk):
    assert "sort_key" not in exported(desk).decode()
    assert Agency.objects.exists()
