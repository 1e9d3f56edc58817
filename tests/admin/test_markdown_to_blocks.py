"""A body as Markdown and back: what was not touched is as it was, what was touched becomes what it says."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.admin.markdown_editing.conversion import InvalidText
from portfolio.admin.markdown_editing.markdown_to_blocks import parse_body
from portfolio.admin.markdown_editing.page_markdown import blocks_as_markdown, join_block_texts
from portfolio.blocks import BodyBlocks
from tests import builders

pytestmark = pytest.mark.django_db

TEXT = ("text", "<p>The gauge stood <b>dry</b> at noon.</p><p>Nobody saw it.</p>")
QUOTE = ("quote", {"text": "<p>Salt is patient.</p>", "source": "Tor Aune", "url": ""})
HEADING = ("heading", {"text": "Low water", "level": "2", "anchor": ""})
CODE = ("code", {"language": "jinja", "code": "{{ level }}\n\n{% raw %}", "title": "", "highlight": ""})
LIST = ("text", "<ul><li>one</li></ul>")
KEPT = (
    "markdown",
    {"source": "Term\n: [gauge]\n\n[gauge]: /gauge/", "flavour": "kramdown", "base": "/old/", "settings": ""},
)
TABLE = (
    "table",
    {"caption": "Highest water", "columns": [{"type": "text", "heading": "Pier"}], "rows": [{"values": ["<p>1</p>"]}]},
)


def image(pk: int, **more) -> tuple[str, dict]:
    picture = {"image": pk, "decorative": False, "alt_text": "Rust"}
    return (
        "image",
        {"image": picture, "caption": "", "credit": "", "size": "column", "align": "", "link": "", "title": "", **more},
    )


def gallery(pk: int) -> tuple[str, dict]:
    picture = {"image": {"image": pk, "decorative": False, "alt_text": "Rust"}, "caption": ""}
    return ("gallery", {"images": [picture], "caption": "<p>One day.</p>"})


def body(*blocks):
    value = BodyBlocks().to_python(
        [{"type": kind, "value": value, "id": f"{number}" * 8} for number, (kind, value) in enumerate(blocks, 1)]
    )
    return blocks_as_markdown(value)


def taken(text: str, pieces):
    return parse_body(text, pieces, BodyBlocks()).blocks


def everything():
    pk = builders.picture().pk
    return body(HEADING, TEXT, LIST, LIST, QUOTE, CODE, KEPT, TABLE, image(pk), gallery(pk), ("divider", None))


def test_nothing_changes_beside_a_paragraph_that_was_added():
    pieces = everything()
    blocks = taken(join_block_texts(pieces) + "\nAnd one more.\n", pieces)

    assert blocks[:-1] == [piece.block for piece in pieces]
    assert blocks[-1]["type"] == "text"
    assert blocks[-1]["value"] == "<p>And one more.</p>"


def test_edited_paragraph_stays_the_block_that_it_was():
    pieces = everything()
    blocks = taken(join_block_texts(pieces).replace("Nobody saw it", "Ines saw it"), pieces)

    assert [block["id"] for block in blocks] == [piece.block["id"] for piece in pieces]
    assert blocks[1]["value"] == "<p>The gauge stood <b>dry</b> at noon.</p><p>Ines saw it.</p>"
    assert [block for place, block in enumerate(blocks) if place != 1] == [
        piece.block for place, piece in enumerate(pieces) if place != 1
    ]


def test_blocks_that_changed_places_are_the_same_blocks():
    pieces = [
        piece for piece in everything() if piece.block["id"] != "4" * 8
    ]  # of two alike nobody can tell which moved
    turned = pieces[::-1]
    assert taken(join_block_texts(turned), pieces) == [piece.block for piece in turned]


def test_deleted_text_deletes_its_block_and_no_other():
    pieces = everything()
    assert taken(join_block_texts(pieces[:4] + pieces[5:]), pieces) == [
        piece.block for piece in pieces[:4] + pieces[5:]
    ]


def test_block_without_a_form_stands_as_one_line_and_may_be_there_twice():
    pieces = body(TEXT, gallery(builders.picture().pk))
    line = pieces[1].text
    assert "\n" not in line
    assert "One day." in line

    first, second = taken(f"{line}\n\n{line}", pieces)
    assert first == pieces[1].block
    assert second["value"] == first["value"]
    assert second["id"] != first["id"]


def test_line_for_a_block_that_is_gone_is_refused_with_its_number():
    with pytest.raises(InvalidText) as caught:
        taken("Words.\n\n<!-- block 99999999 (gallery): edit it in the form -->", body(TEXT))
    assert caught.value.lines[0][0] == 3


def test_all_kinds_of_new_text_become_native_blocks():
    text = "## Part\n\nWords.\n\n> Quoted\n\n```python\nx = 1\n```\n\n"
    text += "| A | B |\n|---|--:|\n| 1 | 2 |\n\n$$\nx^2\n$$\n\n* * *\n"
    kinds = [block["type"] for block in taken(text, [])]
    assert kinds == ["heading", "text", "quote", "code", "table", "math", "divider"]


def test_marks_that_were_opened_above_take_in_what_stands_below():
    pieces = body(TEXT, QUOTE)
    (code,) = taken("```\n" + join_block_texts(pieces) + "```\n", pieces)
    assert code["type"] == "code"
    assert "Nobody saw it." in code["value"]["code"]
    assert "Salt is patient." in code["value"]["code"]


def test_kept_markdown_defines_links_for_new_text():
    pieces = body(KEPT)
    blocks = taken(join_block_texts(pieces) + "\nSee [the gauge][gauge].\n", pieces)
    assert blocks[0] == pieces[0].block
    assert '<a href="/gauge/">' in blocks[1]["value"]


def test_changed_markdown_block_is_still_read_from_its_old_address():
    pieces = body(KEPT)
    (block,) = taken(join_block_texts(pieces).replace("Term", "Word"), pieces)
    assert block["id"] == pieces[0].block["id"]
    assert block["value"]["base"] == "/old/"
    assert block["value"]["source"].startswith("Word")


FENCES = """Before
```python title="tide.py" {1,3-4} showLineNumbers
a = 1
```
Between

