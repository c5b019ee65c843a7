"""The history of a whole assessment: decisions, and the changes of its rows to be narrowed down."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from assessments import actions
from assessments.models import Channel, Event, EventKind
from periods.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
PAGE = "/assessments/2023-q3/ban-bo/ntm/history/"


def opened(client, by=None, **query):
    client.force_login(by or factories.officer())
    return client.get(PAGE, query)


def text_of(answer) -> str:
    assert answer.status_code == 200
    html = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html).replace("\u00a0", " ")


def codes(answer) -> list[str]:
    html = answer.content.decode().split('id="changes"')[1]
    return re.findall(r'/history/">([\d.]+)</a>', html)


def returned(code, by=None) -> None:
    result = factories.row_of(code)
    Event.objects.create(
        assessment=result.assessment,
        result=result,
        kind=EventKind.RETURNED,
        at=now(),
        by=by or factories.department(),
        channel=Channel.FORM,
        reason="Thiếu biên bản rà soát",
    )


def test_decisions_stand_with_who_when_and_why(client):
    actions.extend(
        by=factories.coordinator(),
        assessment=factories.assessment("ban-bo"),
        until=now().date() + dt.timedelta(days=40),
        reason="Mưa lũ chia cắt đường",
        channel=Channel.FORM,
    )
    returned("11")
    text = text_of(opened(client)).split("Thay đổi của các chỉ tiêu")[0]
    for part in (
        "Mở quý để nhập số liệu",
        "Dời hạn gửi",
        "Mưa lũ chia cắt đường",
        "11 Đã trả lại xã",
        "Thiếu biên bản rà soát",
        "coordinator.nong-nghiep",
    ):
        assert part in text, part


def test_an_untouched_assessment_says_that_nothing_was_changed(client):
    assert "Chưa có chỉ tiêu nào thay đổi" in text_of(opened(client))


def test_changes_are_narrowed_down_by_kind_and_person(client):
    second = factories.officer(username="xa.ban-bo.2")
    factories.save("11", {"value": Decimal(12)})
    factories.save("10", {"value": Decimal(45)}, by=second)
    returned("11")
    assert codes(opened(client)) == ["11", "10", "11"]
    assert codes(opened(client, kind="returned")) == ["11"]
    assert codes(opened(client, by=None, kind="entered")) == ["10", "11"]
    client.force_login(second)
    assert codes(client.get(PAGE, {"by": second.pk})) == ["10"]
    assert codes(client.get(PAGE, {"by": second.pk, "kind": "returned"})) == []
    page = client.get(PAGE, {"kind": "removed"})
    assert "Không có thay đổi nào phù hợp" in text_of(page)


@pytest.mark.parametrize(
    "query",
    [{"kind": "nothing"}, {"by": "0"}, {"by": "x\x00"}, {"page": "zwei"}, {"page": "99"}],
)
def test_a_strange_filter_or_page_is_answered(client, query):
    factories.save("11", {"value": Decimal(12)})
    client.force_login(factories.officer())
    assert client.get(PAGE, query).status_code == 200


def test_a_department_sees_the_rows_it_leads_or_supports_and_no_others(client):
    factories.save("11", {"value": Decimal(12)})
    factories.save("1.1", {"value": True})
    returned("1.1", by=factories.coordinator())
    assert codes(opened(client, factories.department("lao-dong"))) == ["11"]
    assert "Thiếu biên bản" not in text_of(opened(client, factories.department("lao-dong")))
    assert sorted(codes(opened(client, factories.leader()))) == ["1.1", "1.1", "11"]


def test_other_communes_find_nothing(client):
    assert opened(client, factories.officer("giang-ma")).status_code == 404


def test_no_query_grows_with_the_changes_and_they_are_paged(client, django_assert_max_num_queries):
    factories.save("11", {"value": Decimal(50)})
    returned("11")
    opened(client, factories.coordinator())
    with django_assert_max_num_queries(12) as few:
        client.get(PAGE)
    for n in range(40):
        factories.save("11", {"value": Decimal(n)}, by=factories.officer(username=f"xa.{n % 5}"))
        returned("11", by=factories.department(("lao-dong", "giao-duc")[n % 2]))
    with django_assert_max_num_queries(12) as many:
        answer = client.get(PAGE)
    assert len(many) == len(few)
    assert len(codes(answer)) == 30
    assert "Trang 1/3" in text_of(answer)
    second = client.get(PAGE, {"kind": "entered", "page": 2})
    assert len(codes(second)) == 11
    assert "kind=entered" in second.content.decode()


def test_the_entry_form_leads_here(client):
    client.force_login(factories.officer())
    assert f'href="{PAGE}"' in client.get("/assessments/2023-q3/ban-bo/ntm/").content.decode()


def test_people_stand_in_the_order_of_vietnamese_names(client):
    wanted = ["An Văn Bình", "Bùi Thị Ánh", "Đặng Văn Cù", "Ý Lan"]
    for n, name in enumerate(reversed(wanted)):
        person = factories.officer(username=f"xa.{n}")
        person.full_name = name
        person.save()
        factories.save("11", {"value": Decimal(10 + n)}, by=person)
    html = opened(client).content.decode()
    chosen = html.split('name="by"')[1].split("</select>")[0]
    names = re.findall(r"<option[^>]*>\s*([^<]+?)\s*</option>", chosen)
    assert names[1:] == wanted
