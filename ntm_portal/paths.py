"""Which addresses are the API's: they answer JSON, whatever went wrong, and ask the client's language."""

from __future__ import annotations


def is_api(path: str) -> bool:
    """Whether whoever asks here is a program. The documentation of the API is a page for people."""
    return path.startswith("/api/") and not path.startswith("/api/docs/")
