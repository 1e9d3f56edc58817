from portfolio.blocks.display_sizes import COLUMN, display_sizes


def test_small_image_is_never_promised_more_than_it_has() -> None:
    assert display_sizes(24) == "(min-width: 64em) min(24px, 45rem), min(24px, 100vw)"
    assert display_sizes(300, "50vw") == "min(300px, 50vw)"


def test_large_image_is_as_wide_as_its_place() -> None:
    assert display_sizes(4000) == COLUMN
