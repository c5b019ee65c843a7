"""Typing in several sections: one form, and nothing typed is lost without a word."""

import re

import pytest
from django.test import Client

from reports.models import SummarySection
from reports.typed_texts import Wish, mark, touched, wish
from tests.reports import summary_stages as stages
from tests.reports.pages import page, signed_in

pytestmark = pytest.mark.usefixtures("demonstration")
PLACE = "/reports/2023-q3/"
TEXTS = "/reports/2023-q3/texts/"


def fields_of(body: str) -> dict[str, str]:
    """What a browser would send of the composition's form, untouched."""
    from html import unescape

    found = dict(
        re.findall(r'<input type="hidden" name="((?:version|was)-\w+)" value="(\w*)"', body)
    )
    for name, text in re.findall(r'name="(text-\w+)"[^>]*>\n(.*?)</textarea>', body, re.DOTALL):
        found[name] = unescape(text).replace("\n", "\r\n")
    return found


def drawn() -> dict[str, str]:
    return fields_of(page("phong.nong-nghiep", PLACE))


def send(fields: dict[str, str], do: str = "save", **typed: str):
    sent = {**fields, "do": do, **{f"text-{key}": text for key, text in typed.items()}}
    return signed_in("phong.nong-nghiep").post(TEXTS, sent, follow=True)


def stored() -> dict[str, str]:
    return dict(SummarySection.objects.filter(summary__slug="2023-q3").values_list("key", "text"))


def test_one_save_keeps_what_was_typed_in_every_section_and_touches_no_other():
    before = stored()
    response = send(drawn(), "save:causes", causes="Một.", proposals="Hai.\r\n- ba")
    assert response.redirect_chain[-1][0] == f"{PLACE}#s-causes"
    assert "Đã lưu 2 mục" in response.content.decode()
    assert stored() == before | {"causes": "Một.", "proposals": "Hai.\n- ba"}


def test_an_untouched_form_saves_nothing_and_says_so():
    before = stored()
    assert "Không có nội dung nào thay đổi" in send(drawn()).content.decode()
    assert stored() == before


def test_what_somebody_else_stored_meanwhile_in_another_section_stays():
    fields = drawn()
    send(drawn(), causes="Của người khác.")
    send(fields, proposals="Của tôi.")
    assert stored()["causes"] == "Của người khác."
    assert stored()["proposals"] == "Của tôi."


def test_one_section_that_cannot_be_stored_keeps_none_of_the_others_back():
    fields = drawn()
    send(drawn(), causes="Của người khác.")
    response = send(fields, causes="Của tôi.", proposals="Vẫn lưu.", tasks="a" * 40_001)
    body = response.content.decode()
    assert response.status_code == 409
    assert stored()["proposals"] == "Vẫn lưu."
    assert stored()["causes"] == "Của người khác."
    assert "Của tôi." in body
    assert "a" * 40_001 in body
    assert "1 mục khác đã được lưu" in body
    again = send(fields_of(body), tasks="Ngắn.")
    assert again.redirect_chain
    assert stored()["causes"] == "Của tôi."
    assert stored()["tasks"] == "Ngắn."


def test_handing_over_saves_first():
    send(drawn(), "hand_over", causes="Gõ rồi trình luôn.")
    assert stored()["causes"] == "Gõ rồi trình luôn."
    assert stages.SummaryReport.objects.get(slug="2023-q3").state == "waiting"


def test_handing_over_is_refused_while_a_text_cannot_be_stored():
    response = send(drawn(), "hand_over", causes="b" * 40_001)
    body = response.content.decode()
    assert response.status_code == 422
    assert "chưa được trình" in body
    assert "b" * 40_001 in body
    assert stages.SummaryReport.objects.get(slug="2023-q3").state == "composing"


def test_a_text_that_comes_after_the_handing_over_is_shown_and_not_stored():
    fields = drawn()
    send(drawn(), "hand_over")
    response = send(fields, causes="Đến muộn.")
    assert response.status_code == 403
    assert "Đến muộn." in response.content.decode()
    assert "causes" not in stored()


def test_going_back_to_the_figures_keeps_what_was_typed_in_other_sections():
    send(drawn(), causes="Đã sửa.")
    send(drawn(), "reset:causes", causes="Bỏ đi.", proposals="Giữ lại.")
    assert "causes" not in stored()
    assert stored()["proposals"] == "Giữ lại."


def test_taking_in_a_passage_keeps_what_was_typed_in_other_sections():
    do, key = re.search(r'value="(passage:(\w+):\d+)"', page("phong.nong-nghiep", PLACE)).groups()
    other = "proposals" if key != "proposals" else "causes"
    send(drawn(), do, **{key: "Đang soạn.", other: "Giữ lại."})
    assert stored()[key].startswith("Đang soạn.\n")
    assert stored()[other] == "Giữ lại."


def test_after_signing_in_a_text_that_was_changed_meanwhile_is_not_written_over():
    fields = drawn()
    send(drawn(), causes="Của người khác.")
    client = Client()
    response = client.post(TEXTS, {**fields, "text-causes": "Gõ dở.", "do": "save"})
    client.post(response.url, {"login": "phong.nong-nghiep", "password": "nongthonmoi"})
    body = client.get(TEXTS).content.decode()
    assert body.count("data-typed") == 1
    response = client.post(TEXTS, {**fields_of(body), "do": "save"})
    assert response.status_code == 409
    assert stored()["causes"] == "Của người khác."


def test_communes_and_the_leader_do_not_reach_the_form():
    for username in ("xa.ban-bo", "lanhdao"):
        assert signed_in(username).post(TEXTS, {"text-causes": "x"}).status_code == 403
    assert "causes" not in stored()


def test_marks_tell_texts_apart_and_not_their_line_ends():
    assert mark("a\r\n b ") == mark("a\nb")
    assert mark("a") != mark("b")
    assert touched({"text-causes": "a", "was-causes": mark("a")}) == []
    assert touched({"text-results": "x", "text-nowhere": "x"}) == []


def test_what_no_button_sends_is_no_wish():
    assert wish("passage:causes:3") == Wish("passage", "causes", 3)
    for sent in ("", "x", "save:nowhere", "reset", "passage:causes:-1", "passage:results:1"):
        assert wish(sent) is None, sent
