"""Which figures a text names, whoever wrote it: by the value with the words that stand around it.

A number alone says nothing ("08" is a count of many things), so each figure has the words that it
is spoken of with. The words and the number stand in one sentence, and no other number between them:
better a figure overlooked than an alarm that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from reports.quotable import Figure

#: What may stand between a number and its words.
GAP = r"[^.;\n\d]{0,80}?"
#: "08/12 xã": the whole that a part is told of.
OF = r"(?:\s*/\s*\d+)?"
#: A count up to this one is too common for its unit alone.
SMALL = 20
COMMUNES = rf"{OF}\s+xã"

#: Key -> the words before and after its number, in any of these ways.
HEADLINE: dict[str, tuple[tuple[str, str], ...]] = {
    "communes": ((r"\d\s*/\s*", r"\s+xã"), (r"(?:toàn huyện có|tất cả|tổng số)\s+", r"\s+xã")),
    "recognised": (
        (
            "",
            rf"{COMMUNES}{GAP}(?:đạt chuẩn|được công nhận)"
            r"(?!\s+(?:đạt chuẩn\s+)?nông thôn mới (?:nâng cao|kiểu mẫu))",
        ),
        (rf"số xã{GAP}(?:đạt chuẩn|được công nhận){GAP}", COMMUNES),
    ),
    "meeting_all": (("", rf"{COMMUNES}{GAP}đạt đủ"),),
    "criteria": ((r"\d\s*/\s*", r"\s+tiêu chí"),),
    "criteria_met": (
        (rf"tổng số tiêu chí{GAP}", ""),
        ("", r"\s+(?:lượt\s+)?tiêu chí(?!\s*(?:/|mỗi|trên|số))"),
    ),
    "average": (
        ("", r"\s+tiêu chí\s*(?:/|mỗi|trên|một)\s*xã"),
        (rf"bình quân{GAP}", r"\s+tiêu chí"),
    ),
    "indicators": ((rf"(?:tổng số|\d\s*/)\s*{GAP}", r"\s+chỉ tiêu"),),
    "entered": (
        ("", rf"{OF}\s+chỉ tiêu{GAP}đã nhập"),
        (r"đã nhập(?:\s+được)?\s+", r"\s*(?:/\s*\d+)?\s+chỉ tiêu"),
    ),
    "not_entered": (("", rf"\s+chỉ tiêu{GAP}chưa (?:có số liệu|nhập)"),),
    "verified": (
        (
            "",
            rf"{OF}\s+chỉ tiêu(?:(?!chưa)[^.;\n\d]){{0,40}}?đã(?:(?!chưa)[^.;\n\d]){{0,40}}?thẩm định",
        ),
        (r"đã(?:\s+được)?\s+thẩm định(?:\s+được)?\s+", rf"{OF}\s+chỉ tiêu"),
    ),
    "only_declared": (
        ("", rf"{OF}\s+chỉ tiêu{GAP}(?:chưa{GAP}thẩm định|tự đánh giá|còn lại)"),
        (r"chưa(?:\s+được)?\s+thẩm định\s+", r"\s+chỉ tiêu"),
    ),
    "handed_in": (("", rf"{COMMUNES}{GAP}gửi"),),
    "verified_share": (("", rf"\s*%{GAP}thẩm định"), (rf"thẩm định{GAP}", r"\s*%")),
}
POVERTY = {
    "poor_rate": ((rf"(?<!cận )nghèo{GAP}", r"\s*%"), ("", rf"\s*%{GAP}(?<!cận )nghèo")),
    "near_poor_rate": ((rf"cận nghèo{GAP}", r"\s*%"), ("", rf"\s*%{GAP}cận nghèo")),
    "poverty_rate": ((rf"nghèo{GAP}", r"\s*%"), ("", rf"\s*%{GAP}nghèo")),
    "communes": ((r"số liệu của\s+", COMMUNES),),
}
CRITERIA = {
    "everywhere": (("", rf"\s+tiêu chí{GAP}(?:tất cả|toàn bộ)"),),
    "nowhere": (("", rf"\s+tiêu chí{GAP}chưa{GAP}xã nào"),),
}
#: How a text says that none of them is: the number is not written then.
NONE = {
    "headline.recognised": rf"chưa có xã nào{GAP}(?:đạt chuẩn|được công nhận)",
    "headline.meeting_all": rf"chưa có xã nào{GAP}đạt đủ",
}
#: The unit of a difference, as sentences say it after "tăng 0,2".
UNITS = {
    "recognised": r"xã",
    "meeting_all": r"xã",
    "criteria_met": r"tiêu chí(?!\s*(?:/|mỗi|trên))",
    "average": r"tiêu chí\s*(?:/|mỗi|trên)\s*xã",
}
#: How a text says that a commune lacks figures.
BLANK = r"chưa\s+(?:có\s+số\s+liệu|nhập)"
RATE = r"(?:điểm phần trăm|điểm %|%)"


def quoted_in(
    text: str, figures: Mapping[str, Figure], stored: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Key -> value as it stands in the text. What was ``stored`` with an older value and is still
    written so stays: saving again must not silence that it has changed."""
    found = {key: one.shown for key, one in figures.items() if names(text, key, one, one.shown)}
    for key, was in (stored or {}).items():
        if key not in found and key in figures and names(text, key, figures[key], was):
            found[key] = was
    return found


