"""Logo, icon, footer text and analytics, as the owner sets them and as pages show them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from wagtail.models import Site

from portfolio.images.site_icons import ICONS, draw_icon
from portfolio.models import CustomImage, SiteSettings
from portfolio.models.site.icons import FOLDER, refresh_icons
from tests import builders

UMAMI = {
    "analytics_provider": "umami",
    "analytics_url": "https://stats.tides.example",
    "analytics_site_id": "94db1cb1-74f4-4a40-ad6c-962362670409",
}


def set_site(**fields: Any) -> SiteSettings:
    settings = SiteSettings.for_site(Site.objects.get())
    for name, value in fields.items():
        setattr(settings, name, value)
    settings.full_clean()
    settings.save()
    return settings


def front_page(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/").content, "html.parser")


def png(size: tuple[int, int], colour: Any, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("name", ICONS)
@pytest.mark.parametrize("data", [png((900, 600), "teal"), png((64, 64), (0, 120, 120, 128), "RGBA")])
def test_icons_are_square_and_hold_the_whole_picture(name: str, data: bytes) -> None:
    with Image.open(io.BytesIO(draw_icon(data, name))) as icon:
        assert icon.size == (ICONS[name].size,) * 2
        assert (icon.mode == "RGB") == ICONS[name].opaque
        middle = icon.convert("RGBA").getpixel((icon.width // 2, icon.height // 2))
        assert middle[0] < middle[1]  # teal, or its tint on paper
    if name.endswith(".ico"):
        with Image.open(io.BytesIO(draw_icon(data, name))) as icon:
            assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.django_db
def test_the_owners_icon_is_served_where_browsers_look_and_linked(client: Client, own_media: None) -> None:
    assert client.get("/favicon.ico").status_code == 302
    picture = CustomImage.objects.create(
        title="Mark", file=ImageFile(io.BytesIO(png((600, 600), "teal")), name="m.png")
    )
    picture.get_file_hash()
    settings = set_site(icon=picture)
    for name in ICONS:
        response = client.get(f"/{name}?{settings.icon_version}")
        assert response.status_code == 200
        assert "max-age" in response["Cache-Control"]
        with Image.open(io.BytesIO(response.content)) as icon:
            assert icon.width == ICONS[name].size
    linked = [link["href"] for link in front_page(client).select("link[rel~=icon], link[rel=apple-touch-icon]")]
    assert [client.get(address).status_code for address in linked] == [200] * 3
    manifest = client.get("/site.webmanifest").json()
    assert all(client.get(icon["src"]).status_code == 200 for icon in manifest["icons"])
    set_site(icon=None)
    refresh_icons()
    assert default_storage.listdir(FOLDER)[1] == []
    assert client.get("/favicon.ico").status_code == 302


@pytest.mark.django_db
def test_a_logo_stands_for_the_name_which_it_is_called_by(client: Client) -> None:
    set_site(owner_name="Ines Vey", logo=builders.picture())
    [logo] = front_page(client).select(".masthead .owner img")
    assert logo["alt"] == "Ines Vey"


@pytest.mark.django_db
def test_footer_text_is_sanitised(client: Client) -> None:
    settings = set_site(footer_text="<p>CC BY 4.0</p>")
    text = '<p>CC BY <b>4.0</b><script>alert(1)</script><a href="javascript:alert(1)">x</a></p>'
    SiteSettings.objects.filter(pk=settings.pk).update(footer_text=text)  # past every form
    [foot] = front_page(client).select(".footer-text")
    assert foot.get_text().startswith("CC BY 4.0")
    assert foot.script is None
    assert not [link for link in foot.select("a") if "javascript" in link.get("href", "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("provider", "site_id", "source", "attributes"),
    [
        ("plausible", "tides.example", "/js/script.js", {"data-domain": "tides.example"}),
        ("umami", UMAMI["analytics_site_id"], "/script.js", {"data-website-id": UMAMI["analytics_site_id"]}),
        ("goatcounter", "", "/count.js", {"data-goatcounter": "https://stats.tides.example/in/count"}),
        ("matomo", "3", "", {"data-url": "https://stats.tides.example/in", "data-site": "3"}),
    ],
)
def test_analytics_are_one_script_and_the_policy_allows_its_host(
    client: Client, provider: str, site_id: str, source: str, attributes: dict[str, str]
) -> None:
    assert "stats.tides" not in client.get("/").headers["Content-Security-Policy"]
    url = "https://stats.tides.example/in/"
    set_site(analytics_provider=provider, analytics_url=url, analytics_site_id=site_id)
    response = client.get("/")
    policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
    for directive in ("script-src", "connect-src", "img-src"):
        assert policy[directive].split()[-1] == "https://stats.tides.example"
    assert "stats" not in policy["frame-src"] + policy["style-src"] + policy["media-src"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    [script] = [script for script in front_page(client).select("script[src]") if script.has_attr("defer")]
    assert script["src"] == (f"https://stats.tides.example/in{source}" if source else "/static/portfolio/js/matomo.js")
    assert {name: value for name, value in script.attrs.items() if name.startswith("data-")} == attributes
    client.force_login(builders.user(is_superuser=True))
    assert "stats.tides" not in client.get("/admin/").headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"analytics_url": ""},
        {"analytics_url": "http://stats.tides.example"},
        {"analytics_url": "https://stats.tides.example; script-src *"},
        {"analytics_url": "https://*.example"},
        {"analytics_url": "https://me@stats.tides.example"},
        {"analytics_url": "https://stats.tides.example/a?b"},
        {"analytics_site_id": ""},
        {"analytics_site_id": '1" onload="x'},
        {"analytics_provider": "elsewhere"},
    ],
)
def test_what_is_no_provider_is_refused_and_never_reaches_a_page(client: Client, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        set_site(**UMAMI | wrong)
    SiteSettings.objects.filter(pk=SiteSettings.for_site(Site.objects.get()).pk).update(**UMAMI | wrong)
    response = client.get("/")
    assert "stats" not in response.headers["Content-Security-Policy"]
    assert not [script for script in front_page(client).select("script[src]") if script.has_attr("defer")]
