# Which JPEG is nearest to a picture scaled down without loss: one with a colour for each pixel (4:4:4), or with one for two or four (4:2:2,
# 4:2:0) and a higher quality for the same bytes. libgd, and so the replaced program, has 4:4:4 from quality 90 on and 4:2:0 below.
#
# A line for each content and quality of libgd's: how many dB (peak signal to noise, all three colours) each sampling has at equal bytes, and
# the same for the pixels at edges of colours, where text is. Then the thumbnails that the site makes, against the same reference.

import io
import math
import struct

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat

import photographs
import pictures
from client import Client
from running_site import Site

SAMPLINGS = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}
SIDE = 258
QUALITIES = range(20, 100)
# (Name, background, text)
TEXTS = [("red on white", "#ffffff", "#e00000"), ("blue on white", "#ffffff", "#0030e0"), ("red on blue", "#1030a0", "#ff3020"),
         ("green on purple", "#602080", "#40e040"), ("white on red", "#c01010", "#ffffff")]


def text(background, ink):
    """A screen of 1290 pixels with coloured words, whose letters are still to be read in a thumbnail."""
    picture = Image.new("RGB", (5 * SIDE, 5 * SIDE), background)
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.text((30, 20 + line * 105), "ImageBed 2026 colour", fill=ink, font=ImageFont.load_default(60 + 6 * (line % 3)))
    return picture


def contents():
    """Name: a list of pictures."""
    real = [Image.open(path).convert("RGB") for path in photographs.photographs()]
    texts = {f"text, {name}": [text(background, ink)] for name, background, ink in TEXTS}
    return {"photographs": [picture for picture in real if min(picture.size) >= 3 * SIDE], **texts}


def scaled(picture):
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def encoded(picture, sampling, quality):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, subsampling=SAMPLINGS[sampling], optimize=True)
    return file.getvalue()


def decibels(picture, reference, mask=None):
    difference = ImageChops.difference(picture, reference)
    squares = ImageStat.Stat(difference, mask).sum2
    count = ImageStat.Stat(difference, mask).count[0] * 3
    return 10 * math.log10(255 ** 2 * count / max(sum(squares), 1e-9))


def edges(reference):
    """Pixels beside which the colour (not the brightness) changes; nil for a picture without any."""
    blue, red = reference.convert("YCbCr").split()[1:]
    found = [channel.filter(ImageFilter.FIND_EDGES).point(lambda value: 255 if value > 40 else 0) for channel in (blue, red)]
    mask = ImageChops.lighter(*found)
    return mask if mask.getbbox() else None


def at_bytes(points, wanted):
    """The dB of a sampling at so many bytes, between the two qualities around them: (dB, dB at edges, quality)."""
    points = sorted(points)
    for (low, high) in zip(points, points[1:]):
        if low[0] <= wanted <= high[0]:
            part = (wanted - low[0]) / max(high[0] - low[0], 1)
            return [one + (other - one) * part for one, other in zip(low[1:], high[1:])]
    nearest = min(points, key=lambda point: abs(point[0] - wanted))
    return list(nearest[1:])


def curve(reference, mask, sampling):
    """(Bytes, dB, dB at edges, quality) for each quality."""
    points = []
    for quality in QUALITIES:
        content = encoded(reference, sampling, quality)
        seen = Image.open(io.BytesIO(content)).convert("RGB")
        points.append((len(content), decibels(seen, reference), decibels(seen, reference, mask) if mask else math.nan, quality))
    return points


def mean(rows):
    return [sum(values) / len(values) for values in zip(*rows)]


def compare():
    """Prints the table: mean dB of each sampling at the bytes of libgd's file."""
    print(f"{'content':<24} {'libgd':<10} {'bytes':>6}" + "".join(f" | {name}: quality   dB  edges" for name in SAMPLINGS))
    for name, originals in contents().items():
        references = [scaled(original) for original in originals]
        masks = [edges(reference) for reference in references]
        curves = [{sampling: curve(reference, mask, sampling) for sampling in SAMPLINGS} for reference, mask in zip(references, masks)]
        for quality in (50, 75, 85, 90, 95):
            former = "4:4:4" if quality >= 90 else "4:2:0"
            sizes = [next(point[0] for point in each[former] if point[3] == quality) for each in curves]
            cells = [mean([at_bytes(each[sampling], size) for each, size in zip(curves, sizes)]) for sampling in SAMPLINGS]
            print(f"{name:<24} {former} {quality:<4} {sum(sizes) // len(sizes):>6}"
                  + "".join(f" |          {cell[2]:5.1f} {cell[0]:6.2f} {cell[1]:6.2f}" for cell in cells), flush=True)


def sampling_of(content):
    """The sampling in the frame header (ITU-T T.81, B.2.2)."""
    place = 2
    while content[place + 1] not in (0xC0, 0xC1, 0xC2):
        place += 2 + struct.unpack(">H", content[place + 2:place + 4])[0]
    return {0x11: "4:4:4", 0x21: "4:2:2", 0x22: "4:2:0"}.get(content[place + 11], "other")


def measure(table):
    compare()
    with Site() as site:
        client = Client(site)
        for name, originals in contents().items():
            reference = scaled(originals[0])
            answer = client.uploaded(pictures.encode(originals[0], "jpeg", quality=98, subsampling=0))
            for quality in (75, 90):
                content = client.get(answer["thumb"] + f"&q={quality}&zc=0&w={SIDE}&h={SIDE}").content
                former = encoded(reference, "4:4:4" if quality >= 90 else "4:2:0", quality)
                seen, old = (Image.open(io.BytesIO(each)).convert("RGB") for each in (content, former))
                gain = decibels(seen, reference) - decibels(old, reference)
                print(f"{name:<24} q={quality} {sampling_of(content)} {len(content)} bytes, libgd's way {len(former)}: "
                      f"{decibels(seen, reference):.2f} dB, {gain:+.2f}")
