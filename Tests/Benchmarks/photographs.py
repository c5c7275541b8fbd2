# Real photographs of the sizes that the figures speak of, made out of Debian's mate-backgrounds.

import io
import os
import pathlib

from PIL import Image


def photographs():
    return sorted(pathlib.Path(os.environ["IMAGEBED_PHOTOGRAPHS"]).rglob("*.jpg"))


def largest():
    """The photograph with the most detail."""
    wide = [path for path in photographs() if min(Image.open(path).size) >= 1200]
    return Image.open(max(wide, key=lambda path: path.stat().st_size)).convert("RGB")


def of_size(width, height):
    """A JPEG of exactly so many pixels."""
    picture = largest()
    scale = max(width / picture.width, height / picture.height)
    picture = picture.resize((max(width, round(picture.width * scale)), max(height, round(picture.height * scale))))
    return encoded(picture.crop((0, 0, width, height)), 90)


def of_bytes(wanted):
    """A JPEG of about so many bytes: the smallest picture of the row that needs no poor quality."""
    for width in [800, 1024, 1280, 1600, 1920, 2560, 3840]:
        picture = largest()
        picture = picture.resize((width, round(picture.height * width / picture.width)))
        candidates = [encoded(picture, quality) for quality in range(70, 97, 2)]
        best = min(candidates, key=lambda content: abs(len(content) - wanted))
        if abs(len(best) - wanted) < wanted * 0.08:
            return best
    raise SystemExit(f"no JPEG of about {wanted} bytes came out")


def encoded(picture, quality):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()
