"""One field takes whatever a person has in hand: code, scanned address, checksum, broken or not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.models import RenderedFile, SummaryIssue
from reports.proving import looks_like_checksum, read
from tests.reports.corrected import corrected
from tests.reports.made_files import made
from tests.reports.pages import signed_in

pytestmark = pytest.mark.usefixtures("demonstration")
SUM = "ab" * 32


def issue() -> SummaryIssue:
    return SummaryIssue.objects.get(summary__slug="2023-q2", edition=1)


def asked(text: str):
    return signed_in("xa.ban-bo").get("/reports/verify/", {"code": text})


@pytest.mark.parametrize(
    "pasted",
    [
        "https://ntm.tamduong.vn/reports/verify/{code}/",
        "http://127.0.0.1:8000/reports/verify/{code}",
        "ntm.tamduong.vn/reports/verify/{code}/?utm=1#a",
        "HTTPS://NTM.TAMDUONG.VN/REPORTS/VERIFY/{code}/",
        " https://ntm.tamduong.vn/reports/\n verify/{code}/ \r\n",
        "https://ntm.tamduong.vn/accounts/login/?next=%2Freports%2Fverify%2F{code}%2F",
        "{lower}\n",
        "{broken}",
    ],
)
def test_an_address_or_a_code_leads_to_its_paper(pasted):
    code = issue().code
    broken = f"{code[:8]}\n  {code[8:]}"
    response = asked(pasted.format(code=code, lower=code.lower(), broken=broken))
    assert response.status_code == 302
    assert response.url == f"/reports/verify/{code}/"


def test_the_address_in_the_qr_code_is_one_of_them():
    address = issue().snapshot["publication"]["address"]
    assert asked(address).url == f"/reports/verify/{issue().code}/"


@pytest.mark.parametrize(
    "written",
    [
        SUM,
        SUM.upper(),
        f"  {SUM[:32]}\r\n{SUM[32:]} ",
        " ".join(SUM[n : n + 4] for n in range(0, 64, 4)),
        ":".join(SUM[n : n + 2].upper() for n in range(0, 64, 2)),
        f"{SUM}  bao-cao-2023-q2.pdf",
        f"SHA256: {SUM}",
        f"SHA-256 {SUM}",
    ],
)
def test_a_checksum_is_read_however_it_is_written(written):
    assert asked(written).url == f"/reports/verify/?sha256={SUM}"


def test_the_checksum_of_a_file_names_its_paper():
    made()
    sha256 = RenderedFile.objects.get(issue=issue(), state="done").sha256
    response = signed_in("xa.ban-bo").get("/reports/verify/", {"code": sha256}, follow=True)
    assert "đúng từng byte là tệp PDF" in response.content.decode()


def test_the_checksum_of_the_data_names_its_paper_and_that_it_was_replaced():
    found = issue()

    def told() -> str:
        query = {"code": found.snapshot_sha256.upper()}
        return signed_in("xa.ban-bo").get("/reports/verify/", query, follow=True).content.decode()

    assert "mã kiểm tra của dữ liệu" in told()
    assert f"/reports/verify/{found.code}/" in told()
    assert "Đã thay thế" not in told()
    corrected()
    assert "Đã thay thế" in told()


def test_an_unknown_checksum_is_told_what_it_may_be():
    response = signed_in("xa.ban-bo").get("/reports/verify/", {"code": "0" * 64}, follow=True)
    assert response.status_code == 200
    assert "không có tệp nào đã ban hành" in response.content.decode().lower()


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("https://ntm.tamduong.vn/reports/verify/NTM-2222-2222-2222/", "mã trong địa chỉ này"),
        ("https://example.org/abc", "không phải là trang xác thực"),
        ("www.example.org", "không phải là trang xác thực"),
        ("ab" * 31, "chuỗi này có 62"),
        ("ab" * 33, "chuỗi này có 66"),
        ("NTM-2222-2222-2222", "nào mang mã này"),
        ("https://x/reports/verify/%00/", "mã trong địa chỉ này"),
        ("đ" * 700, "nào mang mã này"),
    ],
)
def test_what_is_unknown_gets_its_own_sentence_and_stays_typed(pasted, sentence):
    response = asked(pasted)
    body = response.content.decode()
    assert response.status_code == 404
    assert sentence in body
    assert 'aria-invalid="true"' in body
    assert pasted[:20] in body


def test_nothing_pasted_breaks_the_reading():
    for odd in ("", "\0", "%", "%zz", "reports/verify/", "://", "a" * 10_000, "²" * 64):
        assert read(odd).kind in {"code", "foreign", "sha256"}
    assert not looks_like_checksum("NTM-7KQM-4RXA-9W2D")


def test_looking_up_costs_the_same_whatever_was_pasted():
    client = signed_in("xa.ban-bo")
    client.get("/reports/verify/", {"code": "x"})
    costs = set()
    for pasted in ("NTM-2222-2222-2222", "https://a.vn/reports/verify/NTM-2222-2222-2222/"):
        with CaptureQueriesContext(connection) as queries:
            client.get("/reports/verify/", {"code": pasted})
        costs.add(len(queries))
    assert len(costs) == 1


def test_a_scanned_address_leads_through_sign_in_back_to_its_paper():
    code, client = issue().code, Client()
    response = client.get(f"/reports/verify/{code}/")
    assert response.status_code == 302
    assert response.url.endswith(f"?next=/reports/verify/{code}/")
    asked_in = client.get(response.url).content.decode()
    assert "xác thực một báo cáo" in asked_in
    signed = client.post(response.url, {"login": "xa.ban-bo", "password": "nongthonmoi"})
    assert signed.url == f"/reports/verify/{code}/"
    assert code in client.get(signed.url).content.decode()


def test_other_ways_to_the_sign_in_page_say_nothing_of_papers():
    for address in ("/accounts/login/", "/accounts/login/?next=/dashboard/"):
        assert "xác thực một báo cáo" not in Client().get(address).content.decode()
