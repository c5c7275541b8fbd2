# Videos of every container that is taken, made by ffmpeg once a run, and what ffprobe says of them.

import functools
import json
import pathlib
import struct
import subprocess
import tempfile

SECONDS = 2.5
WIDTH, HEIGHT = 64, 48

# Container: encoder and muxer options, type by content, media type.
CONTAINERS = {
    "mp4": (["-c:v", "mpeg4"], "video/mp4"),
    "mov": (["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-f", "mov"], "video/quicktime"),
    "m4v": (["-c:v", "mpeg4", "-f", "ipod"], "video/x-m4v"),
    "webm": (["-c:v", "libvpx"], "video/webm"),
    "mkv": (["-c:v", "mpeg4"], "video/x-matroska"),
    "avi": (["-c:v", "mpeg4"], "video/x-msvideo"),
    "wmv": (["-c:v", "wmv2", "-f", "asf"], "video/x-ms-wmv"),
}

# The same containers, written in other ways.
VARIANTS = {
    "mp4 with its header first": ("mp4", ["-c:v", "mpeg4", "-movflags", "+faststart"]),
    "fragmented mp4": ("mp4", ["-c:v", "mpeg4", "-movflags", "frag_keyframe+empty_moov", "-g", "10"]),
    "mp4 turned by 90 degrees": ("mp4", ["-c:v", "mpeg4", "-metadata:s:v:0", "rotate=90"]),
    "live webm without duration": ("webm", ["-c:v", "libvpx", "-live", "1"]),
    "mkv with sound": ("mkv", ["-c:v", "mpeg4", "-c:a", "libvorbis"]),
}


@functools.cache
def sample(container, options=None):
    """A moving test card with a tone."""
    options = CONTAINERS[container][0] if options is None else list(options)
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / f"sample.{container}"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc=size={WIDTH}x{HEIGHT}:rate=10:duration={SECONDS}",
             "-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}", *([] if "libvorbis" in options else ["-an"]),
             *options, str(target)], check=True, stdin=subprocess.DEVNULL, timeout=300)
        return target.read_bytes()


def padded(content, size):
    """A movie with a free box at its end, as editors leave room."""
    return content + struct.pack(">I4s", size, b"free") + b"\0" * (size - 8)


def probe(content):
    """Duration in seconds or None, width, height, as ffprobe reads them."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        told = json.loads(subprocess.run(
            ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", file.name], check=True,
            capture_output=True, timeout=300).stdout)
    stream = next(stream for stream in told["streams"] if stream["codec_type"] == "video")
    duration = told["format"].get("duration")
    return (float(duration) if duration else None), stream["width"], stream["height"]
