"""Bodies of uploads that are made while they are read."""

import io

from tests.evidence import builders as make

BOUNDARY = "----a-boundary-of-this-test"


class Multipart(io.RawIOBase):
    """A body that is made while it is read: what sends it holds nothing of it."""

    def __init__(self, head: bytes, size: int, tail: bytes, end: bytes) -> None:
        self.parts = [head, size, tail, end]
        self.length = len(head) + size + len(tail) + len(end)

    def read(self, count: int = -1) -> bytes:
        count = count if count >= 0 else self.length
        while self.parts:
            part = self.parts[0]
            if isinstance(part, int):
                given, left = bytes(min(count, part)), part - min(count, part)
            else:
                given, left = part[:count], part[count:]
            self.parts[0] = left
            if not left:
                self.parts.pop(0)
            if given:
                return given
        return b""


def big_upload(size: int) -> Multipart:
    """A PDF of ``size`` bytes more than its parts, as a browser sends it."""
    small = make.pdf(filling=256)
    at = small.find(b"stream\n") + 7
    moved = small[at:].replace(
        b"startxref\n%d" % small.find(b"xref\n"), b"startxref\n%d" % (small.find(b"xref\n") + size)
    )
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="to.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    return Multipart(head + small[:at], size, moved, f"\r\n--{BOUNDARY}--\r\n".encode())
