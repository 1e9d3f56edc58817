"""Every block can be found, understood, previewed and put right by an editor."""

from __future__ import annotations

import pytest
from wagtail.blocks import StructBlockValidationError

from portfolio.blocks import BodyBlocks
from portfolio.blocks.links import safe_href
from tests import builders

BLOCKS = BodyBlocks()


@pytest.mark.parametrize("name", BLOCKS.child_blocks)
def test_a_block_says_what_it_is_for(name):
    block = BLOCKS.child_blocks[name]
    assert block.get_description().endswith(".")
    assert block.meta.group
    assert block.meta.icon != "placeholder"
    assert block.meta.template == f"blocks/{name}.html"


@pytest.mark.django_db
@pytest.mark.parametrize("with_pictures", [False, True])
@pytest.mark.parametrize("name", BLOCKS.child_blocks)
def test_a_block_has_a_preview(name, with_pictures):
    if with_pictures:
        builders.picture()
    block = BLOCKS.child_blocks[name]
    assert name == "divider" or block.is_previewable
    assert block.render(block.get_preview_value()).strip()


@pytest.mark.parametrize(
    ("name", "value", "field", "says"),
    [
        ("heading", {"text": "Tides", "level": "2", "anchor": "high water"}, "anchor", "what-we-measured"),
        ("code", {"language": "", "code": "x", "title": "", "highlight": "two"}, "highlight", "2,4-6"),
        ("embed", {"url": "https://evil.example/", "title": "", "caption": ""}, "url", "ordinary link"),
        ("image", {"link": "javascript:alert(1)"}, "link", "https://example.org/"),
    ],
)
@pytest.mark.django_db
def test_a_mistake_is_answered_with_what_to_write(name, value, field, says):
    block = BLOCKS.child_blocks[name]
    if name == "image":
        picture = builders.picture()
        picture.contextual_alt_text, picture.decorative = "", True
        value = {"image": picture, "caption": "", "credit": "", "size": "column", "align": "", "title": "", **value}
    with pytest.raises(StructBlockValidationError) as raised:
        block.clean(block.normalize({**dict(block.get_default()), **value}))
    assert says in str(raised.value.block_errors[field].messages)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a", True),
        ("/about/", True),
        ("../large.png", True),
        ("#notes", True),
        ("mailto:mara@saltmarsh.example", True),
        ("javascript:alert(1)", False),
        (" java\nscript:alert(1)", False),
        ("data:text/html,hi", False),
        ("vbscript:x", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_that_run_nothing_become_links(address, kept):
    assert bool(safe_href(address)) is kept


def test_words_of_tables_markdown_and_html_can_be_searched():
    children = BLOCKS.child_blocks
    table = children["table"].normalize(children["table"].get_preview_value())
    assert {"Highest water of the year", "Station", "Old pier"} <= set(children["table"].get_searchable_content(table))
    assert children["markdown"].get_searchable_content({"source": "Low *water*"}) == ["Low *water*"]
    assert children["html"].get_searchable_content({"source": "<p>Low <b>water</b></p>"}) == ["Low water"]


def test_a_heading_is_found_by_its_text_and_not_by_its_level():
    block = BLOCKS.child_blocks["heading"]
    value = block.to_python({"text": "Tide tables", "level": "2", "anchor": ""})
    assert block.get_searchable_content(value) == ["Tide tables"]