```go {2} now
b
```
{: data-highlight="1"}

- item

  ```py title="x"
  c
  ```
  ```py {1}
  d
  ```

```sh title="open"
no end
"""


def test_listing_has_what_stands_behind_its_language_or_a_note():
    parsed = parse_body(FENCES, [], BodyBlocks())
    assert [block["type"] for block in parsed.blocks] == ["text", "code", "text", "code", "markdown", "text"]
    first, second = (block["value"] for block in parsed.blocks if block["type"] == "code")
    listing = {"language": "python", "code": "a = 1", "title": "tide.py", "highlight": "1,3-4", "numbered": True}
    assert first == listing
    assert (second["language"], second["highlight"]) == ("go", "1")
    assert parsed.blocks[4]["value"]["source"] == (
        '- item\n\n  ```py\n  c\n  ```\n  {: title="x"}\n  ```py\n  d\n  ```\n  {: data-highlight="1"}'
    )
    assert [(line, message.partition(" ")[0]) for line, message in parsed.notes] == [
        (7, "“now”"), (14, "of"), (17, "of"), (21, "the"),
    ]  # fmt: skip

    written = blocks_as_markdown(BodyBlocks().to_python(parsed.blocks))
    again = parse_body(join_block_texts(written), [], BodyBlocks())
    assert [block["value"] for block in again.blocks] == [block["value"] for block in parsed.blocks]


def test_listing_in_kept_markdown_stays_as_it_is_beside_an_edit():
    source = '```py title="kept" more\nx\n```\n\nTerm\n: one'
    pieces = body(("markdown", {**KEPT[1], "source": source}))
    parsed = parse_body(f'{join_block_texts(pieces)}\n```py title="new"\ny\n```\n', pieces, BodyBlocks())
    assert parsed.blocks[0] == pieces[0].block
    assert [block["value"]["title"] for block in parsed.blocks[1:]] == ["new"]
    assert not parsed.notes


def test_question_written_above_a_paragraph_takes_it_as_its_answer():
    pieces = body(TEXT)
    (block,) = taken("### And then?\n{: .question}\n\n" + join_block_texts(pieces), pieces)
    assert block["type"] == "question_answer"
    assert block["value"]["question"] == "And then?"
    assert "Nobody saw it." in block["value"]["answer"]


def test_links_and_pictures_keep_what_they_lead_to():
    other = builders.post(title="Other")
    picture = builders.picture()
    pieces = body(
        ("text", f'<p>See <a linktype="page" id="{other.pk}">it</a>.</p>'), image(picture.pk, caption="<p>Old</p>")
    )
    text = join_block_texts(pieces).replace("See", "Look at").replace("Old", "New")
    first, second = taken(text, pieces)

    assert f'<a linktype="page" id="{other.pk}">it</a>' in first["value"]
    assert second["value"]["image"] == {"image": picture.pk, "decorative": False, "alt_text": "Rust"}
    assert second["value"]["caption"] == "<p>New</p>"


def test_picture_without_alt_text_waits_for_one_and_is_decorative_only_if_it_was():
    address, other = builders.picture().file.url, builders.picture("olive")
    new = parse_body(f"Words.\n\n![]({address})\n", [], BodyBlocks())
    assert new.blocks[1]["value"]["image"] | {"image": 0} == {"image": 0, "decorative": False, "alt_text": ""}
    assert [line for line, note in new.notes if "alt text" in note] == [3]

    pieces = body(image(other.pk, image={"image": other.pk, "decorative": True, "alt_text": ""}, caption="<p>Old</p>"))
    found = parse_body(join_block_texts(pieces).replace("Old", "New"), pieces, BodyBlocks())
    assert found.blocks[0]["value"]["image"]["decorative"] is True
    assert found.notes == []


@pytest.mark.parametrize(
    "text",
    [
        "It's \"dry\" -- he said... 'so'\n",
        "Code `it\\'s` and \\*no emphasis\\*\n",
        "## A \"quoted\" 'heading' -- long\n",
        "\\-\\-\\-\n",  # which would be a rule
        "|  | Level |\n| --- | ---: |\n| Mon | 3 |\n",
        "|  |  |\n| --- | --- |\n| Mon | \\-- |\n".replace("\\--", "\\-\\-"),
        "1. one\n   - two\n2. three\n",
    ],
)
def test_text_stays_as_it_was_typed(text):
    stored = BodyBlocks().to_python(parse_body(text, [], BodyBlocks()).blocks)
    assert join_block_texts(blocks_as_markdown(stored)) == text


