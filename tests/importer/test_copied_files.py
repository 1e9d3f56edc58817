"""Every file that the old engine copied answers, whether a page uses it or not, and every file is exported."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image

from portfolio.documents.source_files import SourceFiles, counted, file_problems
from portfolio.importer.undo.undo import undo
from portfolio.models import CustomImage, ImportRun
from tests.exporter.test_export import export, files
from tests.importer.trees import CONFIG, codes, picture, row, run, write_tree

FILES: dict[str, str | bytes] = {
    "index.md": "---\ntitle: Home\n---\n[Demo](/demo/index.html) ![Chart](/img/used.png)\n",
    "demo/index.html": '<!doctype html><title>Demo</title><script src="app.js"></script>',
    "demo/app.js": "document.title = 'It ran'",
    "img/used.png": picture(),
    "img/unused.png": picture("red"),
    "papers/tides.pdf": b"%PDF-1.4 tides",
    "keys/pgp.asc": "-----BEGIN PGP-----\n",
    "CNAME": "saltmarsh.example\n",
    "notes/plain.md": "No front matter here.\n",
    "notes/run.ipynb": "{}",
    "tool.exe": b"MZ",
    "_layouts/default.html": "<main>{{ content }}</main>",
    "_sass/tide.scss": "p { color: red }",
    "_plugins/tide.rb": "# Ruby",
    "assets/main.scss": "---\n---\np { color: red }",
    "Gemfile": "gem 'jekyll'\n",
    "private/list.txt": "Nobody reads this.\n",
    ".gitignore": "_site\n",
}
SERVED = (
    "/demo/index.html", "/demo/", "/demo/app.js", "/img/used.png", "/img/unused.png", "/papers/tides.pdf",
    "/keys/pgp.asc", "/CNAME", "/notes/plain.md", "/notes/run.ipynb",
)  # fmt: skip
NOT_SERVED = (
    "/tool.exe",
    "/_layouts/default.html",
    "/private/list.txt",
    "/Gemfile",
    "/.gitignore",
    "/_plugins/tide.rb",
)


def test_files_are_counted_by_kind() -> None:
    paths = [f"img/{number}.png" for number in range(44)] + ["a.pdf", "b.pdf", "x.bin", "clip.mp4"]
    assert counted(paths) == "44 pictures, 2 PDFs, 1 film or sound and 1 other file"
    assert [problem.code for problem in file_problems(SourceFiles(refused={"a": "x"}, not_kept=("b",)), paths)] == [
        "unused-files",
        "refused-files",
        "files-not-kept",
    ]


@pytest.mark.django_db
def test_copied_files_answer_and_all_files_are_exported(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path / "in", FILES, CONFIG + "exclude: [private]\n")
    report = run(tree)
    assert report.files.unused == (
        "CNAME", "demo/app.js", "img/unused.png", "keys/pgp.asc", "notes/plain.md", "notes/run.ipynb",
        "papers/tides.pdf",
    )  # fmt: skip
    assert list(report.files.refused) == ["tool.exe"]
    assert "files" in report.as_dict()
    statuses = {}
    for path in (*SERVED, *NOT_SERVED):
        response = client.get(path, follow=True)
        statuses[path] = response.status_code
        response.getvalue()  # to its end, so that the client closes the file and not the connection to the database
    assert statuses == dict.fromkeys(SERVED, 200) | dict.fromkeys(NOT_SERVED, 404)
    assert CustomImage.objects.count() == 1  # the library has only what pages show

    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(tree)
    assert {row.outcome for row in run(tree).documents} == {"unchanged"}
    with pytest.raises(SystemExit) as failed:
        call_command("check_urls", str(tree))
    assert failed.value.code == 1  # the program


@pytest.mark.django_db
def test_a_demo_runs_in_a_sandbox_and_no_page_here_can_run_its_script(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, FILES))
    demo = client.get("/demo/index.html")
    assert demo.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = demo.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox")
    assert "allow-same-origin" not in policy
    script = {"Sec-Fetch-Dest": "script", "Sec-Fetch-Site": "same-origin"}
    assert client.get("/demo/app.js", headers=script).status_code == 404
    assert client.get("/demo/app.js", headers=script | {"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert client.get("/notes/plain.md").headers["Content-Type"] == "text/plain; charset=utf-8"


TEMPLATES = {
    "_config.yml": "title: Tides\ncolour: '#234567'\n",
    "index.md": "---\ntitle: Start\n---\nWords.\n",
    "browserconfig.xml": "---\n---\n<browserconfig><TileColor>{{ site.colour }}</TileColor></browserconfig>\n",
    "manifest.json": '---\nlayout: null\n---\n{"name": "{{ site.title }}"}\n',
    "sw.js": "---\n---\nconst site = '{{ site.title }}';\n",
    "ads.txt": "tides.example, 1, DIRECT\n",
    "plain.xml": "<plain/>\n",
    "site1a2b.html": "site-verification: site1a2b.html",
    "calendar/tides.ics": "---\npermalink: /tides.ics\n---\nBEGIN:VCALENDAR\nX-NAME:{{ site.title }}\nEND:VCALENDAR\n",
    "data.html": '---\npermalink: /words.json\n---\n[{% for a in site.html_pages %}"{{ a.title }}"{% endfor %}]\n',
    "feed.xml": "---\n---\n<feed>{{ site.title }}</feed>\n",
}
RENDERED = {
    "/browserconfig.xml": ("application/xml", "<TileColor>#234567</TileColor>"),
    "/manifest.json": ("application/json", '{"name": "Tides"}'),
    "/sw.js": ("text/javascript", "const site = 'Tides';"),
    "/ads.txt": ("text/plain", "tides.example, 1, DIRECT"),
    "/plain.xml": ("application/xml", "<plain/>"),
    "/site1a2b.html": ("text/html", "site-verification: site1a2b.html"),
    "/tides.ics": ("text/calendar", "X-NAME:Tides"),
    "/words.json": ("application/json", '["Start"]'),
}


@pytest.mark.django_db
def test_pictures_and_data_without_a_usual_name_answer_whole(tmp_path: Path, client: Client) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(photo, "HEIF")
    data = b"\0\x01\x0c text \xff"
    named = {"img/chart": picture(), "img/photo.jpeg": photo.getvalue(), "blob": data, "log.txt": b"a\x0cb\x1b"}
    report = run(write_tree(tmp_path, {"index.md": "---\ntitle: Start\n---\nWords.\n", **named}))
    assert dict(report.files.refused) == {}
    answers = {name: client.get(f"/{name}", follow=True) for name in named}
    contents = {name: answer.getvalue() for name, answer in answers.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(named, 200)
    assert contents["img/chart"].startswith(b"\x89PNG")
    assert contents["img/photo.jpeg"].startswith(b"\xff\xd8")
    assert (contents["blob"], contents["log.txt"]) == (data, named["log.txt"])
    assert answers["blob"].headers["Content-Type"] == "application/octet-stream"
    assert answers["log.txt"].headers["Content-Length"] == "4"


@pytest.mark.django_db
def test_templates_of_other_files_answer_as_the_old_engine_rendered_them(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path / "in", {name: text for name, text in TEMPLATES.items() if name != "_config.yml"})
    (tree / "_config.yml").write_text(TEMPLATES["_config.yml"])
    report = run(tree)
    answers = {path: client.get(path) for path in RENDERED}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(RENDERED, 200)
    for path, (content_type, text) in RENDERED.items():
        assert answers[path].headers["Content-Type"].startswith(content_type), path
        assert text in answers[path].content.decode(), path
        assert answers[path].headers["Content-Security-Policy"].startswith("sandbox")
    worker = {"Sec-Fetch-Dest": "serviceworker", "Sec-Fetch-Site": "same-origin"}
    assert client.get("/sw.js", headers=worker).status_code == 404, "no page here may run it"
    assert codes(row(report, "manifest.json")) == ["rendered-file"]
    assert codes(row(report, "feed.xml")) == ["listing-page"]
    call_command("check_urls", str(tree), verbosity=0)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(tree)

    (tree / "_config.yml").write_text(TEMPLATES["_config.yml"].replace("Tides", "Fog"))
    run(tree)
    assert client.get("/manifest.json").content == b'{"name": "Fog"}\n'
    undo(ImportRun.objects.latest("pk"))
    assert client.get("/manifest.json").content == b'{"name": "Tides"}\n'
    undo(ImportRun.objects.filter(undone_at=None).get())
    assert client.get("/manifest.json").status_code == 404


@pytest.mark.django_db
def test_a_template_that_is_withdrawn_or_left_out_never_answers_with_its_source(tmp_path: Path, client: Client) -> None:
    start = {"index.md": "---\ntitle: Start\n---\nWords.\n"}
    tree = write_tree(tmp_path, {**start, "api/notes.txt": "---\n---\nTides\n", "api/plain.txt": "Fog\n"})
    run(tree)
    assert client.get("/api/notes.txt").content == b"Tides\n"
    write_tree(
        tree,
        {"api/notes.txt": "---\npublished: false\ntoken: s3cret\n---\nTides\n"},
        CONFIG + "exclude: [api/plain.txt]\n",
    )
    run(tree)
    assert client.get("/api/notes.txt").status_code == 404
    assert client.get("/api/plain.txt").status_code == 404
    undo(ImportRun.objects.latest("pk"))
    assert client.get("/api/notes.txt").content == b"Tides\n"
    assert client.get("/api/plain.txt").content == b"Fog\n"
    run(tree)
    run(write_tree(tree, {"api/notes.txt": "---\n---\nFog\n"}))
    assert client.get("/api/notes.txt").content == b"Fog\n"
    assert client.get("/api/plain.txt").content == b"Fog\n"


@pytest.mark.django_db
def test_a_template_whose_address_is_that_of_a_program_does_not_answer(tmp_path: Path, client: Client) -> None:
    named = {"api/a.txt": "/run/x.hta", "api/b.php": "/run/b.txt", "api/c.txt": "/run/x.xht.gz"}
    templates = {path: f"---\npermalink: {url}\n---\nTides\n" for path, url in named.items()}
    report = run(write_tree(tmp_path, {"index.md": "---\ntitle: Start\n---\nWords.\n", **templates}))
    assert [client.get(url).status_code for url in named.values()] == [404, 404, 200]
    assert set(codes(row(report, "api/a.txt"))) == {"unanswered-file", "no-equivalent"}
    assert client.get("/run/x.xht.gz").headers["Content-Type"].startswith("text/plain")
