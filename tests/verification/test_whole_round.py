"""From a commune's sending to the closed quarter, each in their own browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessments import statistics
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod
from tests import factories
from tests.demonstration import load_demo_database
from tests.evidence import builders as make

pytestmark = pytest.mark.browser
PAGE = "/verification/2023-q3/12/"
REASON = "Số lao động chưa khớp với danh sách lớp nghề."


@pytest.fixture
def demo(transactional_db, live):
    load_demo_database()
    return live


def held(slug="giang-ma", code="12.1"):
    return factories.row_of(code, slug)


def row(page: Page, slug="giang-ma", code="12.1"):
    return page.locator(f"#row-{held(slug, code).pk}")


def by(username):
    from accounts.models import User

    return User.objects.get(username=username)


def test_the_whole_round(demo, new_page, sign_in):
    """A commune corrects what one department returned, another confirms, the office accepts and
    closes the quarter.

    Giang Ma has sent. The labour department returns one row with a reason, every other agency
    confirms its rows; the commune corrects it, adds a photo and sends again; with the last row it
    is verified.
    """
    department = new_page()
    sign_in(department, "phong.lao-dong")
    department.goto("/verification/")
    department.get_by_role("link", name=re.compile("Lao động")).first.click()
    department.wait_for_url("**/verification/2023-q3/12/**")
    row(department).locator(".review-more > summary").click()
    row(department).locator("textarea").fill(REASON)
    row(department).get_by_role("button", name="Trả lại xã").click()
    expect(row(department)).to_contain_text("Đã trả lại xã")
    row(department, code="12.2").get_by_role("button", name="Xác nhận").click()
    expect(row(department, code="12.2")).to_contain_text("Thẩm định:")

    second = new_page()
    sign_in(second, "trung-tam-y-te")
    second.goto("/verification/2023-q3/15/?show=todo")
    for code in ("15.2", "15.3", "15.4"):
        row(second, code=code).get_by_role("button", name="Xác nhận").click()
        expect(row(second, code=code)).to_contain_text("Thẩm định:")

    commune = new_page({"width": 390, "height": 844}, has_touch=True)
    sign_in(commune, "xa.giang-ma")
    commune.goto("/")
    expect(commune.locator("main")).to_contain_text(REASON)
    commune.get_by_role("link", name="Sửa các chỉ tiêu bị trả lại").first.click()
    commune.goto("/assessments/2023-q3/giang-ma/ntm/?show=returned")
    form = commune.locator('.entry-row[data-code="12.1"]')
    expect(form).to_contain_text(REASON)
    commune.locator(f'[name="{held().pk}-men"]').fill("61,5")
    commune.locator(f'[name="{held().pk}-women"]').fill("60,25")
    note = form.locator("textarea")
    if not note.is_visible():
        form.locator(".entry-more > summary").click()
    note.fill("Đã đối chiếu với danh sách lớp nghề tốt nghiệp tháng 9.")
    note.press("Tab")
    expect(form).to_contain_text("Đã lưu lúc")
    with commune.expect_file_chooser() as chooser:
        form.locator("[data-add]").click()
    chooser.value.set_files(
        [{"name": "Lớp nghề.jpg", "mimeType": "image/jpeg", "buffer": make.picture()}]
    )
    expect(form).to_contain_text("1 tệp minh chứng")
    commune.get_by_role("link", name="Kiểm tra và gửi").first.click()
    commune.get_by_role("button", name="Gửi lên huyện").click()
    commune.wait_for_url("**/ntm/")
    assert factories.assessment("giang-ma").state == "submitted"

    department.goto("/verification/")
    expect(department.locator("main")).to_contain_text("Đã sửa sau khi trả lại")
    department.goto(PAGE)
    expect(row(department)).to_contain_text("đã sửa sau khi trả lại")
    row(department).get_by_role("button", name="Xác nhận").click()
    expect(row(department)).to_contain_text("Thẩm định:")

    rest = factories.assessment("giang-ma").results.filter(review="pending")
    for code in rest.exclude(indicator__code="15.1").values_list("indicator__code", flat=True):
        factories.verify(code, slug="giang-ma", by=verifier(code))

    office = new_page()
    sign_in(office, "phong.nong-nghiep")
    office.goto("/verification/2023-q3/15/")
    row(office, code="15.1").get_by_role("button", name="Xác nhận").click()
    expect(row(office, code="15.1")).to_contain_text("Thẩm định:")
    office.goto("/assessments/2023-q3/giang-ma/ntm/")
    office.get_by_role("link", name="Chấp nhận").click()
    office.get_by_role("button", name="Chấp nhận").dblclick()
    expect(office.locator("main")).to_contain_text("Đã chấp nhận")
    target = factories.assessment("giang-ma")
    assert target.state == "accepted"
    assert target.events.filter(kind="accepted").count() == 1
    assert held().verified_verdict == held().declared_verdict == "met"
    assert held().evidence.get().name == "Lớp nghề.jpg"

    before = figures("giang-ma")
    office.goto("/periods/2023-q3/close/")
    expect(office.locator("main")).to_contain_text("Không gửi")
    office.get_by_role("button", name="Khóa quý").click()
    expect(office.locator("main")).to_contain_text("đã khóa")
    assert figures("giang-ma") == before
    nothing_changes_any_more(commune, department, office)
    assert figures("giang-ma") == before


def figures(slug: str) -> tuple[int, dict[int, str]]:
    """How many criteria the commune meets by the district's figures, and the verdict of each."""
    period = ReportingPeriod.objects.get(slug="2023-q3")
    found = statistics.matrix(period, CriteriaSet.objects.get(slug="ntm"))
    line = next(one for one in found.rows if one.slug == slug)
    return line.met, {cell.number: cell.verdict for cell in line.cells}


