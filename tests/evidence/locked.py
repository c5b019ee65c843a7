"""Real files with a password, made here: PDF (RC4 of 40 bits, as in PDF 1.4), Word, Excel."""

from __future__ import annotations

import hashlib
import struct

PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
IDENTITY = b"0123456789abcdef"
PERMISSIONS = -44


def rc4(key: bytes, data: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def locked_pdf(user: bytes = b"mat khau", owner: bytes = b"chu", *, stream: bool = False) -> bytes:
    """A page that says one line, encrypted as the PDF reference says (revision 2).

    ``user``: what opens it; empty where only printing and copying are forbidden. ``stream``: its
    table of contents is a stream, as by newer programs, instead of lines.
    """
    o = rc4(_md5((owner + PAD)[:32])[:5], (user + PAD)[:32])
    key = _md5((user + PAD)[:32] + o + struct.pack("<i", PERMISSIONS) + IDENTITY)[:5]
    u = rc4(key, PAD)
    text = b"BT /F1 24 Tf 30 90 Td (Bien ban) Tj ET"
    text = rc4(_md5(key + struct.pack("<I", 4)[:3] + b"\0\0")[:10], text)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(text) + text + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P %d /O <%s> /U <%s> >>"
        % (PERMISSIONS, o.hex().encode(), u.hex().encode()),
    ]
    return _whole(parts, b"/Encrypt 6 0 R ", stream=stream)


def open_pdf_that_speaks_of_it(*, stream: bool = False) -> bytes:
    """No password: only the text of its page shows how a trailer names one."""
    text = b"BT (trailer << /Encrypt 6 0 R >> startxref) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n" % len(text) + text + b"\nendstream",
    ]
    return _whole(parts, b"/EncryptMetadata false ", stream=stream)


def _whole(parts: list[bytes], more: bytes, *, stream: bool) -> bytes:
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start, size = len(out), len(parts) + 1
    named = b"/Root 1 0 R " + more + b"/ID [<%s> <%s>]" % ((IDENTITY.hex().encode(),) * 2)
    if stream:
        lines = struct.pack(">BHB", 0, 0, 255)
        lines += b"".join(struct.pack(">BHB", 1, at, 0) for at in (*offsets, start))
        out += b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 2 1] /Length %d %s >>\nstream\n" % (
            size, size + 1, len(lines), named,
        )  # fmt: skip
        out += lines + b"\nendstream\nendobj\n"
    else:
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
        out += b"trailer << /Size %d %s >>\n" % (size, named)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def ole(*streams: str, text: bytes = b"") -> bytes:
    """A container of the old kind: head, one sector of its table, one of its directory, a text."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    sectors = struct.pack("<128I", table, end, end, *[free] * 125)
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I", 2 * len(name) + 2, kind, 1, free, free, free)
        + bytes(36)
        + struct.pack("<IQ", end, 0)
        for name, kind in [("Root Entry", 5), *((name, 2) for name in streams)]
    )
    return head + sectors + entries.ljust(512, b"\0") + text.ljust(512, b"\0")


def locked_office() -> bytes:
    """As Word and Excel write a document with a password, whatever the ending."""
    return ole("EncryptionInfo", "EncryptedPackage")
