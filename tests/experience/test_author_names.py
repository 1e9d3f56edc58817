"""Authors of publications in front matter, in every form that themes print."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from experience.works.author_names import authors_in, is_same_person, natural_name
from experience.works.citations import citation_names
from tests import builders


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Mara Quist", ["Mara Quist"]),
        ("Ilse Haverkamp, <b>Mara Quist</b>, Tor Aune", ["Ilse Haverkamp", "Mara Quist", "Tor Aune"]),
        ("Ilse Haverkamp, **M. Quist** and Tor Aune", ["Ilse Haverkamp", "M. Quist", "Tor Aune"]),
        ("Ilse Haverkamp, Mara Quist, and Tor Aune", ["Ilse Haverkamp", "Mara Quist", "Tor Aune"]),
        ("Ilse Haverkamp and <b>Mara Quist</b> (equal contribution), Tor Aune",
         ["Ilse Haverkamp", "Mara Quist (equal contribution)", "Tor Aune"]),
        ("Mara Quist (Quay Labs, Bergen), Tor Aune", ["Mara Quist (Quay Labs, Bergen)", "Tor Aune"]),
        ("Quist, Mara", ["Quist, Mara"]),
        ("Quist, Mara and Aune, Tor", ["Quist, Mara", "Aune, Tor"]),
        ("Quist, M., Aune, T. A., van der Berg, J.", ["Quist, M.", "Aune, T. A.", "van der Berg, J."]),
        ("Quist, M.; Aune, T.", ["Quist, M.", "Aune, T."]),
        ("Quist M, Aune TA", ["Quist M", "Aune TA"]),
        ("Tor Aune, Jr., Mara Quist", ["Tor Aune, Jr.", "Mara Quist"]),
        ("José Ortega y Soler, Inês Costa e Silva", ["José Ortega y Soler", "Inês Costa e Silva"]),
        ("Mara Quist und Tor Aune", ["Mara Quist", "Tor Aune"]),
        ("Mara Quist &amp; Tor Aune", ["Mara Quist", "Tor Aune"]),
        ("Mara Quist et al.", ["Mara Quist et al."]),
        (["Mara Quist", "<i>Tor Aune</i>", {"name": "Ilse  Haverkamp"}, 7, None, ""],
         ["Mara Quist", "Tor Aune", "Ilse Haverkamp"]),
        ("", []),
        (None, []),
        ({"name": "Mara Quist"}, ["Mara Quist"]),
    ],
)  # fmt: skip
def test_authors_are_named_one_by_one(value: Any, names: list[str]) -> None:
    assert authors_in(value) == names


def test_notes_and_suffixes_are_no_names() -> None:
    assert is_same_person("Mara Quist (equal contribution)", "Mara Quist")
    assert is_same_person("M. Quist*", "Mara Quist")
    assert not is_same_person("Tor Aune (Quist)", "Mara Quist")
    assert natural_name("Tor Aune, Jr.") == "Tor Aune, Jr."
    assert citation_names(["Tor Aune, Jr.", "Quist, Mara"]) == "Aune & Quist"
    assert natural_name("Aune, Tor") == "Tor Aune"


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "is_named"), [("other", False), ("conference", True)])
def test_only_a_type_that_says_something_is_shown(client: Client, kind: str, is_named: bool) -> None:
    page = builders.publication(publication_type=kind)
    facts = BeautifulSoup(client.get(page.url).content, "lxml").select_one(".page-head, main").get_text()
    assert (page.get_publication_type_display() in facts) is is_named
