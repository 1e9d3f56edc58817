import pytest

from portfolio.markdown.options import toc_levels


@pytest.mark.parametrize(
    ("levels", "read"),
    [("1..3", (1, 2, 3)), ("2,4", (2, 4)), ([1, 2], (1, 2)), ("2..9", (2, 3, 4, 5, 6))],
)
def test_levels_of_contents(levels, read):
    assert toc_levels(levels) == read
