"""Names in the order of a Vietnamese dictionary, the same on every database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Assessment
from communes.alphabet import ALPHABET, sort_key
from communes.models import AdministrativeUnit, Agency
from tests import factories

COMMUNES = [
    *("Bản Bo", "Bản Giang", "Bản Hon", "Bình Lư", "Giang Ma", "Hồ Thầu", "Khun Há"),
    *("Nà Tăm", "Nùng Nàng", "Sơn Bình", "Tả Lèng", "Thèn Sin"),
]


def in_order(*names: str) -> bool:
    return list(names) == sorted(names, key=sort_key)


@pytest.mark.parametrize(
    "names",
    [
        COMMUNES,
        ["ba", "bà", "bả", "bã", "bá", "bạ"],
        ["an", "ăn", "ân", "dân", "đan", "em", "êm", "on", "ôn", "ơn", "un", "ưn"],
        ["Ba", "Ba Bể", "Ban", "Bàn", "Bàn Cờ", "Bản Bo"],
        ["da", "dạ", "đa"],
        ["ta", "tạ", "tha", "tra"],
        ["Khu 2", "Khu 9", "Khu A"],
        ["ba hoa", "bà ba"],
    ],
)
def test_names_stand_as_a_dictionary_has_them(names):
    assert in_order(*names)


def test_case_marks_and_signs_do_not_matter():
    assert sort_key("BẢN BO") == sort_key("bản bo")
    assert sort_key("Bản Bo") == sort_key(unicodedata.normalize("NFD", "Bản Bo"))
    assert sort_key("Lao động - Thương binh") == sort_key("Lao động – Thương binh")
    assert sort_key("Müller")[:2] == sort_key("m")[:2]
    assert sort_key("") == ""


@given(st.text(max_size=40))
def test_any_name_has_a_key_of_digits(name):
    key = sort_key(name)
    assert key == "" or (key.isascii() and key.isdigit())


@given(st.text(ALPHABET, min_size=1, max_size=8), st.text(ALPHABET, min_size=1, max_size=8))
def test_letters_compare_by_the_alphabet(one, other):
    places = [[ALPHABET.index(letter) for letter in word] for word in (one, other)]
    assert (places[0] < places[1]) == (sort_key(one) < sort_key(other))


@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
class TestStored:
    def test_communes_are_listed_in_order_by_the_database(self):
        names = AdministrativeUnit.objects.in_programme().filter(
            parent__slug="tam-duong", valid_to__isnull=False
        )
        assert list(names.values_list("short_name", flat=True)) == COMMUNES

    def test_assessments_and_agencies_are_too(self):
        period = factories.assessment("ban-bo").period
        found = Assessment.objects.filter(period=period).values_list("unit__short_name", flat=True)
        assert list(found) == COMMUNES
        agencies = list(Agency.objects.values_list("name", flat=True))
        assert agencies == sorted(agencies, key=sort_key)

    def test_the_list_of_assessments_reads_so(self, client):
        client.force_login(factories.coordinator())
        html = client.get("/assessments/?period=2023-q3").content.decode()
        places = [html.index(f">Xã {name}<") for name in COMMUNES]
        assert places == sorted(places)

    def test_a_new_name_brings_its_key(self):
        unit = factories.unit()
        unit.short_name = "Ấm Thượng"
        unit.save()
        unit.refresh_from_db()
        assert unit.sort_key == sort_key("Ấm Thượng")
        unit.full_clean()
