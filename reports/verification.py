"""What lets a reader check the paper in his hand: its code, the address that knows it, a QR code.

The address is the portal's own (``PORTAL_URL``), the only thing on a paper that is not in its
snapshot: a file is made once and kept, and the code on it finds the issue under any later address.
"""

from __future__ import annotations

import io

from django.conf import settings

from reports.snapshot import Snapshot


def address_of(snapshot: Snapshot) -> str:
    return f"{settings.PORTAL_URL}/reports/verify/{snapshot.publication.code}/"


def qr_svg(snapshot: Snapshot) -> str:
    import segno

    out = io.BytesIO()
    segno.make(address_of(snapshot), error="m").save(
        out, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, title=None
    )
    return out.getvalue().decode()


def qr_png(snapshot: Snapshot) -> bytes:
    """For Word, which draws no SVG."""
    import segno

    out = io.BytesIO()
    segno.make(address_of(snapshot), error="m").save(out, kind="png", scale=8, border=2)
    return out.getvalue()
