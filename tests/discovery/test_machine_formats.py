"""What browsers, phones and other programs ask of a site besides its pages."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from lxml import etree
from PIL import Image

from portfolio.images.site_icons import ICONS
from portfolio.models import SiteSettings
from tests import builders
from tests.make_icons import TARGET, icon

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "web_manifest.json").read_text(encoding="utf-8"))
OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def name_owner(name: str = "Mara <Lindqvist> of Saltmarsh") -> None:
    site = builders.home().sites_rooted_here.get()
    links = [("link", {"label": "Code", "url": "https://code.example/mara"})]
    SiteSettings.objects.update_or_create(
        site=site,
        defaults={"owner_name": name, "headline": "Reads [the] tide.", "links": links, "email": "m@b.example"},
    )


def test_a_browser_can_search_the_site(client):
    name_owner()
    builders.post(title="Springs and neaps")
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    tree = etree.fromstring(response.content)
    assert tree.findtext("o:ShortName", namespaces=OPENSEARCH) == "Mara"
    assert tree.findtext("o:Description", namespaces=OPENSEARCH).endswith("Mara <Lindqvist> of Saltmarsh")
    template = tree.find("o:Url[@type='text/html']", OPENSEARCH).get("template")
    assert template == "http://testserver/search/?q={searchTerms}"
    found = client.get(template.replace("{searchTerms}", "neaps")).content
    assert "Springs and neaps" in BeautifulSoup(found, "lxml").get_text()


@pytest.mark.parametrize("name", ["Mara Lindqvist", ""])
def test_the_manifest_validates_and_its_icons_are_there(name, client):
    name_owner(name)
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    jsonschema.validate(manifest, SCHEMA, format_checker=jsonschema.FormatChecker())
    for told in manifest["icons"]:
        file = finders.find(told["src"].removeprefix("/static/"))
        assert file, told
        if told["type"] == "image/png":
            with Image.open(file) as image:
                assert f"{image.width}x{image.height}" == told["sizes"]


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_found_where_browsers_look_for_them(name, client):
    response = client.get(f"/{name}")
    assert response.status_code == 302
    assert finders.find(response.url.removeprefix("/static/"))


def test_the_icons_are_what_their_script_draws():
    data = io.BytesIO()
    icon(192, 0.08).save(data, "PNG")
    with Image.open(TARGET / "icon-192.png") as kept, Image.open(data) as drawn:
        assert kept.convert("RGB").tobytes() == drawn.convert("RGB").tobytes()


def test_pages_name_search_manifest_and_the_owners_profiles(client):
    name_owner()
    soup = BeautifulSoup(client.get("/").content, "html.parser")
    assert soup.select_one("link[rel=search]")["href"] == "/opensearch.xml"
    assert soup.select_one("link[rel=manifest]")["href"] == "/site.webmanifest"
    assert {a["href"] for a in soup.select("a[rel~=me]")} == {"https://code.example/mara", "mailto:m@b.example"}


@pytest.mark.parametrize("build", [builders.post, builders.interview])
def test_a_description_is_the_beginning_of_a_long_summary(build, client):
    page = build(title="Springs", summary=f"<p>Low &amp; slow {'water ' * 300}</p>")
    soup = BeautifulSoup(client.get(page.url).content, "lxml")
    data = [json.loads(script.string) for script in soup.find_all("script", type="application/ld+json")]
    told = [
        soup.find("meta", {name: value})["content"]
        for name, value in (("name", "description"), ("property", "og:description"))
    ]
    told += [found["description"] for found in data if "description" in found]
    assert len(told) == 3
    assert {text.startswith("Low & slow water") and text.endswith("water …") for text in told} == {True}
    assert {len(text.split()) for text in told} == {61}


def test_programs_find_a_guide_to_the_site(client):
    name_owner()
    builders.standard_page(title="About", search_description="Who writes.")
    builders.role(title="Engineer at Brackwater", period_text="2019 - 2021")
    builders.interview(title="Asked")
    builders.post(title="A_b [c]", summary="<p>Low & high.</p>", slug="ab", date="2024-02-03T04:05:00+00:00")
    response = client.get("/llms.txt")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("# Mara \\<Lindqvist\\> of Saltmarsh\n\n> Reads \\[the\\] tide.\n")
    assert "\n- [About](http://testserver/about/): Who writes.\n" in text
    assert "\n- [Engineer at Brackwater](http://testserver/experience/engineer-at-brackwater.md): 2019 – 2021\n" in text
    assert "\n## Posts\n\n- [A\\_b \\[c\\]](http://testserver/blog/ab.md): 2024-02-03. Low & high.\n" in text
    addresses = [line.rpartition("](")[2].rstrip(")") for line in text.partition("## Optional")[2].split("\n") if line]
    assert len(addresses) == 6
    assert [client.get(address).status_code for address in addresses] == [200] * 6


def test_the_guide_needs_as_many_queries_for_a_long_list(count_queries):
    builders.post()
    builders.role()
    few = count_queries("/llms.txt")
    for _ in range(10):
        builders.post()
        builders.role()
        builders.standard_page()
    assert count_queries("/llms.txt") == few
