import pytest

from portfolio.markdown.embeds import EMBED_HOSTS, EmbedTarget, embed_target, frame_sources, player_address


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.youtube.com/watch?v=abcDEF_1234", "https://www.youtube-nocookie.com/embed/abcDEF_1234"),
        ("https://youtu.be/abcDEF_1234?t=42s", "https://www.youtube-nocookie.com/embed/abcDEF_1234?start=42"),
        ("//www.youtube.com/embed/abcDEF_1234", "https://www.youtube-nocookie.com/embed/abcDEF_1234"),
        ("https://www.youtube.com/shorts/abcDEF_1234", "https://www.youtube-nocookie.com/embed/abcDEF_1234"),
        ("https://www.youtube-nocookie.com/embed/abcDEF_1234", "https://www.youtube-nocookie.com/embed/abcDEF_1234"),
        ("https://player.vimeo.com/video/12345", "https://player.vimeo.com/video/12345"),
        (
            "https://www.linkedin.com/embed/feed/update/urn:li:share:12345",
            "https://www.linkedin.com/embed/feed/update/urn:li:share:12345",
        ),
        ("https://codepen.io/mara/embed/abcDE?tab=result", "https://codepen.io/mara/embed/abcDE?tab=result"),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
        ),
        ("https://player.vimeo.com/video/1#x", "https://player.vimeo.com/video/1"),
    ],
)
def test_allowed_frames(url, shown):
    assert embed_target(url).url == shown


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://evil.example/embed/x",
        "http://player.vimeo.com/video/1",
        "https://player.vimeo.com.evil.example/video/1",
        "https://evilplayer.vimeo.com/video/1",
        "https://player.vimeo.com@evil.example/video/1",
        "https://user@player.vimeo.com/video/1",
        "https://player.vimeo.com:8443/video/1",
        "https://player.vimeo.com./video/1",
        "https://player.vimeo.com/other/1",
        "https://player.vimeo.com/video/",
        "https://player.vimeo.com/video/../../evil",
        "https://player.vimeo.com/video/%2e%2e/evil",
        "https://player.vimeo.com\\@evil.example/video/1",
        "https://рlayer.vimeo.com/video/1",
        "javascript:alert(1)//player.vimeo.com/video/1",
        "https://www.youtube.com/watch?v=../../evil",
        "https://www.youtube.com/redirect?q=evil",
        "https://www.linkedin.com/login",
        "https://codepen.io/mara/pen/abcDE",
        "https://www.google.com/url?q=evil",
        "https://docs.google.com/uc?id=1",
        "https://[::1]/embed/x",
        "https://player.vimeo.com:notaport/video/1",
        "/video/1",
    ],
)
def test_refused_frames(url):
    assert embed_target(url) is None


@pytest.mark.parametrize(
    ("page", "player"),
    [
        ("https://youtu.be/abcDEF_1234", "https://youtu.be/abcDEF_1234"),
        ("https://vimeo.com/76979871?share=copy", "https://player.vimeo.com/video/76979871"),
        ("https://vimeo.com/channels/tides/76979871", "https://player.vimeo.com/video/76979871"),
        (
            "https://www.linkedin.com/posts/tor-aune_low-water-activity-7123456789-aBcD?utm_source=share",
            "https://www.linkedin.com/embed/feed/update/urn:li:activity:7123456789",
        ),
        (
            "https://www.linkedin.com/feed/update/urn:li:share:7123456789/",
            "https://www.linkedin.com/embed/feed/update/urn:li:share:7123456789",
        ),
        ("https://codepen.io/mara/pen/abcDE", "https://codepen.io/mara/embed/abcDE"),
        ("https://asciinema.org/a/12345", "https://asciinema.org/a/12345/iframe"),
        ("https://open.spotify.com/episode/abc123?si=1", "https://open.spotify.com/embed/episode/abc123"),
        ("https://www.ted.com/talks/a_tide", "https://embed.ted.com/talks/a_tide"),
        ("https://dai.ly/x7abc", "https://www.dailymotion.com/embed/video/x7abc"),
        ("https://archive.org/details/low-water_1911", "https://archive.org/embed/low-water_1911"),
        ("https://drive.google.com/file/d/1aB_c/view?usp=sharing", "https://drive.google.com/file/d/1aB_c/preview"),
        ("https://vimeo.com/about", ""),
        ("https://vimeo.com.evil.example/1", ""),
        ("http://vimeo.com/1", ""),
        ("https://gist.github.com/mara/1", ""),
        ("https://codepen.io/mara/../pen/abcDE", ""),
        ("", ""),
    ],
)
def test_page_of_a_player_leads_to_its_player(page, player):
    assert player_address(page) == player
    assert not player or embed_target(player)


def test_target_names_host_and_provider():
    assert embed_target("https://player.vimeo.com/video/1") == EmbedTarget(
        "https://player.vimeo.com/video/1", "player.vimeo.com", "Vimeo"
    )


def test_every_allowed_host_is_a_frame_source():
    assert frame_sources() == tuple(f"https://{allowed.host}" for allowed in EMBED_HOSTS)


def test_players_lie_within_the_frame_sources():
    target = embed_target("https://youtu.be/abcDEF_1234")
    assert f"https://{target.host}" in frame_sources()
