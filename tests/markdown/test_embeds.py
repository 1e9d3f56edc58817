import pytest

from portfolio.markdown.embeds import EMBED_HOSTS, EmbedTarget, embed_target, frame_sources


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


def test_target_names_host_and_provider():
    assert embed_target("https://player.vimeo.com/video/1") == EmbedTarget(
        "https://player.vimeo.com/video/1", "player.vimeo.com", "Vimeo"
    )


def test_every_allowed_host_is_a_frame_source():
    assert frame_sources() == tuple(f"https://{allowed.host}" for allowed in EMBED_HOSTS)


def test_players_lie_within_the_frame_sources():
    target = embed_target("https://youtu.be/abcDEF_1234")
    assert f"https://{target.host}" in frame_sources()
