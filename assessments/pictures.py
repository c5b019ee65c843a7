"""Pictures: bounded before they are decoded, decoded once to the end, shown small and upright."""

from __future__ import annotations

import io
import logging
from typing import BinaryIO

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from assessments.errors import NotAccepted

log = logging.getLogger(__name__)
pillow_heif.register_heif_opener(thumbnails=False)

#: A phone's 64-megapixel camera fits; decoded, this is at most 260 MB for a moment.
MAX_PIXELS = 65_000_000
#: Longest side of a preview in pixels, for the screen of a phone and of a desk.
PREVIEW_SIDE = 960
PREVIEW_TYPE = "image/webp"


def preview_of(file: BinaryIO, format_name: str) -> bytes:
    """A small WebP of a JPEG, PNG, WebP or HEIF picture; raises ``NotAccepted``.

    The whole picture is decoded, so a broken one is noticed. Its orientation is applied and what
    else the camera wrote into it (place, device) is left out.
    """
    try:
        with Image.open(file, formats=[format_name]) as picture:
            _check_size(picture)
            return _small(picture)
    except NotAccepted:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise NotAccepted(_too_large()) from bomb
    except Exception as broken:  # whatever a decoder raises at bytes that somebody made up
        log.info("a picture could not be read: %r", broken)
        raise NotAccepted(
            _("The picture is damaged or incomplete. Open it to check, and send it again.")
        ) from broken


def _too_large() -> str:
    return _(
        "The picture has more than %(limit)s million pixels. Make it smaller and send it again."
    ) % {"limit": MAX_PIXELS // 1_000_000}


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise NotAccepted(_too_large())


def _small(picture: Image.Image) -> bytes:
    # A JPEG is decoded at a fraction of its size: a large photo then needs little memory.
    picture.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
    picture.load()
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        upright = Image.new("RGBA", layer.size, "white")
        upright.alpha_composite(layer)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright.convert("RGB"))
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=70, method=4)
    return out.getvalue()
