"""What the configurations and data files of themes say of the owner."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.engines.site_menu import menu_position
from portfolio.engines.site_profile import read_profile

GITHUB = ("GitHub", "https://github.com/odalys")
LINKEDIN = ("LinkedIn", "https://www.linkedin.com/in/odalys")
ORCID = ("ORCID", "https://orcid.org/0000-0001-2345-6789")
SCHOLAR = ("Google Scholar", "https://scholar.google.com/citations?user=abc")


@pytest.mark.parametrize(
    ("config", "data", "links"),
    [
        ({"github_username": "odalys", "linkedin_username": "odalys"}, {}, [GITHUB, LINKEDIN]),  # Minima
        (
            {"minima": {"social_links": [{"title": "Code", "icon": "github", "url": GITHUB[1]}]}},
            {},
            [("Code", GITHUB[1])],
        ),
        ({"minima": {"social_links": {"github": "odalys"}}}, {}, [GITHUB]),
        (
            {
                "author": {
                    "links": [{"label": "GitHub", "icon": "fab fa-github", "url": GITHUB[1]}],
                    "linkedin": "odalys",
                }
            },
            {},
            [GITHUB, LINKEDIN],  # Minimal Mistakes
        ),
        (
            {"github": {"username": "odalys"}, "social": {"name": "O", "links": [GITHUB[1], LINKEDIN[1]]}},
            {"contact": [{"type": "github"}, {"type": "mastodon", "url": "https://sea.example/@o"}]},
            [GITHUB, LINKEDIN, ("Mastodon", "https://sea.example/@o")],  # Chirpy
        ),
        ({"scholar_userid": "abc", "orcid_id": ORCID[1][-19:]}, {}, [SCHOLAR, ORCID]),  # al-folio
        (
            {},
            {
                "socials": {
                    "orcid_id": ORCID[1][-19:],
                    "custom": {"logo": "x", "title": "Lab", "url": "https://lab.example"},
                }
            },
            [ORCID, ("Lab", "https://lab.example")],
        ),
        ({"social-network-links": {"email": "a@b.example", "rss": True, "google-scholar": "abc"}}, {}, [SCHOLAR]),
        (
            {"author": {"googlescholar": SCHOLAR[1], "orcid": ORCID[1], "github": "odalys"}},
            {},
            [SCHOLAR, ORCID, GITHUB],
        ),
        (
            {"github": {"repository_url": "https://git.example/x"}, "social": {"mastodon": "@o@sea.example"}},
            {},
            [("Mastodon", "https://sea.example/@o")],
        ),
        ({"twitter": "two words", "twitter_username": None, "x": True, "email": "a@b.example"}, {}, []),
    ],
)
def test_profiles_on_other_sites(config: dict[str, Any], data: dict[str, Any], links: list[tuple[str, str]]) -> None:
    assert list(read_profile(config, data).links) == links


def test_owner_of_a_site() -> None:
    config = {
        "title": "Notes",
        "description": "Water, **pumps** and <em>numbers</em>.",
        "locale": "en_gb",
        "author": {
            "name": "Odalys",
            "bio": "I *measure*.",
            "avatar": "me.png",
            "location": "Saltmarsh",
            "email": "o@sea.example",
        },
    }
    profile = read_profile(config)
    assert (profile.title, profile.owner_name, profile.headline) == ("Notes", "Odalys", "Water, pumps and numbers.")
    assert (profile.bio, profile.portrait, profile.location) == ("I *measure*.", "me.png", "Saltmarsh")
    assert (profile.email, profile.language) == ("o@sea.example", "en-GB")


def test_owner_in_other_places() -> None:
    named = read_profile({"title": "blank", "first_name": "Odalys", "last_name": "Brackwater"})
    assert (named.title, named.owner_name) == ("Odalys Brackwater", "Odalys Brackwater")
    people = {"authors": {"ob": {"name": "Odalys", "picture": "/o.png"}}}
    assert read_profile({"author": "ob"}, people).portrait == "/o.png"
    social = read_profile(
        {"tagline": "Short", "description": "Long", "social": {"name": "O", "email": "o@sea.example"}}
    )
    assert (social.owner_name, social.headline, social.bio, social.email) == ("O", "Short", "Long", "o@sea.example")
    linked = {"links": [{"label": "E-mail", "url": "mailto: o@sea.example"}]}
    assert read_profile({"author": linked}).email == "o@sea.example"
    of_all = {"scope": {"path": ""}, "values": {"lang": "pt-BR"}}
    of_some = {"scope": {"path": "de"}, "values": {"lang": "de"}}
    assert read_profile({"defaults": [of_some, of_all]}).language == "pt-BR"


@pytest.mark.parametrize(
    ("config", "data", "menu"),
    [
        (
            {},
            {"navigation": {"main": [{"title": "A &amp; B", "url": "/a/"}], "docs": [{"title": "D"}]}},
            [("A & B", "/a/")],
        ),
        ({}, {"navigation": {"docs": [{"title": "D", "url": "/d/"}]}}, []),
        (
            {"navbar-links": {"About": "about", "More": [{"X": "https://x.example"}, {"Y": "y/"}]}},
            {},
            [("About", "about"), ("X", "https://x.example"), ("Y", "y/")],
        ),
        ({"header_pages": ["about.md"]}, {}, [("", "about.md")]),
        (
            {},
            {"menu": [{"name": "A", "link": "/a/", "children": [{"name": "B", "link": "/b/"}]}]},
            [("A", "/a/"), ("B", "/b/")],
        ),
        ({"navigation": True}, {}, []),
    ],
)
def test_menu(config: dict[str, Any], data: dict[str, Any], menu: list[tuple[str, str]]) -> None:
    assert list(read_profile(config, data).menu) == menu


def test_links_beside_the_menu() -> None:
    aux = {"Forge": ["//forge.example/mill"], "Shop": "https://shop.example/", "Empty": [], "Bad": 3}
    profile = read_profile(
        {"aux_links": aux, "nav_external_links": [{"title": "Wiki", "url": "https://wiki.example/"}]}
    )
    assert profile.menu == ()
    assert profile.menu_links == (
        ("Wiki", "https://wiki.example/"),
        ("Forge", "//forge.example/mill"),
        ("Shop", "https://shop.example/"),
    )
    assert read_profile({"aux_links": "none"}).menu_links == ()


def test_pages_claim_their_place_in_the_menu() -> None:
    assert menu_position("page", {"nav": True, "nav_order": 2}) == 2
    assert menu_position("collection:tabs", {"order": 4}) == 4
    assert menu_position("page", {"sidebar_link": True}) is not None
    assert [menu_position("page", values) for values in ({}, {"nav": False, "nav_order": 1}, {"order": 1})] == [
        None
    ] * 3


@pytest.mark.parametrize(
    ("config", "licence"),
    [
        ({"footer_content": "Copyright &copy; Mara."}, "Copyright &copy; Mara."),
        ({"footer_text": "Powered by Jekyll with a theme.", "footer-text": "CC BY"}, "CC BY"),
        ({"footer_text": "Hosted by somebody."}, ""),
    ],
)
def test_the_owners_words_for_the_foot_of_pages(config: dict[str, str], licence: str) -> None:
    assert read_profile(config).licence == licence
