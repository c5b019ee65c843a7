"""Words that the form of a paper asks for (Decree 30/2020/NĐ-CP, Annex I), from its snapshot.

Numbers under ten and the months January and February take a leading zero. What a draft does not
have yet is left as a gap to be written in.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from periods.models import ROMAN
from reports.naming import day
from reports.snapshot import CellFigures, Snapshot

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

GAP = "\u00a0" * 6
LETTERS = {"met": "Đ", "not_met": "C", "not_applicable": "–", "missing": ""}
WON, LOST, DECLARED = "▲", "▼", "*"
#: Under every figure of a demonstration, on every page.
INVENTED = "Số liệu minh họa, do phần mềm tạo ra để trình diễn; không phải số liệu thật"
#: A line of its own under the number, besides the mark behind the text, which no program reads.
DRAFT = "DỰ THẢO"
PROOF = "Xác thực báo cáo"
NOTHING = "Không có nội dung báo cáo."
#: Not broken at the end of a line of a heading.
TERMS = ("Chương trình mục tiêu quốc gia", "xây dựng nông thôn mới", "nông thôn mới")
LEGEND = (
    "Ghi chú: Đ: đạt; C: chưa đạt; –: không áp dụng; ô trống: chưa nhập số liệu; "
    "*: có chỉ tiêu mới do xã tự đánh giá, cơ quan chủ trì chưa thẩm định"
)


def number_line(snapshot: Snapshot) -> str:
    number = snapshot.publication.number
    return f"Số: {GAP if number is None else f'{number:02d}'}/{snapshot.masthead.symbol}"


def titled(snapshot: Snapshot, title: str) -> str:
    """For the properties of a file: a draft is named one wherever files are listed."""
    return f"Dự thảo - {title}" if snapshot.is_draft else title


def place_and_date(snapshot: Snapshot) -> str:
    on = snapshot.publication.published_on
    place = snapshot.masthead.place
    if on is None:
        gap = "\u00a0" * 5
        return f"{place}, ngày{gap}tháng{gap}năm {snapshot.paper.as_of.year}"
    return f"{place}, {long_day(on)}"


def long_day(on: dt.date) -> str:
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def short_day(at: dt.date | dt.datetime | None) -> str:
    if at is None:
        return ""
    return day(at.astimezone(VIETNAM).date() if isinstance(at, dt.datetime) else at)


def issuer(snapshot: Snapshot) -> str:
    """The issuing body inside a sentence: UBND huyện Tam Đường."""
    district = snapshot.masthead.district
    return f"UBND {district[:1].lower()}{district[1:]}"


def balanced(subject: str) -> tuple[str, ...]:
    """A trích yếu of more than a line as two of nearly the same length, no term torn apart."""
    glued = subject
    for term in TERMS:
        glued = glued.replace(term, term.replace(" ", "_"))
    spaces = [at for at, letter in enumerate(glued) if letter == " "]
    if len(subject) <= 60 or not spaces:
        return (subject,)
    at = min(spaces, key=lambda at: abs(2 * at - len(subject)))
    return (subject[:at], subject[at + 1 :])


def opening(snapshot: Snapshot) -> str:
    paper = snapshot.paper
    subject = f"{paper.subject[:1].lower()}{paper.subject[1:]}"
    return f"{issuer(snapshot)} báo cáo {subject} ({basis(snapshot)}) như sau:"


def basis(snapshot: Snapshot) -> str:
    """Which figures these are. An ad hoc paper has those of a quarter, never counted back to its
    day: of an open one as they were when it was published, of a closed one as it was closed."""
    paper = snapshot.paper
    if paper.kind != "adhoc":
        return f"số liệu từ ngày {short_day(paper.data_from)} đến ngày {short_day(paper.data_to)}"
    known = "đã khóa"
    if paper.provisional:
        on = snapshot.publication.published_on
        known = f"chưa khóa, như đã nhập đến {f'ngày {short_day(on)}' if on else 'ngày ban hành'}"
    return (
        f"số liệu quý {ROMAN[paper.quarter]} năm {paper.year}, kỳ dữ liệu đến ngày "
        f"{short_day(paper.data_to)}, {known}; không thống kê riêng cho ngày "
        f"{short_day(paper.as_of)}"
    )


def provisional(snapshot: Snapshot) -> str:
    if not snapshot.paper.provisional:
        return ""
    line = snapshot.headline
    return (
        f"Kỳ số liệu chưa khóa: {line.handed_in:02d}/{line.communes:02d} xã đã gửi số liệu; "
        "các số liệu trong báo cáo này là tạm tính và còn thay đổi."
    )


def closing(snapshot: Snapshot) -> str:
    subject = snapshot.paper.subject
    return f"Trên đây là báo cáo {subject[:1].lower()}{subject[1:]} của {issuer(snapshot)}./."


def belongs_to(snapshot: Snapshot) -> str:
    """Under the heading of an annex."""
    number, on = snapshot.publication.number, snapshot.publication.published_on
    shown = f"{number:02d}" if number is not None else "\u00a0" * 5
    when = long_day(on) if on else "ngày\u00a0\u00a0\u00a0\u00a0tháng\u00a0\u00a0\u00a0\u00a0năm"
    return f"(Kèm theo Báo cáo số {shown}/{snapshot.masthead.symbol} {when} của {issuer(snapshot)})"


def replacement(snapshot: Snapshot) -> str:
    """Which paper a correction takes the place of, by its number and day where they are known."""
    issued = snapshot.publication
    said = f"Báo cáo này là bản ban hành lần {issued.edition}, thay thế"
    if issued.replaces is None:
        return f"{said} bản ban hành lần {issued.edition - 1}."
    old = issued.replaces
    return (
        f"{said} Báo cáo số {old.number:02d}/{snapshot.masthead.symbol} "
        f"{long_day(old.published_on)} (bản ban hành lần {old.edition})."
    )


def edition(snapshot: Snapshot) -> str:
    """At the foot of a page and the head of a sheet."""
    issued = snapshot.publication
    return f"Mã xác thực: {issued.code} · Lần ban hành {issued.edition}" if issued.code else ""


def proof(snapshot: Snapshot) -> list[tuple[str, str]]:
    """What the last page says of the paper, name and value."""
    issued, at = snapshot.publication, snapshot.publication.published_at
    if not issued.code:
        return [("Tình trạng", "Dự thảo, chưa ban hành; chưa có mã xác thực.")]
    said = [
        ("Mã xác thực", issued.code),
        ("Nơi tra cứu", issued.address),
        ("Lần ban hành", str(issued.edition)),
        ("Người ban hành", issued.signed_by),
        ("Thời điểm ban hành", f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}" if at else ""),
    ]
    return [(name, value) for name, value in said if value]


def figure(value: Decimal | int | None, sign: bool = False) -> str:
    """As it was frozen, with a comma; what is not known stays blank."""
    if value is None:
        return ""
    whole, point, part = format(abs(value), ",f" if isinstance(value, Decimal) else ",").partition(
        "."
    )
    text = whole.replace(",", ".") + ("," + part if point else "")
    if value < 0:
        return f"-{text}"
    return f"+{text}" if sign and value > 0 else text


def letter(cell: CellFigures) -> str:
    """One cell of the matrix, readable in grey: Đ, C▼, Đ*."""
    mark = {"won": WON, "lost": LOST}.get(cell.change, "")
    declared = DECLARED if cell.only_declared and cell.verdict != "missing" else ""
    return f"{LETTERS[cell.verdict]}{mark}{declared}"


def legend(snapshot: Snapshot) -> str:
    base = snapshot.comparison
    if base is None or not base.available:
        return f"{LEGEND}."
    return f"{LEGEND}; {WON}: mới đạt, {LOST}: không còn đạt so với {base.label}."


def sentence(text: str) -> str:
    """With a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def full_stop(text: str) -> str:
    """A reason that somebody typed, as a sentence."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…", ":", ";")) or not text else f"{text}."