@pytest.mark.parametrize(
    "name", ["The *Gull*", "_Gull_", "`gull`", "[Gull](x)", "$$g$$", "~~g~~", "g\\", "{g}", "1\\. g"]
)
def test_source_of_a_quote_is_plain_text(name):
    pieces = body(("quote", {**QUOTE[1], "source": name}), ("pull_quote", {"text": "Salt.", "attribution": name}))
    found = parse_body(join_block_texts(pieces), [], BodyBlocks()).blocks
    assert [block["value"].get("source") or block["value"]["attribution"] for block in found] == [name, name]


@pytest.mark.parametrize("words", ["1984. A year", "1) A year", "# Low water", "> 3 metres", "- below zero", "^ above"])
def test_pull_quote_stays_a_sentence_whatever_it_begins_with(words):
    pieces = body(("pull_quote", {"text": words, "attribution": "Tor Aune"}))
    found = taken(join_block_texts(pieces).replace("Tor Aune", "Ilse Haverkamp"), pieces)
    assert [(block["type"], block["value"]["text"]) for block in found] == [("pull_quote", words)]
    assert found[0]["value"]["attribution"] == "Ilse Haverkamp"


def test_table_without_names_of_columns_is_shown_and_edited_as_a_table():
    columns = [{"type": "text", "heading": ""}, {"type": "number", "heading": ""}]
    pieces = body(("table", {"caption": "", "columns": columns, "rows": [{"values": ["<p>Mon</p>", "<p>3</p>"]}]}))
    text = join_block_texts(pieces)
    assert text == "|  |  |\n| --- | ---: |\n| Mon | 3 |\n"
    (table,) = taken(text.replace("3", "4"), pieces)
    assert table["value"]["columns"] == columns
    assert table["value"]["rows"] == [{"values": ["<p>Mon</p>", "<p>4</p>"]}]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1) one\n2) two\n   1) inside\n", "1. one\n2. two\n   1. inside\n"),
        ("Words.\n\n1) one\n", "Words.\n\n1. one\n"),
        ("```\n1) code\n```\n", "```\n1) code\n```\n"),
        ("1\\) no list\n", "1\\) no list\n"),
        ("Words\n1) go on\n", "Words 1) go on\n"),
    ],
)
def test_numbers_with_a_parenthesis_begin_a_list(text, shown):
    stored = BodyBlocks().to_python(parse_body(text, [], BodyBlocks()).blocks)
    assert join_block_texts(blocks_as_markdown(stored)) == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1) Install:\n\n    ```\n    2) keep me\n    ```\n", "2) keep me"),
        ("<pre>\n\n1) foo\n</pre>\n", "1) foo"),
        ("```\n```js\n\n1) x\n```\n", "1) x"),
        ("$$\nx\n\n1) y\n$$\n", "1) y"),
    ],
)
def test_numbers_with_a_parenthesis_in_code_and_formulas_stay(text, code):
    assert code in json.dumps(parse_body(text, [], BodyBlocks()).blocks)


def test_picture_that_nobody_has_is_told_of_and_not_lost():
    found = parse_body("Words.\n\n![Rust](/assets/none.png)\n", [], BodyBlocks())
    assert found.blocks[1]["type"] == "markdown"
    assert found.notes == [(3, "no picture here has the address /assets/none.png; it stays as it is written")]


