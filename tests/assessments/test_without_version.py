"""A form posted without the version that a row was based on: nothing is dropped in silence."""

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
FORM = "/assessments/2023-q3/ban-bo/ntm/"


@pytest.fixture
def officer(client):
    client.force_login(factories.officer())
    return client


def test_it_is_not_saved_and_says_why_with_what_was_typed(officer):
    row = factories.row_of("11")
    answer = officer.post(FORM, {f"{row.pk}-value": "12,5", f"{row.pk}-note": "Theo rà soát"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa lưu: dữ liệu gửi lên không cho biết" in page
    assert 'value="12,5"' in page
    assert "Theo rà soát" in page
    assert f'name="{row.pk}-version" value="{row.version}"' in page, "pressing Save again works"
    assert not row.values.exists()


def test_what_was_not_sent_is_not_taken_for_cleared(officer):
    row = factories.save("11", note="Ghi chú đã lưu")[1].result
    page = officer.post(FORM, {f"{row.pk}-value": "12,5"}).content.decode()
    assert "Ghi chú đã lưu" in page


def test_other_rows_are_saved_all_the_same(officer):
    one, other = factories.row_of("11"), factories.row_of("1.1")
    data = {f"{one.pk}-value": "12,5", f"{other.pk}-value": "yes"}
    data[f"{other.pk}-version"] = other.version
    assert officer.post(FORM, data).status_code == 422
    assert other.values.get().answer is True
    assert not one.values.exists()


def test_nothing_sent_is_nothing_changed(officer):
    assert officer.post(FORM, {}).status_code == 302
    row = factories.row_of("11")
    assert officer.post(FORM, {f"{row.pk}-value": ""}).status_code == 302


def test_a_version_that_is_no_number_is_a_conflict_not_a_loss(officer):
    row = factories.row_of("11")
    answer = officer.post(FORM, {f"{row.pk}-value": "12,5", f"{row.pk}-version": "x"})
    assert answer.status_code == 409
    assert "12,5" in answer.content.decode()
