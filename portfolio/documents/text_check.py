"""Text check: decode UTF-8, and refuse files with null bytes."""

from __future__ import annotations


class TextError(ValueError):
    """The file is not text. ``line`` is 1-based in the file."""

    def __init__(self, code: str, message: str, line: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line


def decode_body(data: bytes, start: int) -> str:
    """Return the text from byte ``start`` on; the whole file is checked. Raises `TextError`."""
    zero = data.find(b"\0")
    if zero >= 0:
        raise TextError("binary-file", "is a binary file: it holds a zero byte", data.count(b"\n", 0, zero) + 1)
    try:
        data[:start].decode("utf-8")
        return data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start if len(error.object) != len(data) - start or start == 0 else start + error.start
        byte = error.object[error.start]
        message = f"is not UTF-8: byte 0x{byte:02x} on this line"
        raise TextError("not-utf-8", message, data.count(b"\n", 0, offset) + 1) from error
