"""What lets a reader check the paper in his hand: its code, the address that knows it, a QR code.

The address is frozen with the paper, as the portal's own (``PORTAL_URL``) at that time: a file made
again is the same under any later address. An issue of schema 1 did not keep it and shows the code.
"""

from __future__ import annotations

import io

from django.conf import settings

from reports.snapshot import Snapshot


def new_address(code: str) -> str:
    """Where a paper published now is looked up."""
    return f"{settings.PORTAL_URL}/reports/verify/{code}/"


def qr_svg(snapshot: Snapshot) -> str:
    import segno

    out = io.BytesIO()
    segno.make(snapshot.publication.address, error="m").save(
        out, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, title=None
    )
    return out.getvalue().decode()


def qr_png(snapshot: Snapshot) -> bytes:
    """For Word, which draws no SVG."""
    import segno

    out = io.BytesIO()
    segno.make(snapshot.publication.address, error="m").save(out, kind="png", scale=8, border=2)
    return out.getvalue()
