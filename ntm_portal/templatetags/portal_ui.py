"""The parts that every screen draws alike: icons, verdicts, states, figures, dates, fields."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect, Select
from django.template.defaulttags import querystring
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

register = template.Library()
register.simple_tag(querystring, name="query", takes_context=True)

#: Drawn here and not taken from a font: on an old phone ◌ and ✕ are often an empty box.
SHAPES = {
    "met": SafeString('<circle cx="8" cy="8" r="5"/>'),
    "not_met": SafeString('<path d="M3.500 3.500l9 9m0-9l-9 9"/>'),
    "not_applicable": SafeString('<path d="M3 8h10"/>'),
    "missing": SafeString('<circle cx="8" cy="8" r="5"/>'),
}
WORDS = {
    "met": gettext_lazy("Met"),
    "not_met": gettext_lazy("Not met"),
    "not_applicable": gettext_lazy("Not applicable"),
    "missing": gettext_lazy("Not entered"),
}
STATE_KINDS = ("green", "red", "amber", "grey", "gold")
NOTICE_ICONS = {
    "info": "info-circle",
    "success": "check-circle",
    "warning": "exclamation-triangle",
    "danger": "exclamation-octagon",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of our own sprite (``static/icons.txt``); without a label it is decoration."""
    meaning = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"/></svg>', meaning, static("vendor/icons.svg"), name
    )


@register.simple_tag
def shape(value: str) -> SafeString:
    """The shape of a verdict, without its word."""
    return format_html(
        '<svg class="shape shape-{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>',
        value,
        SHAPES[value],
    )


@register.simple_tag
def verdict(value: str | None, compact: bool = False, detail: str = "") -> SafeString:
    """A verdict: shape and word; ``compact`` keeps the word for readers of the screen only.

    ``value`` is met, not_met, not_applicable or missing (also None and ""); ``detail`` follows
    the word, such as 1/1.
    """
    return draw_verdict(str(value or "missing"), compact, detail, get_language())


@lru_cache(maxsize=512)
def draw_verdict(value: str, compact: bool, detail: str, language: str | None) -> SafeString:
    """Kept for each language: a matrix of 300 communes draws the same four 5,700 times."""
    word = WORDS[value] if not detail else f"{WORDS[value]} {detail}"
    text = format_html('<span class="visually-hidden">{}</span>' if compact else "{}", word)
    kind = "verdict-compact" if compact else "pill"
    return format_html('<span class="{} verdict-{}">{}{}</span>', kind, value, shape(value), text)


@register.simple_tag
def state_pill(kind: str, label: str, icon_name: str = "") -> SafeString:
    """A state in its own words; ``kind`` is green, red, amber, grey or gold."""
    if kind not in STATE_KINDS:
        raise template.TemplateSyntaxError(f"state_pill: {kind!r} is not one of {STATE_KINDS}")
    picture = icon(icon_name or "star-fill") if icon_name or kind == "gold" else ""
    return format_html('<span class="pill pill-{}">{}{}</span>', kind, picture, label)


@register.simple_tag
def progress(value: int, maximum: int, label: str) -> SafeString:
    """A bar that a screen reader reads as "label: value of maximum"."""
    return format_html(
        '<progress class="bar" value="{}" max="{}" aria-label="{}">{}/{}</progress>',
        value, maximum or 1, label, value, maximum,
    )  # fmt: skip


@register.filter
def number(value, places: int | None = None) -> str:
    """A figure as the language writes it (vi: 1.234,5). Without ``places`` no idle zeros."""
    if value is None or value == "":
        return ""
    try:
        exact = value if isinstance(value, int | Decimal) else Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if isinstance(exact, Decimal) and not exact.is_finite():
        return str(value)
    if places is None and isinstance(exact, Decimal):
        text = f"{exact:f}"
        exact = Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
    return formats.number_format(exact, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def padded(value: int) -> str:
    """08 as Vietnamese papers write a count under ten; 8 in English."""
    return str(value) if (get_language() or "").startswith("en") else f"{value:02d}"


@register.filter
def vi_date(value: dt.date | None) -> str:
    """20/09/2023, in every language: it is how the papers write it. Moments in local time."""
    if not value:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


@register.filter
def vi_time(value: dt.datetime | None) -> str:
    """10:32, local time."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M}"


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """``{% notice "warning" %}…{% endnotice %}``: info, success, warning or danger."""
    words = {
        "info": gettext("Note:"),
        "success": gettext("Done:"),
        "warning": gettext("Warning:"),
        "danger": gettext("Problem:"),
    }
    head = (
        format_html("<strong>{}</strong> ", title)
        if title
        else format_html('<span class="visually-hidden">{}</span> ', words[kind])
    )
    return format_html(
        '<div class="notice notice-{}">{}<div>{}{}</div></div>',
        kind, icon(NOTICE_ICONS[kind]), head, content,
    )  # fmt: skip


@register.simple_block_tag
def confirm(
    content: str, label: str, kind: str = "secondary", icon_name: str = "", unfolded: bool = False
) -> SafeString:
    """A button that unfolds what it will do before it is done. Works without JavaScript."""
    picture = icon(icon_name) if icon_name else ""
    return format_html(
        '<details class="confirm"{}><summary class="btn btn-{}">{}{}</summary>'
        '<div class="confirm-panel">{}</div></details>',
        " open" if unfolded else "", kind, picture, label, content,
    )  # fmt: skip


@register.simple_block_tag
def table_scroll(content: str, label: str) -> SafeString:
    """Around a wide table: scrolls sideways, by keyboard too, with its first column in place."""
    return format_html(
        '<div class="table-scroll" role="group" tabindex="0" aria-label="{}">{}</div>',
        label, content,
    )  # fmt: skip


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hide_label: bool = False) -> dict[str, object]:
    """A form field with its label, its help and its error beside it; what was typed stays."""
    widget = bound.field.widget
    tick = isinstance(widget, CheckboxInput)
    group = isinstance(widget, RadioSelect)
    css = (
        "form-check-input"
        if tick
        else "form-select"
        if isinstance(widget, Select)
        else "form-control"
    )
    if bound.errors:
        css += " is-invalid"
    given = widget.attrs.get("class", "")
    control = bound.as_widget(attrs={} if group else {"class": f"{given} {css}".strip()})
    return {
        "field": bound,
        "control": control,
        "tick": tick,
        "group": group,
        "hide_label": hide_label,
    }
