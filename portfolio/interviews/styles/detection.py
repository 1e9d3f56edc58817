"""Style detection: the first style that a text can be read in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from portfolio.interviews.paragraphs import Paragraph
from portfolio.interviews.questions import has_question_mark
from portfolio.interviews.speakers import Speakers
from portfolio.interviews.styles.bare import read_bare
from portfolio.interviews.styles.dashes import read_dashes
from portfolio.interviews.styles.dialogue import Dialogue, DialoguePart, ParagraphReading, Style
from portfolio.interviews.styles.labels import read_labels
from portfolio.interviews.styles.marked import read_marked
from portfolio.interviews.styles.paragraph_marks import HEADING, heading_text
from portfolio.interviews.styles.quotes import read_quotes
from portfolio.interviews.transcripts import is_count, is_noise, is_subtitles


def read_parts(paragraphs: Sequence[Paragraph]) -> Dialogue:
    """The style of the text and each paragraph's part in it. The first paragraph is the title and takes no part."""
    texts = [paragraph.text for paragraph in paragraphs]
    noise = [is_noise(text) for text in texts]
    if is_subtitles(texts):
        noise = [is_silent or is_count(text) for is_silent, text in zip(noise, texts, strict=True)]
    spoken = ["" if is_silent else text for text, is_silent in zip(texts, noise, strict=True)]
    for style, read in _READERS.items():
        result = read(spoken)
        if result is None:
            continue
        readings, speakers = result if isinstance(result, tuple) else (result, None)
        readings = [
            ParagraphReading(DialoguePart.NOISE, "") if is_silent else reading
            for is_silent, reading in zip(noise, readings, strict=True)
        ]
        # Where the text begins with a label, it has no title.
        is_turn = {DialoguePart.QUESTION, DialoguePart.ANSWER, DialoguePart.NOISE}
        if readings and not (speakers and readings[0].part in is_turn):
            readings[0] = ParagraphReading(DialoguePart.PLAIN, texts[0])
        return Dialogue(style, _with_headings(style, readings), speakers)
    return Dialogue(Style.BARE, [])


def _with_headings(style: Style, readings: Sequence[ParagraphReading]) -> list[ParagraphReading]:
    """Headings in Markdown are headings in every style, but where an answer follows they may ask."""
    result = list(readings)
    next_part = DialoguePart.PLAIN  # of the next paragraph that is no noise
    for index in range(len(readings) - 1, -1, -1):
        reading, following = readings[index], next_part
        next_part = reading.part if reading.text else next_part
        match = HEADING.fullmatch(reading.text) if index and reading.part is DialoguePart.PLAIN else None
        asks = match is not None and (
            has_question_mark(reading.text) or (style is Style.QUOTES and following is DialoguePart.ANSWER)
        )
        if match and not asks:
            result[index] = ParagraphReading(DialoguePart.HEADING, heading_text(match))
    return result


Reader = Callable[[Sequence[str]], list[ParagraphReading] | tuple[list[ParagraphReading], Speakers] | None]
_READERS: Mapping[Style, Reader] = {
    Style.LABELS: read_labels,
    Style.QUOTES: read_quotes,
    Style.DASHES: read_dashes,
    Style.MARKED: read_marked,
    Style.BARE: read_bare,
}
