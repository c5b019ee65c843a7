"""What was decided about the whole assessment stands in each row's line of time: named as such,
lighter than what happened to the row, and without figures that are not the row's."""

import re

import pytest
from django.utils.translation import override

from assessments.models import EventKind, QuarterEvent, QuarterEventKind
from assessments.whole_titles import whole_quarter_title, whole_title
from periods.clock import now
from tests import factories
from tests.assessments.test_history import address, history, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
TITLES = [
    (EventKind.OPENED, {}, "Cả quý: mở để nhập số liệu"),
    (EventKind.SUBMITTED, {}, "Cả phiếu: xã gửi"),
    (EventKind.SUBMITTED, {"before": {"state": "returned"}}, "Cả phiếu: xã gửi lại"),
    (EventKind.VERIFIED, {}, "Cả phiếu: thẩm định xong mọi chỉ tiêu"),
    (
        EventKind.VERIFIED,
        {"after": {"declared_only": 3}},
        "Cả phiếu: kết thúc thẩm định theo quyết định",
    ),
    (EventKind.ACCEPTED, {}, "Cả phiếu: được chấp nhận"),
    (EventKind.REOPENED, {"reason": "Sai số"}, "Cả phiếu: mở lại"),
    (EventKind.EXTENDED, {"reason": "Mưa lũ"}, "Cả phiếu: dời hạn gửi"),
]


@pytest.mark.parametrize(("kind", "more", "title"), TITLES)
def test_each_decision_begins_with_what_it_is_about(kind, more, title):
    event = whole(kind, **more)
    with override("vi"):
        assert whole_title(event) == title


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (QuarterEventKind.EXTENDED, "Cả quý: dời hạn gửi"),
        (QuarterEventKind.CLOSED, "Cả quý: khóa"),
        (QuarterEventKind.REOPENED, "Cả quý: mở lại"),
    ],
)
def test_so_does_one_about_the_quarter(kind, title):
    period = factories.assessment("ban-bo").period
    event = QuarterEvent(period=period, kind=kind, at=now(), by=factories.coordinator())
    with override("vi"):
        assert whole_quarter_title(event) == title


def lines_of(html: str) -> list[tuple[str, str]]:
    """The class of each line and its words."""
    found = re.findall(
        r'<li class="life-line ([^"]+)">(.*?)</li>\s*(?=<li class="life|</ol>)', html, re.S
    )
    return [(kind, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))) for kind, text in found]


def test_the_rows_own_events_stand_out_and_the_others_are_lighter(client):
    factories.accepted()
    assert {line.is_whole for line in history().now.lines} == {True, False}
    client.force_login(factories.officer())
    html = client.get(address()).content.decode()
    lines = lines_of(html.split("Các quý trước")[0])
    whole_ones = [text for kind, text in lines if "is-whole" in kind]
    own = [text for kind, text in lines if "is-whole" not in kind]
    assert len(whole_ones) == 4  # opened, sent, verified, accepted
    assert all(re.match(r" *Cả (phiếu|quý): ", text) for text in whole_ones)
    assert len(own) == 2
    assert not any("Cả phiếu" in text or "Cả quý" in text for text in own)
    assert not any("chỉ tiêu ·" in text or "tiêu chí" in text for _, text in lines)


def test_beneath_a_row_of_the_form_they_are_the_same(client):
    factories.sent()
    client.force_login(factories.officer())
    html = client.get(address(), headers={"HX-Request": "true"}).content.decode()
    assert [kind for kind, text in lines_of(html) if "Cả phiếu: xã gửi" in text] == [
        "tone-amber is-whole"
    ]


def test_on_the_history_of_the_assessment_itself_they_are_named_in_full(client):
    factories.sent()
    client.force_login(factories.officer())
    html = client.get("/assessments/2023-q3/ban-bo/ntm/history/").content.decode()
    assert "Gửi phiếu đánh giá" in html
    assert "đã nhập 57 chỉ tiêu" in html
    assert "Cả phiếu: " not in html
    assert "is-whole" not in html
