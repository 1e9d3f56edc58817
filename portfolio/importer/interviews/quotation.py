"""Quotation marks around what somebody said, in the ways languages write them."""

from __future__ import annotations

# Opening mark -> the marks that may close it. „ is closed by what English opens with; Danish and some German books
# turn the guillemets round; Swedish closes and opens with the same mark.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "”": "”", "‘": "’", "‹": "›"}
_SENTENCE_ENDS = ".,;!?…"


def opens(text: str) -> bool:
    """Whether a paragraph begins with an opening quotation mark (not an apostrophe: "‘90s", "'tis")."""
    if not text or text[0] not in _CLOSERS:
        return False
    return text[0] != "‘" or not text[1:2].isdigit()


def closes(text: str) -> bool:
    """Whether a paragraph ends with a closing quotation mark, a full stop behind it or not."""
    return text.rstrip(_SENTENCE_ENDS)[-1:] in {"”", "»", '"', "“", "«", "›"} or text[-1:] == "’"


def close_of(text: str) -> int | None:
    """Where the mark that opens ``text`` is closed (index of the closing mark); None when it stays open.

    Marks of the same kind may nest: in ``“the “ready” data”`` it is the last one.
    """
    opener = text[0]
    closers = _CLOSERS[opener]
    depth = 0
    for index, character in enumerate(text):
        if character == opener and character not in closers:
            depth += 1
        elif character in closers:
            if opener in closers:
                depth += 1 if _stands_before_word(text, index) else -1
            elif character == "’" and _is_apostrophe(text, index):
                continue
            else:
                depth -= 1
            if depth <= 0:
                return index
    return None


def _stands_before_word(text: str, index: int) -> bool:
    """Whether a mark that looks the same at both ends opens: nothing or a blank before it, a word behind it."""
    before, behind = text[index - 1 : index] if index else "", text[index + 1 : index + 2]
    return (not before or before.isspace() or before in "([—–-/") and bool(behind) and not behind.isspace()


def _is_apostrophe(text: str, index: int) -> bool:
    return text[index + 1 : index + 2].isalnum()


def strip_outer(text: str) -> tuple[str, bool]:
    """``text`` without the marks around the whole of it, and whether they were well formed.

    ``“All of it.”`` -> all of it. ``“A paragraph that goes on in the next`` (opened, not closed) loses its first mark.
    ``“Yes,” she said.`` is narration around a quotation and stays as it is, reported as not well formed.
    """
    if not opens(text):
        return text, False
    end = close_of(text)
    if end is None:
        inner = text[1:]
        # An inner quotation at the very end takes the closing mark for itself; the outer one was left out.
        return inner.strip(), True
    tail = text[end + 1 :]
    if tail.strip(_SENTENCE_ENDS + " "):
        return text, False
    return (text[1:end] + tail).strip(), True
