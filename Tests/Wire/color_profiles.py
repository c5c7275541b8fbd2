# Color profiles made by the numbers (ICC.1:2022), and what a reader that honours them sees in a picture.

import functools
import io
import pathlib
import struct
import zlib

from PIL import Image, ImageCms

# Of Debian's package libgs-common.
CMYK = pathlib.Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")

# Columns of red, green and blue, adapted to D50.
P3 = ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.7141))


def fixed(*values):
    return b"".join(struct.pack(">i", int(round(value * 65536))) for value in values)


def text(words):
    encoded = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(encoded), 28) + encoded


def profile(name, primaries, gamma=None, padding=0):
    """A matrix profile; without a gamma the curve is sRGB's own. The padding is a private tag of so many bytes."""
    if gamma is None:
        curve = b"para\0\0\0\0\0\3\0\0" + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    else:
        curve = b"para\0\0\0\0\0\0\0\0" + fixed(gamma)
    tags = [(b"desc", text(name)), (b"cprt", text("none")), (b"wtpt", b"XYZ \0\0\0\0" + fixed(0.9642, 1, 0.8249))]
    tags += [(tag, b"XYZ \0\0\0\0" + fixed(*values)) for tag, values in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries)]
    tags += [(tag, curve) for tag in (b"rTRC", b"gTRC", b"bTRC")]
    if padding:
        tags.append((b"test", b"data\0\0\0\0" + bytes(range(256)) * (padding // 256)))
    offset, table, body = 132 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for tag, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += tag + struct.pack(">II", offset + len(body), len(data))
        body += data
    head = (struct.pack(">I", offset + len(body)) + b"\0\0\0\0" + b"\x04\x30\0\0" + b"mntrRGB XYZ "
            + struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + fixed(0.9642, 1, 0.8249))
    return head + b"\0" * (128 - len(head)) + table + body


# By the names of files: two whose names say sRGB and which are not, and two that are what they say.
PROFILES = {
    "phone-p3": profile("Display P3 Gamut with sRGB Transfer", P3),
    "linear": profile("GIMP built-in Linear sRGB", SRGB, 1.0),
    "control-p3": profile("Display P3", P3),
    "control-srgb": profile("sRGB IEC61966-2.1", SRGB),
}


@functools.cache
def ramps(width=400, height=300):
    picture = Image.new("RGB", (width, height))
    picture.putdata([(x * 255 // (width - 1), y * 255 // (height - 1), (x + y) * 255 // (width + height - 2))
                     for y in range(height) for x in range(width)])
    return picture


def png_with(picture, chunk, data):
    """A PNG with one more chunk behind its header."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    whole = file.getvalue()
    added = chunk + data
    return whole[:33] + struct.pack(">I", len(data)) + added + struct.pack(">I", zlib.crc32(added)) + whole[33:]


def managed(content, icc=None):
    """What a reader that honours profiles shows, as sRGB."""
    picture = Image.open(io.BytesIO(content))
    icc = icc or picture.info.get("icc_profile")
    if picture.mode not in ("RGB", "CMYK"):
        picture = picture.convert("RGB")
    if not icc:
        return picture.convert("RGB")
    return ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB"), outputMode="RGB")


def difference(one, other):
    """The largest of the mean differences per channel, of 255, of two pictures at a size at which no dots of an encoder show."""
    small = [picture.resize((50, 38), Image.Resampling.BOX) for picture in (one, other)]
    bands = zip(*(picture.split() for picture in small))
    return max(sum(abs(a - b) for a, b in zip(left.tobytes(), right.tobytes())) / (50 * 38) for left, right in bands)