def nothing_changes_any_more(commune: Page, department: Page, office: Page) -> None:
    """Neither by the pages, which offer nothing, nor by the addresses behind them."""
    version = held().version
    commune.goto("/assessments/2023-q3/giang-ma/ntm/")
    expect(commune.locator("main")).to_contain_text("đã khóa")
    expect(commune.locator(".entry-inputs input")).to_have_count(0)
    department.goto(PAGE)
    expect(department.get_by_role("button", name="Xác nhận")).to_have_count(0)
    refused = [
        post(commune, f"/assessments/2023-q3/giang-ma/ntm/rows/{held().pk}/", version, men="1"),
        post(department, f"/verification/2023-q3/12/rows/{held().pk}/", version, act="return"),
        commune.request.patch(
            f"/api/results/{held().pk}/",
            data={"version": version, "values": {"men": 1}},
            headers=token(commune),
        ).status,
    ]
    assert all(400 <= status < 500 for status in refused), refused
    nothing_changes_through_the_api(department, office)
    office.request.post(
        "/assessments/2023-q3/giang-ma/ntm/reopen/",
        form={"reason": "Thử mở lại"},
        headers=token(office),
    )
    assert factories.assessment("giang-ma").state == "accepted"
    assert held().version == version


def nothing_changes_through_the_api(department: Page, office: Page) -> None:
    """Every act on a row and on the assessment: refused by name, also what was done before."""
    row_acts = {
        "confirm": {},
        "decide": {"verdict": "not_met", "reason": REASON},
        "return": {"reason": REASON},
        "withdraw": {"reason": REASON},
    }
    for act, more in row_acts.items():
        data = {"version": held().version, **more}
        assert lock_of(department, f"/api/results/{held().pk}/{act}/", data) == "period_closed"
    target = factories.assessment("giang-ma").pk
    for act, data in (
        ("complete", {"reason": REASON}),
        ("accept", {}),
        ("reopen", {"reason": REASON}),
    ):
        assert lock_of(office, f"/api/assessments/{target}/{act}/", data) == "period_closed"


def lock_of(page: Page, path: str, data: dict) -> str:
    answer = page.request.post(path, data=data, headers=token(page))
    assert answer.status == 403, (path, answer.status)
    return answer.json()["lock"]


def post(page: Page, path: str, version: int, **fields: str) -> int:
    named = {f"{held().pk}-{name}": value for name, value in fields.items()}
    form = {f"{held().pk}-version": str(version), "version": str(version), **named, **fields}
    return page.request.post(path, form=form, headers=token(page)).status


def token(page: Page) -> dict[str, str]:
    cookie = next(c for c in page.context.cookies() if c["name"] == "csrftoken")
    origin = "/".join(page.url.split("/")[:3])
    return {"X-CSRFToken": cookie["value"], "Referer": page.url, "Origin": origin}


def verifier(code):
    from assignments.queries import leads_by_indicator

    result = held(code=code)
    lead = leads_by_indicator(result.assessment.criteria_set_id)[result.indicator_id]
    return by(next(u for u in users_of(lead.id)))


def users_of(agency_id):
    from accounts.models import User

    return User.objects.filter(agency=agency_id).values_list("username", flat=True)
