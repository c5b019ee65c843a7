"""The one-page brief as PDF: exactly one page, whatever the data.

Fewer lines are chosen until the page holds them; the numbers and the chart always stand.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import override

from dashboard import charts
from reports import paper_words as words
from reports.brief_context import nothing_worse, numbers, shortened, to_decide, verified, worse
from reports.paper_printing import laid_out, to_bytes
from reports.render_pdf import paper_charts
from reports.rendering import CannotRender
from reports.snapshot import Snapshot

#: Lines of each list, tried in this order.
LINES = (7, 5, 4, 3, 2, 1, 0)
#: More bars than this are no picture on half a page: the line of quarters stands in.
MOST_BARS = 16


def render_brief(snapshot: Snapshot) -> bytes:
    with override("vi"):
        trend, _criteria, communes = paper_charts(snapshot)
        chart = communes if 0 < len(snapshot.communes) <= MOST_BARS else trend
        charts.draw_apart([chart], charts.PAPER)
        pictures = {f"chart/{chart.kind}.svg": chart.svg(charts.PAPER)}
        for most in LINES:
            document = laid_out(brief_html(snapshot, chart, most), pictures, snapshot)
            if len(document.pages) == 1:
                return to_bytes(document)
    raise CannotRender("Bản tóm tắt không vừa một trang.")


def brief_html(snapshot: Snapshot, chart: charts.Chart, most: int) -> str:
    paper, issued = snapshot.paper, snapshot.publication
    on = issued.published_on
    return render_to_string(
        "reports/paper/brief.html",
        {
            "title": words.titled(snapshot, f"Tóm tắt báo cáo {paper.subject}"),
            "subject": words.balanced(paper.subject),
            "paper": paper,
            "publication": issued,
            "issuer_name": words.issuer(snapshot),
            "number": words.number_line(snapshot),
            "created": issued.published_at.isoformat() if issued.published_at else "",
            "standing": f"Báo cáo s{words.number_line(snapshot)[1:].replace(':', '')} {words.long_day(on)}"
            if on
            else f"{words.DRAFT}, chưa ban hành",
            "provisional": words.provisional(snapshot),
            "numbers": numbers(snapshot),
            "chart": chart,
            "worse": shortened(worse(snapshot), most),
            "nothing_worse": nothing_worse(snapshot),
            "decide": shortened(to_decide(snapshot), most),
            "basis": words.sentence(words.basis(snapshot)),
            "verified": verified(snapshot),
            "invented": words.INVENTED,
        },
    )
