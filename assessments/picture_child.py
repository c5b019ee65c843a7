"""A picture made small, in a process of its own: run by ``pictures`` as a script, imports nothing
of the portal. The picture comes on standard input, a file; the small WebP leaves on standard output.

Whatever bytes do to a decoder happens here: it is ended when it takes too much memory or time, and
a crash is its own. Arguments: format, most pixels, longest side, most memory in bytes, seconds.
"""

import io
import resource
import sys

TOO_LARGE, DAMAGED = 3, 4


def limit(memory: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def small(file, format_name: str, pixels: int, side: int) -> bytes:
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener(thumbnails=False)
    pillow_heif.options.DECODE_THREADS = 1
    with Image.open(file, formats=[format_name]) as picture:
        width, height = picture.size
        if width * height > pixels:
            sys.exit(TOO_LARGE)
        # A JPEG is decoded at a fraction of its size: a large photo then needs little memory.
        picture.draft("RGB", (side, side))
        picture.load()
        picture.thumbnail((side, side), reducing_gap=2.0)
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


def main() -> None:
    format_name, *numbers = sys.argv[1:]
    pixels, side, memory, seconds = map(int, numbers)
    limit(memory, seconds)
    try:
        data = small(sys.stdin.buffer, format_name, pixels, side)
    except Exception as broken:  # whatever a decoder raises at bytes that somebody made up
        bomb = type(broken).__name__.startswith("DecompressionBomb")
        sys.stderr.write(f"{broken!r:.300}")
        sys.exit(TOO_LARGE if bomb else DAMAGED)
    sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
