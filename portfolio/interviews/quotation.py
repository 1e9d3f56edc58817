"""Quotation marks around speech, in the styles of several languages."""

from __future__ import annotations

# Opening mark -> closing marks. „ is closed by the English opening mark; Danish and some German books reverse the
# guillemets; Swedish opens and closes with the same mark.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "”": "”", "‘": "’", "‹": "›", "「": "」", "『": "』"}
_SENTENCE_ENDS = ".,;!?…。，、！？．"


def opens(text: str) -> bool:
    """Whether a paragraph begins with an opening quotation mark (not an apostrophe: "‘90s", "'tis")."""
    if not text or text[0] not in _CLOSERS:
        return False
    return text[0] != "‘" or not text[1:2].isdigit()


def closes(text: str) -> bool:
    """Whether a paragraph ends with a closing quotation mark, with or without a full stop after it."""
    return text.rstrip(_SENTENCE_ENDS)[-1:] in set('”»"“«›」』') or text[-1:] == "’"


def close_of(text: str) -> int | None:
    """Return the index of the mark that closes the one at the start of ``text``; None if it stays open.

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
    """Whether a mark with the same form at both ends is an opening one: after a space, before a word."""
    before, behind = text[index - 1 : index] if index else "", text[index + 1 : index + 2]
    return (not before or before.isspace() or before in "([—–-/") and bool(behind) and not behind.isspace()


def _is_apostrophe(text: str, index: int) -> bool:
    return text[index + 1 : index + 2].isalnum()


def strip_outer(text: str) -> tuple[str, bool]:
    """Return ``text`` without the marks around all of it, and whether they were well formed.

    ``“All of it.”`` -> all of it. ``“A paragraph that goes on in the next`` (opened, not closed) loses its first mark.
    ``“Yes,” she said.`` is narration around a quotation and stays as it is, reported as not well formed.
    """
    if not opens(text):
        return text, False
    end = close_of(text)
    if end is None:
        inner = text[1:]
        # A quotation at the end uses the closing mark, so the outer one is missing.
        return inner.strip(), True
    tail = text[end + 1 :]
    if tail.strip(_SENTENCE_ENDS + " "):
        return text, False
    return (text[1:end] + tail).strip(), True
