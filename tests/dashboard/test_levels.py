"""``/criteria/<set>/unconfirmed/``: what nobody has confirmed, and how it is confirmed."""

import re
from decimal import Decimal

import pytest

from assessments.models import Event, EventKind
from criteria.models import Threshold
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
PAGE = "/criteria/ntm/unconfirmed/"
PAPER = {
    "number": "100/QĐ-UBND",
    "dated": "01/06/2023",
    "author": "UBND tỉnh Lai Châu",
    "begins": "15/06/2023",
}


def poverty() -> Threshold:
    return Threshold.objects.get(
        measure__indicator__code="11", measure__indicator__criterion__criteria_set__slug="ntm",
        region="TDMNPB", valid_to=None,
    )  # fmt: skip


def text_of(answer) -> str:
    html = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html).replace("\u00a0", " ")


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


def test_every_unconfirmed_level_stands_there_with_its_source_and_rows(office):
    factories.save("11", {"value": Decimal(14)})
    html = office.get(PAGE).content.decode()
    levels = Threshold.objects.filter(
        measure__indicator__criterion__criteria_set__slug="ntm", valid_to=None
    ).unconfirmed()
    assert levels
    for level in levels:
        assert f'id="level-{level.pk}"' in html
    mine = html.split(f'id="level-{poverty().pk}"')[1].split('id="level-')[0]
    assert "không quá 13" in mine
    assert "1 kết quả trong quý đang mở" in mine
    assert "Trung du" in mine or "miền núi" in mine


def test_levels_of_other_regions_are_folded_away(office):
    here, elsewhere = office.get(PAGE).content.decode().split("Mức của các vùng khác")
    assert f'id="level-{poverty().pk}"' in here
    other = Threshold.objects.filter(region="DBSH", valid_to=None).unconfirmed().first()
    assert f'id="level-{other.pk}"' in elsewhere


def test_the_first_press_says_what_it_will_do_and_does_nothing(office):
    factories.save("11", {"value": Decimal(14)})
    old = poverty()
    answer = office.post(f"{PAGE}{old.pk}/", PAPER | {"value": "15"})
    text = text_of(answer)
    assert "1 kết quả đã lưu trong quý đang mở được đánh giá lại" in text
    assert "Xã Bản Bo · Quý III năm 2023: Chưa đạt Đạt" in text
    assert poverty().pk == old.pk
    assert 'value="15"' in answer.content.decode()


def test_the_second_press_does_it_and_a_third_nothing_more(office):
    factories.save("11", {"value": Decimal(14)})
    old = poverty()
    typed = PAPER | {"value": "15", "confirm": "1"}
    answer = office.post(f"{PAGE}{old.pk}/", typed, follow=True)
    assert "Đã xác nhận mức của chỉ tiêu 11; đánh giá lại 1 kết quả." in text_of(answer)
    assert f'id="level-{old.pk}"' not in answer.content.decode()
    new = poverty()
    assert new.source == "100/QĐ-UBND ngày 01/06/2023 của UBND tỉnh Lai Châu"
    again = office.post(f"{PAGE}{old.pk}/", typed, follow=True)
    assert "Mức này đã được xác nhận" in text_of(again)
    assert Event.objects.filter(kind=EventKind.REJUDGED).count() == 1
    assert office.get(f"{PAGE}{new.pk}/", follow=True).redirect_chain


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": ""}, "Hãy ghi mức quy định"),
        ({"value": "abc"}, ""),
        ({"value": "101"}, "100"),
        ({"value": "\x00"}, ""),
        ({"number": ""}, "Hãy ghi số văn bản"),
        ({"number": "x" * 5000}, ""),
        ({"dated": "31/02/2023"}, "25/09/2023"),
        ({"dated": "01/01/2999"}, "không thể ở tương lai"),
        ({"author": ""}, "Hãy ghi cơ quan ban hành"),
        ({"begins": ""}, "Hãy ghi ngày"),
        ({"begins": "14/06/2023"}, "đã khóa và giữ nguyên các mức"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_stays(office, wrong, sentence):
    old = poverty()
    typed = {"value": "15", "confirm": "1"} | PAPER | wrong
    answer = office.post(f"{PAGE}{old.pk}/", typed)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "field-error" in html
    assert sentence in text_of(answer)
    assert 'value="100/QĐ-UBND"' in html or "number" in wrong
    assert poverty().pk == old.pk


def test_accepted_choices_are_ticked(office):
    level = (
        Threshold.objects.filter(operator="in", valid_to=None, region__in=["", "TDMNPB"])
        .filter(measure__indicator__criterion__criteria_set__slug="ntm")
        .first()
    )
    Threshold.objects.filter(pk=level.pk).update(certainty="memory")
    page = office.get(f"{PAGE}{level.pk}/").content.decode()
    assert page.count('type="checkbox" name="options"') == len(level.measure.choices)
    typed = PAPER | {"options": level.measure.choices[:1], "confirm": "1"}
    assert office.post(f"{PAGE}{level.pk}/", typed).status_code == 302
    new = Threshold.objects.get(measure=level.measure, region=level.region, valid_to=None)
    assert new.options == level.measure.choices[:1]


def test_only_the_standing_office_opens_it(client):
    address = f"{PAGE}{poverty().pk}/"
    for reader in (factories.officer(), factories.department(), factories.leader()):
        client.force_login(reader)
        assert client.get(PAGE).status_code == 403
        assert client.post(address, PAPER | {"value": "15", "confirm": "1"}).status_code == 403
        assert PAGE not in client.get("/criteria/ntm/").content.decode()
    assert poverty().valid_to is None


def test_the_set_leads_here_and_wrong_addresses_do_not(office):
    assert PAGE in office.get("/criteria/ntm/").content.decode()
    assert office.get("/criteria/nothing/unconfirmed/").status_code == 404
    assert office.get(f"{PAGE}999999/").status_code == 404
    assert office.get(f"/criteria/huyen-ntm/unconfirmed/{poverty().pk}/").status_code == 404


def test_a_set_without_doubts_says_so(office):
    Threshold.objects.update(certainty="verified")
    assert "đã được xác nhận" in text_of(office.get(PAGE))


def test_the_list_costs_a_fixed_number_of_queries(office, django_assert_max_num_queries):
    office.get(PAGE)
    factories.save("11", {"value": Decimal(14)})
    with django_assert_max_num_queries(8) as few:
        office.get(PAGE)
    for slug in ("giang-ma", "ho-thau", "binh-lu"):
        factories.save("11", {"value": Decimal(14)}, slug=slug)
    Threshold.objects.filter(region="TDMNPB").update(certainty="memory")
    with django_assert_max_num_queries(8) as many:
        office.get(PAGE)
    assert len(many) == len(few)
