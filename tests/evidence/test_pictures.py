"""Decoding happens in a process of its own: bounded, ended when it must be, and few at once."""

import io
import os
import resource
import threading
import time
from pathlib import Path

import pytest
from django.utils.translation import override
from PIL import Image

from assessments import pictures
from assessments.errors import NotAccepted
from assessments.models import Evidence
from tests.evidence import builders as make
from tests.evidence.test_attaching import attach

MEGABYTE = 1024 * 1024


def largest(mode="RGBA", format_name="PNG", **save) -> bytes:
    """64 megapixels, as many as are allowed, in a small file."""
    out = io.BytesIO()
    Image.new(mode, (8000, 8000), (40, 120, 90, 200)[: len(mode)]).save(out, format_name, **save)
    return out.getvalue()


def peak_of_this_process() -> int:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize(
    ("data", "kind"),
    [(lambda: largest(compress_level=1), "PNG"), (lambda: largest(format_name="WEBP"), "WEBP")],
    ids=["png", "webp"],
)
def test_the_largest_picture_leaves_the_servers_memory_as_it_was(data, kind):
    picture = io.BytesIO(data())
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of making it
    before = peak_of_this_process()
    assert pictures.preview_of(picture, kind)
    grown = peak_of_this_process() - before
    assert grown < 20 * MEGABYTE, f"{grown / MEGABYTE:.0f} MB"
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert 200 * MEGABYTE < used < pictures.MAX_MEMORY  # it was decoded, elsewhere


def test_more_pixels_than_allowed_are_refused_before_they_are_decoded():
    with override("vi"), pytest.raises(NotAccepted, match="65 triệu"):
        pictures.preview_of(io.BytesIO(make.huge_png()), "PNG")


def test_a_decoder_that_takes_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_MEMORY", 400 * MEGABYTE)
    with override("vi"), pytest.raises(NotAccepted, match="Ảnh bị hỏng"):
        pictures.preview_of(io.BytesIO(largest(compress_level=1)), "PNG")


@pytest.fixture
def child(monkeypatch, tmp_path):
    """``child(code)``: another program stands in the decoder's place."""

    def put(code: str) -> None:
        program = tmp_path / "child.py"
        program.write_text(code)
        monkeypatch.setattr(pictures, "CHILD", program)

    return put


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit(1)",
        "pass",
        "not python",
    ],
    ids=["crash", "killed", "exit", "no answer", "broken"],
)
@pytest.mark.django_db
@pytest.mark.usefixtures("quarters")
def test_a_decoder_that_crashes_refuses_the_picture_and_nothing_else(child, code, stored):
    child(code)
    with override("vi"), pytest.raises(NotAccepted, match="Ảnh bị hỏng"):
        attach(data=make.picture(), name="a.jpg")
    assert (Evidence.objects.count(), stored()) == (0, [])


def test_a_decoder_that_never_ends_is_ended(child, monkeypatch):
    child("import time; time.sleep(60)")
    monkeypatch.setattr(pictures, "MAX_SECONDS", 1)
    begun = time.monotonic()
    with pytest.raises(NotAccepted):
        pictures.preview_of(io.BytesIO(make.picture()), "JPEG")
    assert time.monotonic() - begun < 10


def test_neither_keys_nor_files_of_the_portal_reach_a_decoder(child):
    child(
        "import os, sys; sys.stdout.write(repr((sorted(set(os.environ) - {'LC_CTYPE'}),"
        " [p for p in sys.path if not p or p == os.getcwd()],"
        " sorted(int(n) for n in os.listdir('/proc/self/fd'))[:4])))"
    )
    os.environ["SECRET_OF_THIS_TEST"] = "x"
    try:
        answer = pictures.preview_of(io.BytesIO(make.picture()), "JPEG")
    finally:
        del os.environ["SECRET_OF_THIS_TEST"]
    assert answer == b"([], [], [0, 1, 2, 3])"  # 3 is the folder that lists them


def test_however_many_come_at_once_few_are_decoded_together(monkeypatch):
    real, under_way, most = pictures._decode, [], []

    def watched(*args):
        under_way.append(1)
        most.append(len(under_way))
        try:
            return real(*args)
        finally:
            under_way.pop()

    monkeypatch.setattr(pictures, "_decode", watched)
    data, made = largest("RGB", "JPEG"), []
    threads = [
        threading.Thread(target=lambda: made.append(pictures.preview_of(io.BytesIO(data), "JPEG")))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert max(most) <= pictures.AT_ONCE


def test_whoever_waits_too_long_for_a_turn_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(pictures, "PATIENCE", 0.2)
    refused = pytest.raises(NotAccepted, match="sau ít phút")
    with override("vi"), pictures._a_turn(), pictures._a_turn(), refused:
        pictures.preview_of(io.BytesIO(make.picture()), "JPEG")
    assert pictures.preview_of(io.BytesIO(make.picture()), "JPEG")
