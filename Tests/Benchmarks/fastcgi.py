# A FastCGI client (version 1 of the protocol), which asks a responder without a web server between.

import socket
import struct
import time

BEGIN, PARAMS, STDIN = 1, 4, 5
RESPONDER = 1


def seconds(path, variables, whole=True):
    """The time of one request without a body, from connecting to the end of the answer or to its first bytes; it must have the status 200."""
    with socket.socket(socket.AF_UNIX) as connection:
        message = record(BEGIN, struct.pack(">HB5x", RESPONDER, 0)) + record(PARAMS, b"".join(map(pair, variables.items()))) + record(PARAMS) + record(STDIN)
        start = time.perf_counter()
        connection.connect(str(path))
        connection.sendall(message)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")) if whole else connection.recv(65536)
        took = time.perf_counter() - start
    assert b"Status: 200" in answer[:64], answer[:300]
    return took


def record(kind, content=b""):
    return struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content


def pair(item):
    name, value = (text.encode() for text in item)
    return length(name) + length(value) + name + value


def length(text):
    return bytes([len(text)]) if len(text) < 128 else struct.pack(">I", len(text) | 1 << 31)
