# Pictures that the tests draw: each type that is taken, with and without orientation, position and frames. The same
# arguments give the same bytes.

import io
import random

from PIL import ExifTags, Image

STILL = ["jpeg", "png", "gif", "webp", "bmp", "avif", "tiff", "ico", "tga"]
EXTENSION = {"jpeg": "jpg"}
MIME = {
    "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "bmp": "image/bmp",
    "svg": "image/svg+xml", "avif": "image/avif", "heic": "image/heic", "tiff": "image/tiff", "ico": "image/x-icon",
    "tga": "image/x-tga",
}


def drawing(width=64, height=48, seed=1, mode="RGB", noise=False):
    """Soft blots, or noise that no encoder makes small; the upper left corner is red, so that a turned picture shows."""
    numbers = random.Random(seed)
    if noise:
        return Image.frombytes(mode, (width, height), numbers.randbytes(width * height * len(mode)))
    picture = Image.frombytes("RGB", (6, 4), numbers.randbytes(72)).resize((width, height), Image.Resampling.BICUBIC)
    picture.paste((255, 0, 0), (0, 0, max(width // 4, 1), max(height // 4, 1)))
    return picture.convert(mode)


def encode(picture, kind, **options):
    file = io.BytesIO()
    if kind == "ico":
        options.setdefault("sizes", [picture.size])
    picture.save(file, {"jpeg": "JPEG"}.get(kind, kind.upper()), **options)
    return file.getvalue()


def still(kind, width=64, height=48, seed=1, **options):
    return encode(drawing(width, height, seed), kind, **options)


def jpeg(width=64, height=48, seed=1, **options):
    return still("jpeg", width, height, seed, **options)


def photograph(width, height, seed=1, quality=85):
    """A JPEG with enough detail to cost what a photograph costs."""
    base = drawing(width, height, seed)
    grain = drawing(max(width // 3, 1), max(height // 3, 1), seed, noise=True).resize((width, height))
    return encode(Image.blend(base, grain, 0.25), "jpeg", quality=quality)


def animated(kind, frames=4, width=32, height=24):
    pictures = [drawing(width, height, seed) for seed in range(frames)]
    return encode(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=80, loop=0)


def oriented(orientation, width=60, height=40, kind="jpeg"):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return encode(drawing(width, height), kind, exif=exif.tobytes())


def with_position(kind="jpeg", orientation=1):
    """A picture that tells where it was taken, and by whom."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SecretCamera"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (51.0, 28.0, 38.0)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", (0.0, 0.0, 5.0)
    return encode(drawing(60, 40), kind, exif=exif.tobytes())


def heic(width=64, height=48):
    """The headers of a HEIC file around an AVIF picture: nobody here decodes it, all read its headers."""
    avif = still("avif", width, height)
    for av1, hevc in [(b"ftypavif", b"ftypheic"), (b"av01", b"hvc1"), (b"av1C", b"hvcC"), (b"avif", b"heic"), (b"avis", b"hevc")]:
        avif = avif.replace(av1, hevc)
    return avif


def svg(body='<rect width="10" height="10" fill="red"/>', width=120, height=80, attributes=""):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {attributes}>{body}</svg>').encode()


def opened(content):
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def size_of(content):
    return opened(content).size


def is_like(content, other, tolerance=24):
    """Whether two pictures show the same, apart from what encoding and scaling change."""
    small = [opened(one).convert("RGB").resize((16, 16), Image.Resampling.BOX).tobytes() for one in (content, other)]
    return sum(abs(a - b) for a, b in zip(*small)) / len(small[0]) < tolerance