def test_scripts_are_told_of_and_never_shown():
    found = parse_body('Words.\n\n<div onclick="x()">A</div>\n\n<script>alert(1)</script>\n', [], BodyBlocks())
    page = builders.post(body=json.dumps(found.blocks))
    html = page.body.render_as_block()
    assert "alert(1)" not in html
    assert "onclick" not in html
    assert [line for line, _ in found.notes] == [3, 5]


def test_front_matter_is_refused_where_there_is_only_a_body():
    with pytest.raises(InvalidText) as caught:
        taken("---\ntitle: A\n---\nWords.\n", body(TEXT))
    assert caught.value.lines[0][0] == 1


def test_front_matter_that_cannot_be_read_is_told_with_its_line():
    with pytest.raises(InvalidText) as caught:
        taken("---\ntitle: [A\n---\nWords.\n", [])
    assert caught.value.lines[0][0] in (2, 3)


def test_new_block_that_the_form_would_refuse_is_told_with_its_line():
    with pytest.raises(InvalidText) as caught:
        taken("Words.\n\n## " + "long " * 100 + "\n", body(TEXT))
    assert caught.value.lines[0][0] == 3


def test_text_that_is_too_long_is_refused_before_it_is_read():
    with pytest.raises(InvalidText, match="more than"):
        taken("x" * 1_100_000, [])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from([HEADING, TEXT, LIST, QUOTE, CODE, KEPT, TABLE, ("divider", None)]), min_size=1, max_size=6
    ),
    st.data(),
)
def test_whatever_stands_around_an_edit_is_as_it_was(blocks, data):
    pieces = body(*blocks)
    place = data.draw(st.integers(0, len(pieces)))
    text = join_block_texts(pieces[:place]) + "\nA line of its own.\n\n" + join_block_texts(pieces[place:])
    found = taken(text, pieces)
    new = [block for block in found if block["value"] == "<p>A line of its own.</p>"]

    assert len(new) == 1
    assert sorted((block["type"], json.dumps(block["value"])) for block in found if block not in new) == sorted(
        (piece.block["type"], json.dumps(piece.block["value"])) for piece in pieces
    )


STARTS = (
    "1984. A year.", "000. x", "12345678901. x", "1.", "1... x", "1.5 x", "1) x", "1\\. x", "- Yes, she said.", "-",
    "-- x", "- - -", "---", "-x", "\\- x", "+ x", "* x", "# x", "#x", "&gt; x", "&gt;x", "[x]", "[x]: /y", "[^1]: x",
    "[x](y)", ": x", "= x", "===", "| x", "^", "{: .x}", "$$ x $$", "~~~", "```", "&lt;pre&gt;", "&lt;!-- x --&gt;",
    "<code>- x</code>", "<code>1. x</code>", "<code>it\\'s \\-</code>", "<code>...</code>", "<code>a`b</code>",
    "<code>{% endraw %}</code>", "<code>{{ x }}{% endraw %}</code>", "<code>$$ x $$</code>", "<b>1.</b> x",
    '<a href="https://a.example/it\'s\\.x`">- x</a> `',
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "<p>{}</p>", "<p>Kiel<br/>{}</p>", "<p>{}<br/>Kiel</p>", "<ul><li>{}</li><li>b<br/>{}</li></ul>",
        "<ol><li>{}</li><li>b<ol><li>{}</li></ol></li></ol>",
    ],
)  # fmt: skip
def test_beginnings_of_lines_are_kept_beside_an_edit(line):
    values = ["<p>Born in Kiel.</p>" + line.replace("{}", start) for start in STARTS]
    pieces = body(*(block for value in values for block in (("text", value), ("divider", None))))
    blocks = taken(join_block_texts(pieces).replace("Born in Kiel", "Born in Bonn"), pieces)
    found = [str(block["value"]).replace("<br/> ", "<br/>") for block in blocks[::2]]
    assert found == [value.replace("Born in Kiel", "Born in Bonn") for value in values]


@pytest.mark.parametrize("cell", ["1. x", "- x", "-", "# x", "+ x", "1984.", "<code>{% endraw %}</code>"])
def test_beginnings_of_cells_are_kept_beside_an_edit(cell):
    rows = [{"values": [f"<p>{cell}</p>"]}, {"values": ["<p>Kiel</p>"]}]
    pieces = body(("table", {**TABLE[1], "caption": "", "rows": rows}))
    (table,) = taken(join_block_texts(pieces).replace("Kiel", "Bonn"), pieces)
    assert [row["values"] for row in table["value"]["rows"]] == [[f"<p>{cell}</p>"], ["<p>Bonn</p>"]]
