# Files that lie, explode or are two things at once. All are made here, byte by byte; none is larger than a few megabytes.

import struct
import zlib

import pictures

SIDE = 100_000


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, before=b"", data=b"\0", depth=8, colour=2):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def png_zeros(width=20_000, height=2_400):
    """48 million black pixels in a few kilobytes: within the limits, so it may be taken, but must not hurt."""
    packer = zlib.compressobj(9)
    row = b"\0" * (width * 3 + 1)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def gif(frames, width=1, height=1):
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return screen + frame * frames + b"\x3b"


def jpeg_scans(scans=800, width=1024, height=1024):
    """A progressive JPEG whose scans are repeated: each costs the decoder the whole picture again."""
    whole = pictures.jpeg(width, height, progressive=True)
    first = whole.index(b"\xff\xda")
    second = whole.index(b"\xff\xda", first + 2)
    return whole[:second] + whole[first:second] * scans + whole[second:]


def jpeg_claiming(width, height):
    whole = bytearray(pictures.jpeg())
    frame = whole.index(b"\xff\xc0")
    whole[frame + 5:frame + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


def webp_lossless(width=16_383, height=16_383):
    """34 bytes that cost a decoder a gigabyte."""
    bits = (width - 1) | (height - 1) << 14
    data = (b"\x2f" + struct.pack("<I", bits) + b"\x88\x88\x08\x07\x10\x11\x11\x88\x88\xfe\x07\x00\x00").ljust(14, b"\0")[:14]
    return b"RIFF" + struct.pack("<I", 4 + 8 + len(data)) + b"WEBPVP8L" + struct.pack("<I", len(data)) + data


def webp_frames(frames=6_000):
    still = pictures.still("webp", 16, 16)[12:]
    place = b"\0\0\0" + b"\0\0\0" + (15).to_bytes(3, "little") * 2 + (40).to_bytes(3, "little") + b"\0"
    frame = b"ANMF" + struct.pack("<I", len(place) + len(still)) + place + still
    canvas = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + (15).to_bytes(3, "little") * 2
    body = b"WEBP" + canvas + b"ANIM" + struct.pack("<I", 6) + b"\0" * 6 + frame * frames
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bmp(width, height, bits=24):
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, 0, 0, 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 1024, 0, 0, 54) + head + b"\0" * 1024


def mp4_claiming(duration):
    """A movie header that claims an absurd length, in a box that claims to be larger than the file."""
    header = struct.pack(">I4sIIIII", 108, b"mvhd", 0, 0, 0, 1, duration) + b"\0" * 80
    return struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 0, b"isom") + struct.pack(">I4s", 0x7fffffff, b"moov") + header


# Claims over the limits: what is sent, and which message it gets.
OVER_THE_LIMITS = {
    "png of 100,000 x 100,000": (lambda: png(SIDE, SIDE), "Too many pixels"),
    "png of 2^31-1 squared": (lambda: png(2**31 - 1, 2**31 - 1), "Too many pixels"),
    "png of 16,383 x 16,383": (lambda: png(16_383, 16_383), "Too many pixels"),
    "png with 20,000 text chunks": (lambda: png(1, 1, chunk(b"tEXt", b"a\0b") * 20_000, b"\0" * 4), "Invalid file type"),
    "jpeg of 65,500 x 65,500": (lambda: jpeg_claiming(65_500, 65_500), "Too many pixels"),
    "jpeg of 800 scans": (jpeg_scans, "Invalid file type"),
    "gif of 10,000 frames": (lambda: gif(10_000), "Invalid file type"),
    "gif of 65,535 x 65,535": (lambda: gif(1, 65_535, 65_535), "Too many pixels"),
    "webp of 34 bytes": (webp_lossless, "Too many pixels"),
    "webp of 6,000 frames": (webp_frames, "Invalid file type"),
    "bmp of 100,000 x 100,000": (lambda: bmp(SIDE, SIDE), "Too many pixels"),
    "bmp of the smallest height": (lambda: bmp(1, -2**31), "Too many pixels"),
    "png of 0 x 0": (lambda: png(0, 0), "Invalid file type"),
}

# What is no picture at all, whatever its name says: name sent and content.
NOT_TAKEN = {
    "php": ("shell.jpg", b"<?php system($_GET['c']); ?>"),
    "html": ("page.png", b"<!DOCTYPE html><script>alert(1)</script>"),
    "text": ("notes.jpg", b"just some words\n" * 40),
    "shell": ("run.gif", b"#!/bin/sh\nid\n"),
    "elf": ("program.png", b"\x7fELF\x02\x01\x01" + b"\0" * 200),
    "pdf": ("paper.jpg", b"%PDF-1.4\n1 0 obj<</OpenAction 2 0 R>>endobj\n"),
    "postscript": ("drawing.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n"),
    "zip": ("archive.png", b"PK\x03\x04" + b"\0" * 60),
    "phar": ("archive.jpg", b"<?php __HALT_COMPILER(); ?>\r\n" + b"\0" * 60),
    "mvg": ("vector.jpg", b"push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'label:@/etc/passwd'\n"),
    "msl": ("script.png", b'<?xml version="1.0"?><image><read filename="/etc/passwd"/><write filename="/tmp/x"/></image>'),
    "playlist": ("video.mp4", b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n"),
    "photoshop": ("layers.png", b"8BPS\0\1" + b"\0" * 40),
    "almost a png": ("cut.png", b"\x89PNG\r\n\x1a"),
    "almost a jpeg": ("cut.jpg", b"\xff\xd8\xff"),
    "almost a gif": ("cut.gif", b"GIF89a"),
    "almost a webp": ("cut.webp", b"RIFF\x10\0\0\0WEBP"),
    "almost a movie": ("cut.mp4", b"\0\0\0\x14ftypisom"),
}


def polyglots():
    """Two things at once: by content a picture, so taken and stored as one. Name sent, content, extension stored."""
    picture = pictures.jpeg()
    comment = b"<?php system($_GET['c']); ?>"
    return {
        "jpeg with php in a comment": ("a.php", picture[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + picture[2:],
                                       "jpg"),
        "jpeg with an html tail": ("a.html", picture + b"<script>alert(1)</script>", "jpg"),
        "gif that is a script": ("a.js", gif(1, 0x2a2f, 1)[:-1] + b"\x21\xfe\x0b*/=1;alert(1)\0\x3b", "gif"),
        "png with a php tail": ("a.phtml", pictures.still("png") + comment, "png"),
        "jpeg that is an archive": ("a.zip", picture + b"PK\x05\x06" + b"\0" * 18, "jpg"),
    }
