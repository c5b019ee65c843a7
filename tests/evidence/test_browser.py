"""Evidence in a real browser: chosen, dropped, pasted, tried again, shown."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Evidence, IndicatorResult
from tests import factories
from tests.chromium import assert_fits
from tests.demonstration import load_demo_database
from tests.evidence import builders as make

pytestmark = pytest.mark.browser
FORM = "/assessments/2023-q3/ban-bo/ntm/"
#: A row of Bản Bo without a file in the demonstration.
CODE = "15.1"


@pytest.fixture
def demo(folder, transactional_db, live):
    load_demo_database()
    return live


def row(page: Page, code: str = CODE):
    return page.locator(f'.entry-row[data-code="{code}"]')


def standing(code: str = CODE) -> list[str]:
    files = Evidence.objects.standing().filter(result=factories.row_of(code))
    return list(files.values_list("name", flat=True))


def payload(name: str = "Ảnh trạm y tế.jpg", data: bytes | None = None, kind="image/jpeg") -> dict:
    return {"name": name, "mimeType": kind, "buffer": make.picture() if data is None else data}


def choose(page: Page, *files: dict, code: str = CODE) -> None:
    with page.expect_file_chooser() as chooser:
        row(page, code).locator("[data-add]").click()
    chooser.value.set_files(list(files))


@pytest.fixture
def form(demo, browser_page, sign_in):
    sign_in(browser_page, "xa.ban-bo")
    browser_page.goto(FORM)
    return browser_page


#: What a person would drop or paste, as the browser hands it to the page.
CARRIED = """([element, kind, name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const made = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  element.dispatchEvent(made);
}"""


def carry(page: Page, kind: str, where, name: str, kind_of_file: str, data: bytes) -> None:
    page.evaluate(CARRIED, [where.element_handle(), kind, name, kind_of_file, list(data)])


def test_where_files_cannot_be_kept_just_now_the_same_file_is_tried_again(form, folder):
    form.expected.append("status of 503")
    folder.rename(aside := folder.with_name("aside"))
    folder.write_bytes(b"")
    choose(form, payload())
    expect(row(form)).to_contain_text("Ảnh trạm y tế.jpg")
    again = row(form).get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    assert standing() == []
    folder.unlink()
    aside.rename(folder)
    again.click()
    expect(row(form)).to_contain_text("1 tệp minh chứng")
    assert standing() == ["Ảnh trạm y tế.jpg"]


def test_several_files_are_chosen_and_what_is_typed_stays(form, assert_accessible):
    row(form, "12.1").locator("input[name$='-men']").fill("61")
    choose(form, payload(), payload("Biên bản.pdf", make.pdf(), "application/pdf"))
    expect(row(form)).to_contain_text("2 tệp minh chứng")
    assert sorted(standing()) == ["Biên bản.pdf", "Ảnh trạm y tế.jpg"]
    expect(row(form, "12.1").locator("input[name$='-men']")).to_have_value("61")
    expect(row(form).locator(".evidence-queue li")).to_have_count(0)
    row(form).locator(".evidence summary").click()
    picture = row(form).locator(".evidence img")
    expect(picture).to_be_visible()
    form.wait_for_function("e => e.complete && e.naturalWidth > 0", arg=picture.element_handle())
    assert_accessible(form)


def test_a_refused_file_says_why_and_the_good_one_beside_it_is_kept(form):
    form.expected.append("status of 422")
    choose(form, payload("giả.pdf", b"<html><script>1</script>", "application/pdf"), payload())
    line = row(form).locator(".evidence-queue li.is-failed")
    expect(line).to_contain_text("Đây là trang web")
    expect(row(form)).to_contain_text("1 tệp minh chứng")
    expect(row(form).get_by_role("button", name="Thử lại")).to_have_count(0)
    line.get_by_role("button", name="Bỏ qua").click()
    expect(line).to_have_count(0)
    assert standing() == ["Ảnh trạm y tế.jpg"]


def test_an_empty_or_too_large_file_is_not_even_sent(form):
    asked = []
    form.on("request", lambda request: asked.append(request.method))
    form.evaluate("document.getElementById('evidence-texts').dataset.max = '1000'")
    choose(form, payload("rỗng.jpg", b""), payload("lớn.jpg"))
    lines = row(form).locator(".evidence-queue li.is-failed")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("0 byte")
    expect(lines.nth(1)).to_contain_text("không gửi")
    assert "POST" not in asked


def test_a_file_is_dropped_onto_its_row(form):
    target = row(form)
    carry(form, "dragover", target, "a.pdf", "application/pdf", make.pdf())
    expect(target).to_have_class(re.compile("is-drop-target"))
    carry(form, "drop", target, "a.pdf", "application/pdf", make.pdf())
    expect(target).to_contain_text("1 tệp minh chứng")
    expect(target).not_to_have_class(re.compile("is-drop-target"))
    assert standing() == ["a.pdf"]
    assert form.url.endswith(FORM)


def test_a_picture_is_pasted_while_one_is_in_a_row(form):
    field = row(form).locator("input[type=radio], input.form-control").first
    carry(form, "paste", field, "image.png", "image/png", make.picture("PNG"))
    expect(row(form)).to_contain_text("1 tệp minh chứng")
    assert re.fullmatch(r"ảnh dán \d+h\d\d\.png", standing()[0])


def test_without_a_connection_the_file_waits_and_goes_when_it_is_back(form):
    form.expected.append("ERR_INTERNET_DISCONNECTED")
    form.context.set_offline(True)
    choose(form, payload())
    line = row(form).locator(".evidence-queue li")
    expect(line).to_contain_text("mất kết nối")
    line.get_by_role("button", name="Thử lại").click()
    expect(line).to_contain_text("mất kết nối")
    assert standing() == []
    form.context.set_offline(False)
    expect(row(form)).to_contain_text("1 tệp minh chứng")
    assert standing() == ["Ảnh trạm y tế.jpg"]


def test_an_answer_that_was_lost_does_not_add_the_file_twice(form):
    form.expected.append("ERR_FAILED")
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)  # it arrives, but its answer does not
        route.abort()

    form.route("**/evidence/", lose)
    choose(form, payload())
    row(form).get_by_role("button", name="Thử lại").click()
    expect(row(form).locator(".evidence-queue li")).to_contain_text("không thêm lần nữa")
    assert lost == [200]
    assert len(standing()) == 1


def test_an_ended_session_is_said_and_the_file_is_still_there(form):
    form.expected.append("status of 401")
    form.context.clear_cookies(name="sessionid")
    choose(form, payload())
    expect(row(form).locator(".evidence-queue li")).to_contain_text("phiên làm việc đã hết")
    expect(row(form).get_by_role("button", name="Thử lại")).to_be_visible()


def test_keeping_a_row_unchanged_shows_what_is_carried_along(form):
    IndicatorResult.objects.filter(pk=factories.row_of("17.1").pk).update(
        basis="blank", entered_in=None, declared_verdict="missing"
    )
    form.reload()
    row(form, "17.1").get_by_role("button", name="Giữ nguyên").click()
    expect(row(form, "17.1")).to_contain_text("2 tệp minh chứng")
    row(form, "17.1").locator(".evidence summary").click()
    expect(row(form, "17.1")).to_contain_text("kế thừa từ")


def test_a_row_has_a_page_of_its_own_for_number_date_and_removal(form, assert_accessible):
    row(form, "2.1").get_by_role("link", name="Ghi thông tin, gỡ").click()
    expect(form.get_by_role("heading", level=1)).to_contain_text("2.1")
    form.locator("input[type=file]").set_input_files([payload("thêm.jpg", make.picture("PNG"))])
    form.locator(".evidence-upload button").click()
    expect(form.locator(".evidence-page")).to_contain_text("thêm.png")
    line = form.locator(".evidence-card", has_text="thêm.png")
    line.locator("summary", has_text="Số, ngày, hiệu lực").click()
    line.get_by_label("Số, ký hiệu văn bản").fill("7/BB")
    line.get_by_label("Có hiệu lực đến").fill("30/9/2023")
    line.get_by_role("button", name="Lưu").click()
    expect(form.locator(".evidence-card", has_text="thêm.png")).to_contain_text("trước quý sau")
    assert_accessible(form)
    line = form.locator(".evidence-card", has_text="thêm.png")
    line.locator("summary", has_text="Gỡ").click()
    line.get_by_label("Lý do").fill("Nhầm tệp")
    line.get_by_role("button", name="Gỡ tệp").click()
    expect(form.locator(".evidence-removed")).to_contain_text("Nhầm tệp")
    assert "thêm.png" not in standing("2.1")


def test_without_a_script_files_are_added_on_the_rows_page(demo, new_page, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page, "xa.ban-bo")
    page.goto(FORM)
    row(page).locator("[data-add]").click()
    page.locator("input[type=file]").set_input_files(
        [payload(), payload("b.jpg", make.picture("WEBP"))]
    )
    page.locator(".evidence-upload button").click()
    expect(page.locator(".evidence-card")).to_have_count(2)
    assert sorted(standing()) == ["b.webp", "Ảnh trạm y tế.jpg"]


def test_a_phone_offers_its_camera_and_nothing_overflows(
    demo, phone_page, sign_in, assert_accessible
):
    sign_in(phone_page, "xa.ban-bo")
    phone_page.goto(FORM)
    camera = row(phone_page).get_by_role("button", name="Chụp ảnh")
    expect(camera).to_be_visible()
    with phone_page.expect_file_chooser() as chooser:
        camera.click()
    assert chooser.value.element.get_attribute("capture") == "environment"
    chooser.value.set_files(payload())
    expect(row(phone_page)).to_contain_text("1 tệp minh chứng")
    row(phone_page).get_by_role("link", name="Ghi thông tin, gỡ").click()
    expect(phone_page).to_have_url(re.compile(r"/evidence/$"))
    assert_fits(phone_page)
    assert_accessible(phone_page)


def test_a_pdf_opens_in_the_browsers_viewer_within_its_sandbox(form):
    line = row(form, "2.1")
    line.locator(".evidence summary").click()
    with form.context.expect_page() as opened:
        line.get_by_role("link", name=re.compile("^Xem")).click()
    viewer = opened.value
    viewer.wait_for_load_state()
    deadline = 100
    while not any(frame.url.startswith("chrome-extension://") for frame in viewer.frames):
        viewer.wait_for_timeout(100)
        deadline -= 1
        assert deadline, [frame.url for frame in viewer.frames]
    assert re.search(r"/evidence/\d+/view/$", viewer.url)
