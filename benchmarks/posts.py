"""Made-up posts, the same ones every time, and a Jekyll site of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORDS = (
    "tide water gauge sensor current harbour signal clock drift measure table model wave season depth cable sample "
    "noise buoy pressure record moon estuary channel pump valve float chart error average night winter storm"
).split()
CONFIG = "title: Notes from the estuary\nurl: https://estuary.example\npermalink: /:year/:month/:day/:title.html\n"
LAYOUT = """<!DOCTYPE html>
<html><head><title>{{ page.title }}</title></head>
<body><article><h1>{{ page.title }}</h1><time>{{ page.date | date: "%Y-%m-%d" }}</time>
{{ content }}</article></body></html>
"""
BYTES = 6000


@dataclass(frozen=True)
class Post:
    """A post; ``date`` is a day (``2003-04-17``), ``text`` its Markdown."""

    number: int
    date: str
    title: str
    front_matter: str
    text: str

    @property
    def source(self) -> str:
        return f"{self.front_matter}\n\n{self.text}\n"


def write_site(root: Path, count: int) -> None:
    """Write ``count`` posts below ``root``, with a configuration and a layout."""
    folder, layouts = root / "_posts", root / "_layouts"
    folder.mkdir(parents=True)
    layouts.mkdir()
    (root / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (layouts / "post.html").write_text(LAYOUT, encoding="utf-8")
    for post in posts(count):
        (folder / f"{post.date}-entry-{post.number}.md").write_text(post.source, encoding="utf-8")


def posts(count: int) -> Iterator[Post]:
    """``count`` posts of about 6 kB each."""
    chance = random.Random(1966)  # noqa: S311 - the same posts every time
    for number in range(count):
        day = f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
        yield make_post(chance, number, day)


def make_post(chance: random.Random, number: int, day: str) -> Post:
    """Headings, paragraphs with marks and links, lists, and now and then a listing, a table or a quotation."""
    tags = ", ".join(chance.sample(WORDS, 2))
    title = f"{number} {sentence(chance)[:40]}"
    front_matter = (
        f"---\nlayout: post\ntitle: {title}\ndate: {day} 10:00:00 +0000\n"
        f"categories: [{chance.choice(WORDS[:8])}]\ntags: [{tags}]\n---"
    )
    parts: list[str] = []
    while len(front_matter) + sum(map(len, parts)) < BYTES:
        parts.append(f"## {sentence(chance)[:-1]}")
        parts.extend(paragraph(chance) for _ in range(2))
        parts.append("\n".join(f"* {sentence(chance)}" for _ in range(4)))
        parts.extend(extra for extra, share in extras(chance) if chance.random() < share)
    return Post(number, day, title, front_matter, "\n\n".join(parts))


def extras(chance: random.Random) -> list[tuple[str, float]]:
    """What only some sections have, and how many of them."""
    listing = "\n".join(f"{chance.choice(WORDS)} = {chance.randint(1, 99)} * {chance.choice(WORDS)}" for _ in range(6))
    rows = "\n".join(f"| {chance.choice(WORDS)} | {chance.randint(1, 99)} |" for _ in range(4))
    return [
        (f"```python\n{listing}\n```", 0.5),
        (f"| what | how much |\n|---|---:|\n{rows}", 0.2),
        (f"> {sentence(chance)}", 0.2),
    ]


def paragraph(chance: random.Random) -> str:
    sentences = [sentence(chance) for _ in range(chance.randint(3, 6))]
    sentences[0] = sentences[0].replace("water", "**water**").replace("clock", "*clock*").replace("pump", "`pump`")
    sentences[-1] += f" See [this](https://estuary.example.org/{chance.randint(1, 999)})."
    return "\n".join(sentences)


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(8, 16))).capitalize() + "."
