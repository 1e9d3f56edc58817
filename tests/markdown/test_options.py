import pytest

from portfolio.markdown.options import Options


def test_a_site_without_settings_is_jekylls_default():
    assert Options.from_jekyll({}) == Options()
    assert Options.from_jekyll({"kramdown": "yes"}) == Options()


def test_settings_of_a_site_are_followed():
    options = Options.from_jekyll(
        {
            "kramdown": {
                "input": "kramdown",
                "hard_wrap": True,
                "auto_ids": False,
                "toc_levels": "2..3",
                "smart_quotes": "apos,apos,quot,quot",
                "footnote_nr": 5,
                "header_offset": 1,
            }
        }
    )
    assert options == Options(
        gfm=False,
        hard_wrap=True,
        auto_ids=False,
        toc_levels=(2, 3),
        quotes=("'", "'", '"', '"'),
        footnote_start=5,
        header_offset=1,
    )


def test_settings_of_the_wrong_type_are_passed_over():
    settings = {"hard_wrap": "maybe", "toc_levels": {}, "smart_quotes": 3, "footnote_nr": "x", "gfm_quirks": 1}
    assert Options.from_jekyll({"kramdown": settings}) == Options()


@pytest.mark.parametrize(
    ("levels", "read"),
    [("1..3", (1, 2, 3)), ("2,4", (2, 4)), ([1, 2], (1, 2)), ("2..9", (2, 3, 4, 5, 6))],
)
def test_levels_of_contents(levels, read):
    assert Options.from_jekyll({"kramdown": {"toc_levels": levels}}).toc_levels == read
