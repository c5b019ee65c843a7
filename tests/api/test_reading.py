"""Reading through the API: the figures, the scope, the cost, and answers to odd questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from assessments.statistics import headline, matrix
from criteria.models import CriteriaSet
from periods.models import ReportingPeriod
from tests import factories

LISTS = (
    "/api/", "/api/communes/", "/api/periods/", "/api/criteria-sets/", "/api/criteria-sets/ntm/",
    "/api/assessments/", "/api/results/", "/api/statistics/headline/", "/api/statistics/matrix/",
    "/api/schema/",
)  # fmt: skip


@pytest.fixture
def leader(quarters, client_of):
    return client_of(factories.leader())


@pytest.mark.parametrize("address", LISTS)
def test_somebody_signed_out_gets_json_and_no_figures(client, db, address):
    response = client.get(address)
    assert response.status_code in (401, 403)
    assert set(response.json()) == {"detail"}


def test_somebody_signed_out_is_asked_to_sign_in_for_the_page_of_the_api(client, db):
    assert client.get("/api/docs/").status_code == 302


@pytest.mark.parametrize("address", LISTS)
def test_everybody_signed_in_may_ask(leader, address):
    assert leader.get(address).status_code == 200


def test_the_headline_is_the_dataclass(leader, quarters):
    found = headline(quarters[0], CriteriaSet.objects.get(slug="ntm"))
    answer = leader.get("/api/statistics/headline/?period=2023-q2").json()
    assert answer["communes"] == found.communes == 12
    assert answer["recognised"] == found.recognised == 8
    assert answer["criteria_met"] == found.criteria_met == 19
    assert answer["meeting_all"] == found.meeting_all == 1
    assert answer["average_criteria"] == 1.6  # 19/12 = 1.58…
    assert answer["by_criterion"] == {str(k): v for k, v in found.by_criterion.items()}
    assert answer["distribution"] == found.distribution
    assert answer["poverty"]["communes"] == found.poverty.communes
    assert answer["poverty"]["impossible"] == found.poverty.impossible == 0


def test_the_matrix_is_the_dataclass(leader, quarters):
    found = matrix(quarters[0], CriteriaSet.objects.get(slug="ntm"))
    answer = leader.get("/api/statistics/matrix/?period=2023-q2").json()
    assert answer["total"] == found.total
    assert [row["slug"] for row in answer["rows"]] == [row.slug for row in found.rows]
    assert [cell["verdict"] for cell in answer["rows"][0]["cells"]] == ["met"] * 19
    assert [column["met"] for column in answer["columns"]] == [1] * 19


def test_without_a_quarter_the_figures_are_those_of_the_newest_closed_one(leader):
    assert leader.get("/api/statistics/headline/").json()["period"] == "2023-q2"


def test_a_row_carries_its_values_verdicts_and_reason(quarters, client_of):
    client = client_of(factories.officer())
    answer = client.get("/api/results/?period=2023-q2&unit=ban-bo&indicator=11").json()
    (row,) = answer["results"]
    assert (row["unit"], row["period"], row["indicator"]) == ("ban-bo", "2023-q2", "11")
    assert row["values"] == {"value": 13, "households": None, "poor": None, "near_poor": None}
    assert row["declared_verdict"] == row["counted_verdict"] == "met"
    assert row["verified_verdict"] == ""
    assert row["reason"] == "13\u00a0% ≤ 13\u00a0%"
    assert row["entered_in"] == "2023-q2"
    assert row["basis"] == "entered"


def test_blank_values_are_null(quarters, client_of):
    client = client_of(factories.officer())
    (row,) = client.get("/api/results/?period=2023-q3&indicator=11").json()["results"]
    assert set(row["values"].values()) == {None}
    assert row["entered_in"] is None


def test_a_commune_sees_only_its_own_rows(quarters, client_of):
    client = client_of(factories.officer("ban-bo"))
    for address in ("/api/results/", "/api/assessments/"):
        answer = client.get(address, {"limit": 500}).json()
        assert {row["unit"] for row in answer["results"]} == {"ban-bo"}
        assert client.get(address, {"unit": "ho-thau"}).json()["count"] == 0
    foreign = factories.row_of("11", "ho-thau").pk
    assert client.get(f"/api/results/{foreign}/").status_code == 404


def test_an_agency_sees_only_the_rows_of_its_indicators(quarters, client_of):
    client = client_of(factories.department("lao-dong"))
    answer = client.get("/api/results/?period=2023-q3&unit=ban-bo").json()
    codes = {row["indicator"] for row in answer["results"]}
    assert "11" in codes
    assert len(codes) < 57
    hidden = next(
        row for row in factories.assessment("ban-bo").results.select_related("indicator")
        if row.indicator.code not in codes
    )  # fmt: skip
    assert client.get(f"/api/results/{hidden.pk}/").status_code == 404


@pytest.mark.parametrize("asked", [{"limit": "abc"}, {"limit": -5}, {"limit": 0}, {"offset": "x"}])
def test_a_page_that_cannot_be_is_refused_not_replaced_by_another(leader, asked):
    answer = leader.get("/api/results/", asked)
    assert answer.status_code == 400
    sentence = "Đây không phải là số dòng hợp lệ."
    assert answer.json() == {"detail": sentence, "errors": {next(iter(asked)): sentence}}


@pytest.mark.parametrize("asked", [{"unit": "khong-co"}, {"indicator": "99.9"}, {"period": "x"}])
def test_a_filter_by_what_does_not_exist_is_refused_and_named(leader, asked):
    answer = leader.get("/api/results/", asked)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(asked)
    assert answer.json()["detail"] == answer.json()["errors"][next(iter(asked))]


def test_a_filter_by_what_is_not_yours_finds_nothing(quarters, client_of):
    client = client_of(factories.officer("ban-bo"))
    answer = client.get("/api/results/", {"unit": "son-binh"})
    assert (answer.status_code, answer.json()["count"]) == (200, 0)


def test_a_refusal_is_vietnamese_and_names_no_class_of_ours(leader, client):
    assert client.get("/api/periods/").json()["detail"] == "Chưa đăng nhập."
    answer = leader.get("/api/statistics/headline/?period=x")
    assert (answer.status_code, answer.json()["detail"]) == (404, "Không tìm thấy.")


def test_a_page_of_a_list_has_at_most_500_rows(leader):
    answer = leader.get("/api/results/", {"limit": 10**30}).json()
    assert len(answer["results"]) == 500
    assert answer["count"] == 2 * 12 * 57


def test_communes_come_with_their_recognitions_and_targets(leader):
    communes = {row["slug"]: row for row in leader.get("/api/communes/").json()["results"]}
    assert len(communes) == 12
    assert communes["ban-bo"]["recognised_as"] == ["ntm"]
    assert communes["son-binh"]["recognised_as"] == []
    assert communes["son-binh"]["targets"] == [{"tier": "ntm", "year": 2025}]


def test_a_set_shows_its_19_criteria_57_indicators_and_their_levels(leader):
    found = leader.get("/api/criteria-sets/ntm/").json()
    indicators = {i["code"]: i for c in found["criteria"] for i in c["indicators"]}
    assert (len(found["criteria"]), len(indicators)) == (19, 57)
    levels = indicators["11"]["measures"][0]["levels"]
    assert 13 in [level["value"] for level in levels]
    assert leader.get("/api/criteria-sets/nothing/").status_code == 404


ODD = [
    "period=abc", "period=", "period=2023-q9", "period=%00", "period=2023-q2&period=2023-q3",
    "period[]=2023-q2", "unit=%00", "unit=%27%3B--", "unit=" + "x" * 5000, "indicator=%F0%9F%8C%BE",
    "indicator=17.10", "limit=-1", "limit=0", "limit=99999999999999999999999999", "limit=abc",
    "offset=-5", "offset=99999999999999999999999999", "offset=1e9", "limit=%D9%A3", "unknown=1",
    "criteria_set=%00", "criteria_set=huyen-ntm", "criteria_set=ntm-nang-cao", "%FF=%FE",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_no_odd_question_breaks_anything(leader, query):
    for address in LISTS:
        response = leader.get(f"{address}?{query}")
        assert response.status_code in (200, 400, 404), (address, response.status_code)
        assert response.json() is not None


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999", "-1", "abc", "1.5", "%00"])
def test_a_row_that_is_not_there_is_not_found(leader, number):
    assert leader.get(f"/api/results/{number}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_rows_are_written_to(leader, method):
    for address in LISTS:
        assert getattr(leader, method)(address, {}, format="json").status_code == 405


@pytest.mark.parametrize("address", ["/api/results/", "/api/assessments/", "/api/communes/"])
def test_a_longer_list_costs_no_more_queries(leader, address, django_assert_num_queries):
    leader.get(address, {"limit": 500})  # definitions are read once in a process
    with CaptureQueriesContext(connection) as few:
        leader.get(address, {"limit": 2})
    with django_assert_num_queries(len(few)):
        assert len(leader.get(address, {"limit": 500}).json()["results"]) > 2


@pytest.mark.parametrize("address", ["/api/statistics/headline/", "/api/statistics/matrix/"])
def test_figures_cost_a_fixed_number_of_queries(leader, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        leader.get(address, {"period": "2023-q2"})


def test_the_schema_is_generated_without_a_warning_and_is_valid():
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS
    validate_schema(schema)
    assert "/api/results/{id}/" in schema["paths"]


def test_the_page_of_the_api_names_every_address_and_needs_no_script(leader):
    response = leader.get(reverse("api:docs"))
    page = response.content.decode()
    for path in SchemaGenerator().get_schema(request=None, public=True)["paths"]:
        assert path in page
    assert "<script>" not in page
    assert "style=" not in page


def test_a_quarter_that_is_only_planned_has_no_figures(leader):
    ReportingPeriod.plan(2023, 4).save()
    assert leader.get("/api/statistics/headline/?period=2023-q4").status_code == 404
