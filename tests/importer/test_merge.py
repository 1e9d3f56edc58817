"""Three-way merge: the source's changes go in, an editor's never go out."""

from __future__ import annotations

import pytest

from portfolio.importer.merge.three_way import elements, merge_blocks, merge_pages, merge_sets, merge_texts, merge_value


def blocks(*parts: str) -> list[dict[str, str]]:
    """``"id:type:value"`` each; the type may be left out and is then ``code``."""
    made = []
    for part in parts:
        name, *rest = part.split(":")
        made.append({"id": name, "type": rest[0] if len(rest) == 2 else "code", "value": rest[-1]})
    return made


def values(found: list[dict[str, str]]) -> list[str]:
    return [block["value"] for block in found]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "kept", "conflict"),
    [
        (1, 1, 1, 1, False),
        (1, 2, 1, 2, False),
        (1, 1, 3, 3, False),
        (1, 2, 2, 2, False),
        (1, 2, 3, 2, True),
        (None, None, 3, 3, False),
        ("<p>a</p>", '<p data-block-key="k1">a</p>', "<p>b</p>", "<p>b</p>", False),
    ],
)
def test_a_value_follows_the_side_that_changed_it(
    base: object, ours: object, theirs: object, kept: object, conflict: bool
) -> None:
    assert merge_value(base, ours, theirs) == (kept, conflict)


def test_sets_take_what_the_source_added_and_lose_what_it_took_away() -> None:
    assert merge_sets(["a", "b", "c"], ["a", "b", "mine"], ["b", "c", "new"]) == ["b", "mine", "new"]


BASE = blocks("1:A", "2:B", "3:C", "4:D")


@pytest.mark.parametrize(
    ("ours", "theirs", "merged", "conflicts"),
    [
        (BASE, blocks("t1:A", "t2:X", "t3:C", "t4:D"), "AXCD", []),
        (blocks("1:A", "2:mine", "3:C", "4:D"), blocks("t1:A", "t2:B", "t3:C", "t4:X"), ["A", "mine", "C", "X"], []),
        (
            blocks("1:A", "2:mine", "3:C", "4:D"),
            blocks("t1:A", "t2:X", "t3:C", "t4:D"),
            ["A", "mine", "C", "D"],
            ["t2"],
        ),
        (blocks("1:A", "2:mine", "3:C", "4:D"), blocks("t1:A", "t2:B", "t3:X", "t4:D"), ["A", "mine", "X", "D"], []),
        (blocks("1:A", "2:same", "3:C", "4:D"), blocks("t1:A", "t2:same", "t3:C", "t4:D"), ["A", "same", "C", "D"], []),
        (blocks("1:A", "3:C", "4:D"), blocks("t1:A", "t2:B", "t3:C", "t4:D", "t5:E"), "ACDE", []),
        (
            blocks("1:A", "2:B", "n:new", "3:C", "4:D"),
            blocks("t1:A", "t2:B", "t4:D"),
            ["A", "B", "new", "C", "D"],
            ["*"],
        ),
        (blocks("n:new", "1:A", "2:B", "3:C", "4:D"), blocks("t1:A", "t2:B", "t3:C"), ["new", "A", "B", "C"], []),
        ([], blocks("t1:A", "t2:B", "t3:C", "t4:D"), [], []),
    ],
    ids=[
        "source",
        "both-apart",
        "both-same-block",
        "neighbours",
        "equal",
        "deleted",
        "insert-by-delete",
        "ends",
        "all",
    ],
)
def test_blocks_are_merged_one_by_one(
    ours: list[dict[str, str]], theirs: list[dict[str, str]], merged: str | list[str], conflicts: list[str]
) -> None:
    found = merge_blocks(BASE, ours, theirs)
    assert values(found.blocks) == list(merged)
    if conflicts != ["*"]:
        assert found.conflicts == conflicts


def test_an_editors_blocks_are_never_lost() -> None:
    ours = blocks("1:A", "2:mine", "n:new", "4:D")
    for theirs in (blocks("x:X"), [], blocks("t4:D", "t1:A"), blocks("t1:A", "t2:other", "t3:C", "t5:E", "t4:D")):
        found = values(merge_blocks(BASE, ours, theirs).blocks)
        assert {"mine", "new"} <= set(found)


def test_each_source_block_has_its_place_on_the_page() -> None:
    ours = blocks("1:A", "2:mine", "4:D")
    theirs = blocks("t1:A", "t2:B", "t3:C", "t4:X")
    found = merge_blocks(BASE, ours, theirs)
    assert found.places["t1"] == "1"
    assert found.places["t2"] == "2"
    assert found.places["t3"] not in {block["id"] for block in found.blocks}, "the editor deleted it"
    assert found.places["t4"] in {block["id"] for block in found.blocks}


def test_paragraphs_of_one_text_are_merged() -> None:
    base, ours = "<p>a</p><p>b</p><ul><li>c<ul><li>d</li></ul></li></ul>", "<p>mine</p><p>b</p><ul><li>c</li></ul>"
    assert merge_texts(base, base.replace("a", "mine"), base.replace(">d<", ">theirs<")) == (
        "<p>mine</p><p>b</p><ul><li>c<ul><li>theirs</li></ul></li></ul>",
        False,
    )
    assert merge_texts(base, ours, base.replace("<p>a", "<p>theirs")) == (ours, True)


def test_keys_that_an_editor_adds_are_no_change() -> None:
    keyed = '<p data-block-key="x1">a</p><p data-block-key="x2">b</p>'
    assert merge_texts("<p>a</p><p>b</p>", keyed, "<p>a</p><p>c</p>") == ("<p>a</p><p>c</p>", False)


def test_elements_are_the_top_level_ones() -> None:
    assert elements("<p>a</p><ul><li>b<ol><li>c</li></ol></li></ul><p>d</p>") == [
        "<p>a</p>",
        "<ul><li>b<ol><li>c</li></ol></li></ul>",
        "<p>d</p>",
    ]


def test_a_page_is_merged_field_by_field() -> None:
    base = {
        "title": "T",
        "summary": "s",
        "tags": [{"tag": 1}],
        "pk": 5,
        "body": '[{"id":"1","type":"code","value":"A"}]',
    }
    ours = {**base, "title": "Mine", "tags": [{"tag": 1, "pk": 9}, {"tag": 7, "pk": 8}], "pk": 6}
    theirs = {**base, "title": "Theirs", "summary": "new", "tags": [{"tag": 2}], "pk": 7}
    merged = merge_pages(
        base, ours, theirs, values=["title", "summary"], sets={"tags": lambda item: item["tag"]}, body="body"
    )
    assert merged.content["title"] == "Mine"
    assert merged.content["summary"] == "new"
    assert merged.content["tags"] == [{"tag": 7, "pk": 8}, {"tag": 2}]
    assert merged.content["pk"] == 6
    assert merged.fields == ["title"]
