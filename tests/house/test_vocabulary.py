"""One Vietnamese word for one act everywhere, and one way to address the reader."""

import re

import polib
import pytest
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "locale" / "vi" / "LC_MESSAGES" / "django.po"
#: What is never written -> what is written for it.
NEVER = {
    r"đóng (quý|kỳ)|(quý|kỳ|\)s)( đã)? đóng|khóa (sổ|kỳ)": "khóa quý",
    r"mở (lại )?kỳ": "mở quý, mở lại quý",
    r"tạo %\(n\)s kỳ": "tạo … quý",
    r"tiếp nhận": "chấp nhận",
    r"hạn nộp|gia hạn": "hạn gửi, dời hạn gửi",
    r"xác minh": "xác thực",
    r"phát hành|công bố": "ban hành",
    r"đồng chí|ông/bà|quý vị|anh/chị": "bạn",
}


@pytest.mark.parametrize("never", NEVER, ids=list(NEVER.values()))
def test_one_word_for_one_act(never):
    words = [
        text
        for entry in polib.pofile(str(CATALOGUE))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if re.search(never, text, re.IGNORECASE)
    ]
    assert words == [], f"write {NEVER[never]}"


def test_the_acts_on_a_quarter_are_named_alike():
    named = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    assert named["Open the quarter"] == "Mở quý"
    assert named["Close the quarter"] == named["Close for good"] == "Khóa quý"
    assert named["Reopen the quarter"] == "Mở lại quý"
    assert named["Lift the due date"] == named["Move the due date"] == "Dời hạn gửi"


def test_papers_speak_as_the_pages_do():
    """Their words are not in the catalogue: papers are Vietnamese by law."""
    root = settings.BASE_DIR
    files = [*(root / "reports").rglob("*.py"), *(root / "templates" / "reports").rglob("*.html")]
    found = [
        f"{one.relative_to(root)}: {word}"
        for one in files
        for word in re.findall(r"xác minh|phát hành|công bố", one.read_text(), re.IGNORECASE)
    ]
    assert found == []
