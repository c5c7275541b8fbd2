# Links as the replaced program made them, written a second time, apart from the program: AES-128-XTS by single blocks (IEEE 1619), base 64
# twice. With the secret of the sample install, whose password is known.

import base64
import hashlib
import zlib

from old_site import PASSWORDS, RECORD

DELETE_KEY = hashlib.sha256(PASSWORDS["keeper"].encode()).hexdigest()
HIDE_KEY = RECORD["site"]["hide_key"]
TWEAK = b"sciCuBC7orQtDhTO"


def times_two(byte):
    return (byte << 1 ^ (0x1B if byte & 0x80 else 0)) & 0xFF


def substitutions():
    """FIPS 197, section 5.1.1: the inverse in the field, and an affine step."""
    box, p, q = [0x63] * 256, 1, 1
    while True:
        p ^= times_two(p)
        for shift in (1, 2, 4):
            q = (q ^ q << shift) & 0xFF
        q ^= 0x09 if q & 0x80 else 0
        box[p] = q ^ 0x63
        for shift in (1, 2, 3, 4):
            box[p] ^= (q << shift | q >> 8 - shift) & 0xFF
        if p == 1:
            return box


BOX = substitutions()


def block(key, data):
    """One block through AES-128 (FIPS 197)."""
    words = [list(key[at:at + 4]) for at in range(0, 16, 4)]
    constant = 1
    for at in range(4, 44):
        word = words[-1]
        if at % 4 == 0:
            word = [BOX[byte] for byte in word[1:] + word[:1]]
            word[0] ^= constant
            constant = times_two(constant)
        words.append([a ^ b for a, b in zip(word, words[at - 4])])
    keys = [sum(words[at:at + 4], []) for at in range(0, 44, 4)]
    state = [a ^ b for a, b in zip(data, keys[0])]
    for round_ in range(1, 11):
        state = [BOX[state[(at + 4 * (at % 4)) % 16]] for at in range(16)]
        if round_ < 10:
            state = [times_two(c[row]) ^ times_two(c[(row + 1) % 4]) ^ c[(row + 1) % 4] ^ c[(row + 2) % 4] ^ c[(row + 3) % 4]
                     for c in (state[at:at + 4] for at in range(0, 16, 4)) for row in range(4)]
        state = [a ^ b for a, b in zip(state, keys[round_])]
    return bytes(state)


def doubled(tweak):
    number = int.from_bytes(tweak, "little") << 1
    return ((number & (1 << 128) - 1) ^ (0x87 if number >> 128 else 0)).to_bytes(16, "little")


def mixed(one, other):
    return bytes(a ^ b for a, b in zip(one, other))


def token_of(content, secret):
    """The bytes of a link for a path."""
    if isinstance(content, str):
        content = content.encode()
    digits = str(zlib.crc32(secret.encode())).encode()
    key = digits.ljust(16, b"\0")
    tweaks = [block(bytes(16), TWEAK)]
    whole = len(content) // 16
    rest = content[whole * 16:]
    while len(tweaks) <= whole:
        tweaks.append(doubled(tweaks[-1]))
    pieces = [content[at * 16:at * 16 + 16] for at in range(whole)]
    out = [mixed(block(key, mixed(piece, tweak)), tweak) for piece, tweak in zip(pieces, tweaks)]
    if rest:
        last = out.pop()
        stolen = rest + last[len(rest):]
        out += [mixed(block(key, mixed(stolen, tweaks[whole])), tweaks[whole]), last[:len(rest)]]
    return b"".join(out)


def lone_token(content):
    return base64.b64encode(base64.b64encode(content)).decode()


def delete_token(path, secret=DELETE_KEY):
    return lone_token(token_of(path, secret)) if len(path.encode()) >= 16 else lone_token(path.encode())


def hide_key(path, secret=HIDE_KEY):
    return delete_token(path, secret)
