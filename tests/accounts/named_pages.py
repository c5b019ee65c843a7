"""Every named address of the portal, walked from its URLconf."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

SAMPLES = {
    "period": "2023-q3",
    "unit": "ban-bo",
    "set": "ntm",
    "uidb36": "1",
    "key": "abc-def",
    "format": "json",
    "app_label": "accounts",
    "url": "nowhere",
    "content_type_id": 1,
    "slug": "2023-q2",
    "brief": "-tom-tat",
    "suffix": "pdf",
}


def page_names() -> dict[str, dict]:
    """View name with its namespaces, to arguments with which it can be reversed."""
    return dict(_walk(get_resolver().url_patterns, [], {}))


def path_of(name: str) -> str:
    return reverse(name, kwargs=page_names()[name])


def _walk(patterns, namespaces: list[str], outer: dict) -> Iterator[tuple[str, dict]]:
    for entry in patterns:
        arguments = outer | _arguments(entry)
        if isinstance(entry, URLResolver):
            inside = [*namespaces, entry.namespace] if entry.namespace else namespaces
            yield from _walk(entry.url_patterns, inside, arguments)
        elif isinstance(entry, URLPattern) and entry.name:
            yield ":".join([*namespaces, entry.name]), arguments
        elif isinstance(entry, URLPattern) and not namespaces:
            # Without a name no line of the table can mean it.
            yield f"(without a name) {entry.pattern}", arguments


def _arguments(entry) -> dict:
    pattern = entry.pattern
    names = set(pattern.regex.groupindex)
    return {name: SAMPLES.get(name, 1) for name in names}
