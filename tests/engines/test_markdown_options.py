import pytest

from portfolio.engines.markdown_options import markdown_options
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options


def test_a_site_that_says_nothing_gets_jekylls_defaults() -> None:
    assert markdown_options({}) == Options()
    assert markdown_options({"kramdown": None}) == Options()


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ({"input": "kramdown"}, Options(gfm=False)),
        ({"input": "GFM", "hard_wrap": True}, Options(hard_wrap=True)),
        ({"auto_ids": False, "auto_id_prefix": "h-"}, Options(auto_ids=False, auto_id_prefix="h-")),
        ({"toc_levels": "2..4"}, Options(toc_levels=(2, 3, 4))),
        ({"toc_levels": [1, 3]}, Options(toc_levels=(1, 3))),
        ({"toc_levels": "1,2"}, Options(toc_levels=(1, 2))),
        ({"smart_quotes": "apos,apos,quot,quot"}, Options(quotes=("'", "'", '"', '"'))),
        ({"smart_quotes": ["laquo", "raquo", "bdquo", "ldquo"]}, Options(quotes=("«", "»", "„", "“"))),
        ({"header_offset": 1, "footnote_nr": 5}, Options(header_offset=1, footnote_start=5)),
        ({"parse_block_html": True, "parse_span_html": False}, Options(parse_block_html=True, parse_span_html=False)),
        ({"gfm_quirks": []}, Options(paragraph_end=False)),
        ({"gfm_quirks": "paragraph_end,no_auto_typographic"}, Options(typographic_symbols=False)),
    ],
)
def test_kramdown_settings_are_followed(said: dict[str, object], options: Options) -> None:
    assert markdown_options({"kramdown": said}) == options


@pytest.mark.parametrize(
    "said",
    [
        {"hard_wrap": "maybe"},
        {"toc_levels": {}},
        {"smart_quotes": "one,two"},
        {"header_offset": True},
        {"smart_quotes": 3},
    ],
)
def test_nonsense_leaves_the_default(said: dict[str, object]) -> None:
    assert markdown_options({"kramdown": said}) == Options()


@pytest.mark.parametrize("engine", ["CommonMark", "CommonMarkGhPages"])
def test_sites_on_commonmark_are_read_as_such(engine: str) -> None:
    options = markdown_options({"markdown": engine, "kramdown": {"hard_wrap": True}})
    assert (options.flavour, options.smart_quotes, options.hard_wrap) == (Flavour.GOLDMARK, False, False)


def test_settings_survive_being_written_down() -> None:
    options = markdown_options(
        {"kramdown": {"parse_block_html": True, "toc_levels": "2..3", "smart_quotes": "apos,apos,quot,quot"}}
    )
    assert Options().with_settings(options.settings()) == options


def test_usual_settings_are_not_written_down() -> None:
    assert Options().settings() == Options(flavour=Flavour.GOLDMARK).settings() == ""


@pytest.mark.parametrize(
    "text", ["[1]", "{", '{"hard_wrap": 1}', '{"quotes": ["a"]}', '{"toc_levels": ["x"]}', '{"flavour": "goldmark"}']
)
def test_settings_that_make_no_sense_change_nothing(text: str) -> None:
    assert Options().with_settings(text) == Options()


@pytest.mark.parametrize(
    ("said", "smart", "extensions"),
    [
        (None, False, {"table", "strikethrough", "footnotes", "definitions"}),
        ({"options": ["SMART", "FOOTNOTES"]}, True, {"footnotes", "smart_punctuation"}),
        ({"options": "SMART", "extensions": ["autolink"]}, True, {"autolink", "smart_punctuation"}),
        ({"extensions": ["table", "tasklist", "tagfilter"]}, False, {"table", "tasklist"}),
        ({"options": {"SMART": 1}, "extensions": 3}, False, set()),
    ],
)
def test_options_and_extensions_of_commonmark_are_followed(said: object, smart: bool, extensions: set[str]) -> None:
    options = markdown_options({"markdown": "CommonMark", "commonmark": said})
    assert (options.smart_quotes, {*options.extensions}) == (smart, extensions)
    assert Options(flavour=Flavour.GOLDMARK).with_settings(options.settings()) == options


def test_hard_breaks_of_commonmark_are_followed() -> None:
    assert markdown_options({"markdown": "CommonMark", "commonmark": {"options": ["HARDBREAKS"]}}).hard_wrap
