"""The paper as PDF in the form of Decree 30/2020/NĐ-CP: tagged, titled, with bookmarks.

A pure function of the snapshot: nothing is fetched but our own style sheet and the pictures drawn
here; the same snapshot gives the same bytes.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import override

from dashboard import charts
from reports import paper_words as words
from reports.exact import checksum
from reports.paper_charts import paper_charts
from reports.paper_context import paper_context
from reports.paper_printing import to_pdf
from reports.snapshot import Snapshot, to_json
from reports.verification import qr_svg


def render_pdf(snapshot: Snapshot) -> bytes:
    with override("vi"):
        drawn = paper_charts(snapshot)
        return to_pdf(paper_html(snapshot, drawn), pictures(snapshot, drawn), snapshot)


def pictures(snapshot: Snapshot, drawn: list[charts.Chart]) -> dict[str, str]:
    charts.draw_apart(drawn, charts.PAPER)
    found = {f"chart/{one.kind}.svg": one.svg(charts.PAPER) for one in drawn}
    if snapshot.publication.address:
        found["qr.svg"] = qr_svg(snapshot)
    return found


def paper_html(snapshot: Snapshot, drawn: list[charts.Chart]) -> str:
    issued = snapshot.publication
    at = issued.published_at
    return render_to_string(
        "reports/paper/paper.html",
        paper_context(snapshot)
        | {
            "charts": drawn,
            "issuer_name": words.issuer(snapshot),
            "description": f"{words.number_line(snapshot)}; {snapshot.definitions.decision}",
            "created": at.isoformat() if at else "",
            "proof_heading": words.PROOF,
            "proof": words.proof(snapshot),
            "address": issued.address,
            "sha256": checksum(to_json(snapshot)),
        },
    )
