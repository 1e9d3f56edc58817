"""Labelled turns: paragraphs begin with who speaks, as "Q:" and "A:" or by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from portfolio.interviews.bylines import byline_pieces
from portfolio.interviews.header import interviewee_of, is_interviewee_line, is_small_line
from portfolio.interviews.kinds import LineKind
from portfolio.interviews.naming import Named, named_in_title, same_person
from portfolio.interviews.quotation import strip_outer
from portfolio.interviews.speakers import Label, Speakers, is_role_word, speaker_label, who_speaks
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading

# Among the first lines the title is looked for.
_FIRST_LINES = 6
_LONGEST_TITLE = 300
_SENTENCE_ENDS = '.?!…"”»。？！'


def read_labels(texts: Sequence[str]) -> tuple[list[ParagraphReading], Speakers] | None:
    """The readings and who speaks; None where labels do not say who asks and who answers."""
    labels = [speaker_label(text) for text in texts]
    turns = Counter(label.speaker for label in labels if label)
    labels = [
        None if label and turns[label.speaker] == 1 and is_small_line(text) else label
        for label, text in zip(labels, texts, strict=True)
    ]
    speakers = _speakers(texts, labels)
    if speakers is None:
        return None
    timed = sum(not text for text in texts) >= 2  # times of a recording stand between the turns
    several = {answers: _are_several(speakers.people(answering=answers)) for answers in (True, False)}
    readings: list[ParagraphReading] = []
    last, cut = "", False
    # A label on a line of its own: the next paragraph is what it labels.
    open_label: tuple[DialoguePart, str] | None = None
    for text, label in zip(texts, labels, strict=True):
        if not text:
            readings.append(ParagraphReading(DialoguePart.PLAIN, text))
            continue
        answers = speakers.answers.get(label.speaker) if label else None
        if label and answers is not None:
            part = DialoguePart.ANSWER if answers else DialoguePart.QUESTION
            # Where several people answer, a reader must see who says what.
            prefix = f"{label.speaker}: " if several[answers] else ""
            if speakers.names[label.speaker] in speakers.shaky:
                readings.append(ParagraphReading(part, text, certain=False))
                open_label = None
                continue
            joins = label.speaker == last and cut
            turn = strip_outer(label.text)[0]
            readings.append(ParagraphReading(part, ("" if joins else prefix) + turn if turn else "", joins=joins))
            last, cut = label.speaker, bool(label.text) and timed and label.text[-1] not in _SENTENCE_ENDS
            open_label = None if label.text else (part, prefix)
        elif open_label:
            part, prefix = open_label
            readings.append(ParagraphReading(part, prefix + strip_outer(text)[0]))
            open_label = None
        else:
            readings.append(ParagraphReading(DialoguePart.PLAIN, text))
    return readings, speakers


def _speakers(texts: Sequence[str], labels: Sequence[Label | None]) -> Speakers | None:
    """Who asks and who answers, by what the labelled turns say and who is named above the first."""
    first = next((index for index, label in enumerate(labels) if index and label), 0)
    following = _following_texts(texts)
    turns = [
        Label(label.speaker, label.text or following[index]) for index, label in enumerate(labels) if label and index
    ]
    speakers = who_speaks(turns, named_above(texts[: max(first, 1)]))
    # A text that begins with a label has no title.
    if labels and labels[0] and (speakers is None or labels[0].speaker in speakers.answers):
        speakers = who_speaks([Label(labels[0].speaker, labels[0].text or " ".join(texts[1:2])), *turns]) or speakers
    return speakers


def named_above(texts: Iterable[str]) -> Named:
    """Who answers and who asks, as the title, a line such as "Guest: …" and the byline say."""
    answers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    for index, text in enumerate([text for text in texts if text][:_FIRST_LINES]):
        pieces = [] if not index else byline_pieces(text)
        if index and is_interviewee_line(text):
            answers += (interviewee_of(text)[0],)
        elif pieces:
            asks += tuple(piece.text for piece in pieces if piece.kind is LineKind.BYLINE and piece.certain)
        elif not answers and len(text) <= _LONGEST_TITLE and ((named := named_in_title(text)).certain or not index):
            answers, asks = named.answers, (*asks, *named.asks)
    return Named(answers, tuple(name for name in asks if not any(same_person(name, other) for other in answers)))


def _following_texts(texts: Sequence[str]) -> list[str]:
    """For each paragraph the next one that is no noise, "" for none."""
    result, following = [], ""
    for text in reversed(texts):
        result.append(following)
        following = text or following
    return result[::-1]


def _are_several(people: Sequence[str]) -> bool:
    """Whether labels name more than one person; "Q" and "Question" name nobody."""
    return sum(not is_role_word(name) for name in people) > 1
