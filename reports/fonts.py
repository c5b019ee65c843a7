"""Which letters a paper would be set in: asked of fontconfig, as WeasyPrint asks it.

Papers want Times New Roman, or a face of the same widths that has every Vietnamese letter:
Liberation Serif 2 (Debian ``fonts-liberation2``). Version 1.07 bears the same name and lacks them.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos")
STYLES = ("", ":bold", ":italic", ":bold:italic")
#: One of each kind of letter that an old face lacks: horn, breve, stacked marks, the barred Đ.
LETTERS = "ĂăÂâĐđÊêÔôƠơƯưạẢấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹỄỘỮ"


@dataclass(frozen=True, slots=True)
class Face:
    """What stands for one style of Times New Roman on this machine."""

    style: str
    family: str
    missing: str

    @property
    def is_like_times(self) -> bool:
        return self.family in FAMILIES


class NoFontconfig(Exception):
    pass


def faces() -> list[Face]:
    library = _library()
    return [_face(library, style) for style in STYLES]


def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError as error:
        raise NoFontconfig from error
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for function, answer, arguments in (
        ("FcNameParse", pointer, [text]),
        ("FcConfigSubstitute", number, [pointer, pointer, number]),
        ("FcDefaultSubstitute", None, [pointer]),
        ("FcFontMatch", pointer, [pointer, pointer, pointer]),
        ("FcPatternGetString", number, [pointer, text, number, pointer]),
        ("FcPatternGetCharSet", number, [pointer, text, number, pointer]),
        ("FcCharSetHasChar", number, [pointer, ctypes.c_uint32]),
        ("FcPatternDestroy", None, [pointer]),
    ):
        declared = getattr(library, function)
        declared.restype, declared.argtypes = answer, arguments
    return library


def _face(library: ctypes.CDLL, style: str) -> Face:
    wanted = library.FcNameParse(f"Times New Roman,Liberation Serif{style}".encode())
    library.FcConfigSubstitute(None, wanted, 0)
    library.FcDefaultSubstitute(wanted)
    result = ctypes.c_int()
    found = library.FcFontMatch(None, wanted, ctypes.byref(result))
    try:
        if not found:
            return Face(style, "", LETTERS)
        return Face(style, _family(library, found), _missing(library, found))
    finally:
        library.FcPatternDestroy(wanted)
        if found:
            library.FcPatternDestroy(found)


def _family(library: ctypes.CDLL, found: int) -> str:
    value = ctypes.c_char_p()
    if library.FcPatternGetString(found, b"family", 0, ctypes.byref(value)):
        return ""
    return (value.value or b"").decode()


def _missing(library: ctypes.CDLL, found: int) -> str:
    letters = ctypes.c_void_p()
    if library.FcPatternGetCharSet(found, b"charset", 0, ctypes.byref(letters)):
        return LETTERS
    return "".join(one for one in LETTERS if not library.FcCharSetHasChar(letters, ord(one)))
