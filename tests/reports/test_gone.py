"""A draft discarded under somebody's hands: the answer says who did it, and nothing typed is lost."""

import re

import pytest

from reports.models import SummaryReport, SummarySection
from tests.reports import summary_stages as stages
from tests.reports.pages import page, post, signed_in
from tests.reports.test_discarding import confirmed

pytestmark = pytest.mark.usefixtures("demonstration")
TEXTS = "/reports/2022-q4/texts/"


def opened(username: str = "quantri") -> dict[str, str]:
    """The fields of the page as they stood when it was opened, untouched texts and all."""
    body = page(username, "/reports/2022-q4/")
    form = body.split('id="composition"')[1].split("</form>")[0]
    found = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_text_typed_into_a_discarded_draft_stands_in_the_answer_with_who_discarded_it():
    stages.started()
    sent = opened() | {"text-causes": "Do <b>mưa</b> & lũ.\nHai dòng.", "do": "save:causes"}
    confirmed("phong.nong-nghiep")
    answer = post("quantri", TEXTS, **sent)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Do &lt;b&gt;mưa&lt;/b&gt; &amp; lũ.\nHai dòng.</textarea>" in body
    assert body.count("readonly>") == 1
    assert stages.coordinator().display_name in body
    assert "Dự thảo đã bị hủy" in body
    assert not SummarySection.objects.filter(summary__slug="2022-q4").exists()


def test_it_says_when_nothing_was_typed():
    stages.started()
    sent = opened() | {"do": "hand_over"}
    confirmed()
    answer = post("quantri", TEXTS, **sent)
    assert answer.status_code == 409
    assert "readonly>" not in answer.content.decode()
    assert "Bạn chưa gõ nội dung nào" in answer.content.decode()


def test_a_text_that_had_been_saved_stands_there_too():
    draft = stages.started()
    saved = stages.edit(draft, "Đã lưu hôm qua.", key="limits")
    sent = opened()
    assert sent["version-limits"] == str(saved.version)
    sent |= {"text-limits": "Đã lưu hôm qua.", "text-causes": "", "do": "save"}
    confirmed()
    body = post("quantri", TEXTS, **sent).content.decode()
    assert "Đã lưu hôm qua.</textarea>" in body


@pytest.mark.parametrize("do", ["save:causes", "save", "hand_over", "reset:causes"])
def test_an_old_page_never_writes_into_the_draft_begun_anew_at_the_same_address(do):
    """Both drafts have the section at version 0: their versions cannot tell them apart."""
    stages.started()
    sent = opened() | {"text-causes": "Của dự thảo cũ.", "do": do}
    confirmed()
    anew = stages.started()
    answer = post("quantri", TEXTS, **sent)
    assert answer.status_code == 409
    assert "Của dự thảo cũ.</textarea>" in answer.content.decode()
    assert 'href="/reports/2022-q4/"' in answer.content.decode()
    assert not anew.sections.exists()
    assert stages.reread(anew).state == "composing"
    again = opened() | {"text-causes": "Của dự thảo mới.", "do": "save:causes"}
    assert post("quantri", TEXTS, **again).status_code == 302
    assert anew.sections.get().text == "Của dự thảo mới."


@pytest.mark.parametrize("number", ["", "²", "9" * 40, "-1", "a"])
def test_an_odd_number_of_a_draft_writes_nothing(number):
    draft = stages.started()
    answer = post("quantri", TEXTS, **{"draft": number, "text-causes": "Gõ.", "do": "save"})
    assert answer.status_code == 409
    assert "Gõ.</textarea>" in answer.content.decode()
    assert not draft.sections.exists()


def test_what_waited_for_the_sign_in_is_shown_after_it():
    stages.started()
    sent = opened() | {"text-causes": "Gõ khi hết phiên.", "do": "save"}
    confirmed()
    client = signed_in("quantri")
    client.logout()
    client.post(TEXTS, sent)
    session = client.session
    kept = session["unsaved_entry"]
    client = signed_in("quantri")
    session = client.session
    session["unsaved_entry"] = kept
    session.save()
    answer = client.get(TEXTS)
    assert answer.status_code == 409
    assert "Gõ khi hết phiên.</textarea>" in answer.content.decode()


def test_the_leaders_reason_for_giving_back_is_kept_too():
    stages.waiting()
    sent = {"do": "give_back", "reason": "Bổ sung phần vốn."}
    draft = SummaryReport.objects.get(slug="2022-q4")
    sent["draft"] = draft.pk
    SummaryReport.objects.filter(pk=draft.pk).update(
        state="composing", handed_over_at=None, handed_over_by=None
    )
    confirmed()
    answer = post("lanhdao", "/reports/2022-q4/act/", **sent)
    assert answer.status_code == 409
    assert "Bổ sung phần vốn.</textarea>" in answer.content.decode()


def test_an_address_that_never_had_a_draft_is_not_there_and_others_are_told_nothing():
    answer = post(
        "quantri", "/reports/2022-6-months/texts/", **{"text-causes": "Gõ.", "do": "save"}
    )
    assert answer.status_code == 404
    stages.started()
    confirmed()
    assert post("xa.ban-bo", TEXTS, **{"text-causes": "Gõ.", "do": "save"}).status_code == 403
    page("quantri", "/reports/2022-q4/", 404)
