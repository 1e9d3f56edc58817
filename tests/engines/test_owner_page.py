"""The portrait and the headline that only the page about the owner has."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.engines import open_source
from tests.importer.trees import picture, write_tree

ABOUT = "---\nlayout: about\npermalink: /\nsubtitle: I **measure** water.\nprofile:\n  image: me.png\n---\nText.\n"


@pytest.mark.parametrize(
    ("config", "portrait", "headline"),
    [
        ("title: Low water\n", "/assets/img/me.png", "I measure water."),
        ("title: Low water\ndescription: Tides\navatar: /a.png\n", "/a.png", "Tides"),
    ],
)
def test_the_page_about_the_owner_says_what_the_configuration_does_not(
    config: str, portrait: str, headline: str, tmp_path: Path
) -> None:
    files = {"_pages/about.md": ABOUT, "assets/img/me.png": picture()}
    with open_source(write_tree(tmp_path, files, f"{config}include: [_pages]\n")) as source:
        profile = source.engine.profile(source)
    assert (profile.portrait, profile.headline) == (portrait, headline)