def names(text: str, key: str, figure: Figure, shown: str) -> bool:
    return any(
        re.search(pattern, text, re.IGNORECASE) for pattern in _patterns(key, figure.about, shown)
    )


@lru_cache(maxsize=2_000)
def _patterns(key: str, about: str, shown: str) -> tuple[str, ...]:
    found = [
        f"{before}{_number(shown, is_whole='/' in before)}{after}"
        for before, after in _ways(key, about, shown)
    ]
    if key in NONE and not shown.strip("0"):
        found.append(NONE[key])
    return tuple(found)


def _number(shown: str, *, is_whole: bool) -> str:
    """08 is also written 8, 1.088 also 1088; never a part of a longer number, of a range or, unless
    it is the whole itself, what stands behind a stroke."""
    bare = shown.lstrip("0")
    bare = f"0{bare}" if not bare or bare.startswith(",") else bare
    digits = re.escape(bare).replace(r"\.", r"\.?")
    behind = "" if is_whole else r"(?<!\d/)(?<!\d[-–])"
    return rf"(?<![\d.,]){behind}0?{digits}(?![.,]?\d)"


def _ways(key: str, about: str, shown: str) -> Iterator[tuple[str, str]]:
    group, _point, name = key.partition(".")
    match group:
        case "headline":
            ways = HEADLINE.get(name, ())
            is_small = name == "criteria_met" and shown.isdigit() and int(shown) <= SMALL
            yield from ways[:1] if is_small else ways
        case "poverty":
            yield from POVERTY.get(name, ())
        case "criteria":
            yield from CRITERIA.get(name, ())
        case "criterion":
            yield rf"tiêu chí(?: số)? {name}(?!\d)(?:\s*\([^)\n]*\))?{GAP}", COMMUNES
            yield "", rf"{COMMUNES}{GAP}tiêu chí(?: số)? {name}(?!\d)"
        case "commune":
            who = rf"(?<!\w){re.escape(about)}(?!\w)"
            yield rf"{who}(?:(?!tiêu chí)[^.;\n\d]){{0,80}}?", r"(?:\s*/\s*\d+|[ ]+tiêu chí)"
            yield rf"(?m)^[-+\s]*(?:xã\s+)?{who}:[^\n]{{0,160}}?hiện đạt\s+", OF
            yield "", rf"{OF}(?:\s+tiêu chí)?\s*\([^)\d\n]*{who}"
        case "missing":
            yield from _missing(rf"(?<!\w){re.escape(about)}(?!\w)")
        case "tier" if name != "ntm":  # the first tier is the headline's
            yield "", rf"{COMMUNES}{GAP}(?:chuẩn|công nhận){GAP}{re.escape(about)}"
        case "distribution" if not name.startswith("-"):
            label = re.escape(about).replace(r"\-", "[-–]")
            yield "", rf"\s+xã{GAP}đạt (?:từ )?{label}(?!\d)\s+tiêu chí"
        case "distribution":
            yield "", rf"\s+xã{GAP}{re.escape(about)}"
        case _:
            yield (
                r"(?:tăng|giảm)(?:\s+thêm)?\s+",
                rf"\s*{UNITS.get(name, RATE)}{GAP}so với {re.escape(about)}",
            )


def _missing(who: str) -> Iterator[tuple[str, str]]:
    """Indicators that a commune has no figures of: "còn 36 chỉ tiêu chưa nhập" said of it, or its
    name and number in a list ("Còn 195 chỉ tiêu chưa nhập: Bản Bo 16, Khun Há 51")."""
    yield rf"{who}{GAP}", rf"\s+chỉ tiêu{GAP}{BLANK}"
    yield rf"{who}{GAP}(?:{BLANK}|thiếu)(?:\s+(?:được|số liệu|của))*\s+", r"\s+chỉ tiêu"
    yield "", rf"\s+chỉ tiêu\s+{BLANK}\s+(?:là\s+)?(?:ở|tại|của)\s+(?:xã\s+)?{who}"
    yield (
        rf"chỉ tiêu\s+{BLANK}[^.\n]{{0,2000}}?{who}\s*:?\s+(?:còn\s+)?",
        r"(?=\s*(?:[,;.)\n]|và\s|chỉ tiêu|\Z))",
    )
