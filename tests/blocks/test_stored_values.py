"""What is told of a block from its stored value is what Wagtail says when it is asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField

from portfolio.blocks import BodyBlocks, stored_values

BLOCKS = BodyBlocks()
WORDS = st.sampled_from(
    ["tide", " ", "", "\n", "é“x”", "&amp;", "\0", "2,4-6", "1", "7", "a b", "#x", "x" * 60, "y" * 210, "z" * 310]
)
MARKS = st.sampled_from(
    [
        "<p>tide</p>", "<p>a<br/>b</p>", "<ul><li>one</li><li><b>two</b></li></ul>", '<a href="/x">x</a>',
        '<a linktype="page" id="3">x</a>', '<a linktype="document" id="4">x</a>', '<a id="3">x</a>', "<h2>tide</h2>",
        '<embed embedtype="image" id="5" alt="x" format="left"/>', "<blockquote>x</blockquote>", "a < b",
    ]
)  # fmt: skip
RICH = st.lists(st.one_of(WORDS, MARKS), max_size=3).map("".join)
ADDRESS = st.sampled_from(["", "https://saltmarsh.example/", "nowhere", " "])


def table(cells: list[str], heading: str, caption: str) -> dict[str, Any]:
    columns = [{"type": "text", "heading": heading}, {"type": "number", "heading": "b"}]
    return {"columns": columns, "rows": [{"values": [cell, "1"]} for cell in cells], "caption": caption}


VALUES = st.one_of(
    st.tuples(st.just("text"), RICH),
    st.tuples(st.just("divider"), st.none()),
    st.tuples(st.just("heading"), st.fixed_dictionaries({"text": WORDS, "level": WORDS, "anchor": WORDS})),
    st.tuples(
        st.just("code"),
        st.fixed_dictionaries({"language": WORDS, "code": WORDS, "title": WORDS, "highlight": WORDS}),
    ),
    st.tuples(st.just("quote"), st.fixed_dictionaries({"text": RICH, "source": WORDS, "url": ADDRESS})),
    st.tuples(st.just("table"), st.builds(table, st.lists(RICH, max_size=2), WORDS, WORDS)),
    st.tuples(st.just("math"), st.fixed_dictionaries({"tex": WORDS})),
)
BODIES = st.lists(VALUES, max_size=4).map(
    lambda values: [{"type": kind, "value": value, "id": str(place)} for place, (kind, value) in enumerate(values)]
)


def lazy(raw: list[dict[str, Any]]) -> StreamValue:
    return StreamValue(BLOCKS, raw, is_lazy=True)


def errors(check: Any, body: StreamValue) -> set[int]:
    """The places of the blocks that are refused."""
    try:
        check(body)
    except StreamBlockValidationError as error:
        return set(error.block_errors)
    return set()


@settings(max_examples=600, deadline=None)
@given(BODIES)
def test_bodies_are_checked_searched_and_followed_as_wagtail_does_it(raw: list[dict[str, Any]]) -> None:
    assert errors(stored_values.check, lazy(raw)) == errors(BLOCKS.clean, lazy(raw))
    assert stored_values.searched_in(lazy(raw)) == BLOCKS.get_searchable_content(lazy(raw))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("heading", {"text": "Tides", "level": "2", "anchor": ""}),
        ("code", {"language": "sql", "code": "SELECT 1", "title": "x.sql", "highlight": ""}),
        ("quote", {"text": "<p>Wait.</p>", "source": "Ada", "url": ""}),
        ("table", table(["<p>a</p>"], "a", "Tides")),
        ("math", {"tex": "x"}),
    ],
)
def test_words_of_a_value_of_which_a_program_has_stored_a_part_are_those_that_wagtail_finds(
    kind: str, value: dict[str, Any]
) -> None:
    for name in value:
        for part in ({key: value[key] for key in value if key != name}, {**value, name: None}):
            raw = [{"type": kind, "value": part, "id": "1"}]
            try:
                expected = BLOCKS.get_searchable_content(lazy(raw))
            except (TypeError, AttributeError, KeyError):
                continue  # nor does Wagtail know what it is
            assert stored_values.searched_in(lazy(raw)) == expected, part
    assert list(stored_values.references(lazy(raw))) == list(BLOCKS.extract_references(lazy(raw)))


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_values_are_stored_as_they_would_be_after_a_look_at_them(value: tuple[str, Any]) -> None:
    kind, raw = value
    block = BLOCKS.child_blocks[kind]
    is_asked = block.stored_search_text(raw) is None
    assert is_asked or kind == "heading" or block.get_prep_value(block.to_python(raw)) == raw


def test_plain_blocks_are_never_made_values(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = [
        {"type": "text", "value": "<p>The <b>tide</b> table</p>", "id": "a"},
        {"type": "heading", "value": {"text": "Tides", "level": "2", "anchor": "tides"}, "id": "b"},
        {"type": "code", "value": {"language": "", "code": "x", "title": "", "highlight": "1"}, "id": "c"},
        {"type": "quote", "value": {"text": "<p>Wait.</p>", "source": "", "url": ""}, "id": "d"},
        {"type": "table", "value": table(["<p>x</p>"], "a", ""), "id": "e"},
        {"type": "divider", "value": None, "id": "f"},
    ]
    body = lazy(raw)
    monkeypatch.setattr(StreamValue, "__getitem__", lambda self, place: pytest.fail("a block was asked"))
    stored_values.check(body)
    assert stored_values.searched_in(body) == ["The tide table", "Tides", "x", "", "Wait.", "", "a", "b", "x", "1"]
    assert list(stored_values.references(body)) == []


def test_bodies_have_no_rules_for_the_whole() -> None:
    """Rules on how many blocks there may be would be Wagtail's to check; ours looks at one block at a time."""
    streams = [
        field.stream_block
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField) and model._meta.app_label in ("blog", "experience", "portfolio")
    ]
    assert streams
    for stream in (stream for stream in streams if isinstance(stream, BodyBlocks)):
        meta = stream.meta
        assert (meta.min_num, meta.max_num, meta.block_counts) == (None, None, {})


def test_a_block_that_is_refused_is_named() -> None:
    raw = [{"type": "heading", "value": {"text": "Tides", "level": "9", "anchor": ""}, "id": "a"}]
    with pytest.raises(ValidationError) as caught:
        stored_values.check(lazy(raw))
    assert set(caught.value.block_errors) == {0}
