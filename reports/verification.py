"""What lets a reader check the paper in his hand: code, address, QR code."""

from __future__ import annotations

import io

from reports.exact import checksum
from reports.snapshot import Snapshot, to_json


def address_of(snapshot: Snapshot) -> str:
    """Under the portal's own host, which a paper made from its snapshot alone does not know."""
    return f"/reports/{snapshot.paper.slug}/"


def qr_text(snapshot: Snapshot) -> str:
    return f"NTM {snapshot.publication.code} SHA-256 {checksum(to_json(snapshot))}"


def qr_svg(snapshot: Snapshot) -> str:
    import segno

    out = io.BytesIO()
    segno.make(qr_text(snapshot), error="m").save(
        out, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, title=None
    )
    return out.getvalue().decode()
