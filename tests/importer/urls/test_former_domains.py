"""Former domains: hosts that many links lead to and whose addresses are those of this source."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import BlogPage
from portfolio.engines import open_source
from portfolio.importer.urls.former_domains import former_domains
from portfolio.models import ImportSite
from tests.importer.trees import picture, post, run, write_tree

OLD = "http://www.old-tides.example"
FILES = {
    "_posts/2020-01-02-moon.md": post("The moon.\n", "Moon", "2020-01-02"),
    "_posts/2020-03-04-storm.md": post("The storm.\n", "Storm", "2020-03-04"),
    "about.md": "---\ntitle: About\npermalink: /about/\n---\nWater.\n",
    "contact.md": "---\ntitle: Contact\npermalink: /contact/\n---\nWrite.\n",
    "team.md": "---\ntitle: Team\npermalink: /team/\n---\nPeople.\n",
    "img/a.png": picture(),
}
OWN = f"[one]({OLD}/2020/01/02/moon.html) [two]({OLD}/2020/03/04/storm.html#wind)\n\n![A]({OLD}/img/a.png)\n"
# Somebody else's site has pages of the same usual names; a few common addresses among many are not enough either.
LIST = " ".join(f"<https://neighbour.example/{name}/>" for name in ("about", "contact", "team"))
MIRROR = OWN.replace(OLD, "https://copies.example") + " ".join(
    f"<https://copies.example/2019/{number}/entry.html>" for number in range(10, 20)
)


@pytest.mark.parametrize(
    ("text", "known", "hosts"),
    [
        (OWN, set(), ["old-tides.example"]),
        (f"{OWN} [gone]({OLD}/2018/gone.html)", set(), ["old-tides.example"]),
        (OWN, {"old-tides.example"}, []),
        (OWN.replace("/2020/03/04/storm", "/2020/03/05/storm"), set(), []),
        (LIST, set(), []),
        (MIRROR, set(), []),
    ],
    ids=["former domain", "with a dead link", "known", "too few", "usual names", "few of many"],
)
def test_a_former_domain_is_told_from_another_site(text: str, known: set, hosts: list, tmp_path: Path) -> None:
    with open_source(write_tree(tmp_path, {**FILES, "_posts/2021-05-04-tides.md": post(text)})) as source:
        assert list(former_domains(source, known)) == hosts


@pytest.mark.django_db
def test_links_to_a_former_domain_lead_to_pages_here(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {**FILES, "_posts/2021-05-04-tides.md": post(OWN)})
    report = run(tree)
    moon = BlogPage.objects.get(title="Moon")
    text, shown = BlogPage.objects.get(title="Tides").body
    assert f'<a linktype="page" id="{moon.pk}">one</a>' in text.value.source
    assert shown.block_type == "image"
    assert [problem.message for problem in report.problems if problem.code == "former-domain"] == [
        "old-tides.example counts as a former domain of this site, as 3 of the 3 addresses that texts link to there "
        "are of documents and files here: links to it lead to the pages here"
    ]
    assert ImportSite.objects.get().hosts == ["old-tides.example"]
    assert {document.outcome for document in run(tree).documents} == {"unchanged"}
