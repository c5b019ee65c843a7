"""The tags that every screen draws with."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from ntm_portal.templatetags.portal_ui import (
    SHAPES,
    draw_verdict,
    number,
    progress,
    state_pill,
    verdict,
    vi_date,
    vi_time,
)


def render(source: str, **context: object) -> str:
    return Template("{% load portal_ui %}" + source).render(Context(context))


@pytest.mark.parametrize("value", sorted(SHAPES))
@pytest.mark.parametrize("compact", [True, False])
def test_a_verdict_is_a_shape_and_a_word(value: str, compact: bool) -> None:
    words = {
        "met": "Met",
        "not_met": "Not met",
        "not_applicable": "Not applicable",
        "missing": "Not entered",
    }
    with translation.override("en"):
        drawn = verdict(value, compact=compact)
    assert SHAPES[value] in drawn
    assert words[value] in drawn
    assert f"verdict-{value}" in drawn
    assert ("visually-hidden" in drawn) is compact


def test_a_verdict_is_worded_in_the_language_of_the_moment() -> None:
    """It is kept between requests: English must not reach the next Vietnamese reader."""
    with translation.override("en"):
        english = verdict("met")
    with translation.override("vi"):
        vietnamese = draw_verdict.__wrapped__("met", False, "", "vi")
        assert verdict("met") == vietnamese
    assert "Met" in english


def test_no_two_verdicts_look_alike_without_colour() -> None:
    drawn = {value: SHAPES[value] for value in ("met", "not_met", "not_applicable")}
    assert len(set(drawn.values())) == 3
    # The ring of dots is the disc's circle, stroked by the sheet: its class tells them apart.
    assert "shape-missing" in verdict("missing")


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_verdict_yet_is_drawn_as_missing(nothing: str | None) -> None:
    assert verdict(nothing) == verdict("missing")


def test_an_unknown_verdict_is_a_mistake_not_a_blank() -> None:
    with pytest.raises(KeyError):
        verdict("perhaps")


def test_a_verdict_can_carry_its_count() -> None:
    with translation.override("en"):
        assert "Not met 0/1" in verdict("not_met", detail="0/1")


def test_what_people_wrote_is_escaped_in_pills_notices_and_bars() -> None:
    evil = "<script>alert(1)</script>"
    drawn = [
        state_pill("red", evil),
        progress(1, 2, evil),
        render("{% notice 'info' title=evil %}{{ evil }}{% endnotice %}", evil=evil),
        render("{% confirm evil %}{{ evil }}{% endconfirm %}", evil=evil),
        render("{% table_scroll evil %}{{ evil }}{% endtable_scroll %}", evil=evil),
        render("{% icon 'star-fill' evil %}", evil=evil),
    ]
    for html in drawn:
        assert "<script" not in html
        assert "&lt;script" in html


def test_a_state_has_one_of_five_colours() -> None:
    with pytest.raises(TemplateSyntaxError):
        state_pill("purple", "x")


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (Decimal("25.52"), "25,52", "25.52"),
        (Decimal("25.5200"), "25,52", "25.52"),
        (Decimal("43.0000"), "43", "43"),
        (Decimal("100"), "100", "100"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Decimal("-1234.50"), "-1.234,5", "-1,234.5"),
        (0, "0", "0"),
        (1234567, "1.234.567", "1,234,567"),
        ("16.3", "16,3", "16.3"),
        (16.3, "16,3", "16.3"),
    ],
)
def test_a_figure_is_written_as_the_language_does(
    value: object, vietnamese: str, english: str
) -> None:
    with translation.override("vi"):
        assert number(value) == vietnamese
    with translation.override("en"):
        assert number(value) == english


def test_places_are_kept_when_asked_for() -> None:
    with translation.override("vi"):
        assert number(Decimal(16), 1) == "16,0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("ba mươi", "ba mươi"),
        (Decimal("NaN"), "NaN"),
        ("Infinity", "Infinity"),
    ],
)
def test_what_is_no_figure_is_shown_as_it_is(value: object, text: str) -> None:
    assert number(value) == text


def test_dates_are_written_as_on_paper_in_every_language() -> None:
    with translation.override("en"):
        assert vi_date(dt.date(2023, 9, 5)) == "05/09/2023"
    assert vi_date(None) == ""


def test_a_moment_shows_the_day_and_hour_in_viet_nam() -> None:
    late = dt.datetime(2023, 9, 19, 20, 32, tzinfo=ZoneInfo("UTC"))
    assert (vi_date(late), vi_time(late)) == ("20/09/2023", "03:32")
    assert vi_time(None) == ""


def test_a_link_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/", {"period": "2023-q3", "page": "2"})
    source = "{% load portal_ui %}{% query page=3 %} {% query page=None %}"
    links = Template(source).render(RequestContext(request)).split()
    assert links == ["?period=2023-q3&amp;page=3", "?period=2023-q3"]


def test_a_bar_says_how_far_of_how_much() -> None:
    assert 'value="41" max="57"' in progress(41, 57, "Entered")
    assert 'max="1"' in progress(0, 0, "Entered"), "a bar of nothing must still be valid"


def test_an_icon_without_a_label_is_decoration() -> None:
    assert 'aria-hidden="true"' in render("{% icon 'clock' %}")
    assert 'role="img" aria-label="Late"' in render("{% icon 'clock' 'Late' %}")
