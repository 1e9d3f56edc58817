"""GIF metadata: keep frames, and the extensions that time and repeat them (GIF89a). Pure."""

from __future__ import annotations

from collections.abc import Iterator

EXTENSION, FRAME, TRAILER = 0x21, 0x2C, 0x3B
# Timing and transparency of a frame; how often the frames repeat. Each has a fixed length.
CONTROL = b"\xf9\x04"
REPEATS = (b"\xff\x0bNETSCAPE2.0\x03\x01", b"\xff\x0bANIMEXTS1.0\x03\x01")
LENGTHS = {CONTROL: 8, **dict.fromkeys(REPEATS, 19)}


def strip(data: bytes) -> bytes:
    """The GIF without comments, plain text, application extensions, and anything after its end.

    Frames stay unchanged. Raises ``ValueError`` for a file that ends inside a block.
    """
    return b"".join(blocks(data))


def blocks(data: bytes) -> Iterator[bytes]:
    at = 13 + colour_table_size(data[10:11])
    yield data[:at]
    while at < len(data):
        kind = data[at]
        if kind == TRAILER:
            break
        if kind == EXTENSION:
            end = sub_blocks_end(data, at + 2)
            if any(data.startswith(start, at + 1) and end - at == LENGTHS[start] for start in LENGTHS):
                yield data[at:end]
        elif kind == FRAME:
            # Position, size and flags; local colour table; code size; compressed pixels.
            end = sub_blocks_end(data, at + 10 + colour_table_size(data[at + 9 : at + 10]) + 1)
            yield data[at:end]
        else:
            raise ValueError("a block of an unknown kind")
        at = end
    yield bytes((TRAILER,))


def colour_table_size(flags: bytes) -> int:
    """Bytes of the colour table, from the flags."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def sub_blocks_end(data: bytes, at: int) -> int:
    """The end of a chain of sub-blocks, each of which begins with its length."""
    while at < len(data):
        length = data[at]
        at += 1 + length
        if not length:
            return at
    raise ValueError("the file ends before the image does")
