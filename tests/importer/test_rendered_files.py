"""Templates of files that show documents do not answer: they would go on to show those that are withdrawn later."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.importer.trees import CONFIG, codes, post, row, run, write_tree

DOCUMENTS = {
    "index.md": "---\ntitle: Start\n---\nWords of the start.\n",
    "about.md": "---\ntitle: About\n---\nWords about us.\n",
    "_posts/2021-05-04-tides.md": post("Words of the post.\n", categories="sea", tags="salt"),
    "_notes/fog.md": "---\ntitle: Fog\n---\nWords of the note.\n",
    "_includes/texts.json": "{{ include.list | map: 'content' | jsonify }}",
    "_includes/all.json": "{% assign all = site %}{% for p in all.posts %}{{ p.title }}{% endfor %}",
}
SHOW_DOCUMENTS = {
    "posts": "{% for p in site.posts %}{{ p.content | jsonify }}{% endfor %}",
    "whole": "{{ site.posts | jsonify }}",
    "printed": "{{ site.posts }}",
    "related": "{{ site.related_posts[0].excerpt }}",
    "first": "{{ site.posts.first.description }}{{ site.posts.first.url }}",
    "notes": "{% for note in site.notes %}{{ note.title }}{% endfor %}",
    "collections": "{% for c in site.collections %}{{ c.docs | map: 'title' }}{% endfor %}",
    "documents": "{{ site.documents | map: 'url' | join }}",
    "pages": "{% for p in site.pages %}{{ p.content }}{% endfor %}",
    "excerpts": "{{ site.html_pages | map: 'excerpt' | join }}",
    "tags": "{% for tag in site.tags %}{{ tag[1] | map: 'content' }}{% endfor %}",
    "categories": "{{ site.categories.sea.first.title }}",
    "given": "{% include texts.json list=site.posts %}",
    "assigned": "{% include all.json %}",
    "relative": "{% include_relative about.md %}",
}
SHOW_NONE = {
    "counted": "{{ site.posts | size }} {{ site.tags.salt.size }}",
    "named": "{% for tag in site.tags %}{{ tag[0] }}{% endfor %}",
    "titles": "{% for p in site.html_pages %}{{ p.title }} {{ p.url }}{% endfor %}",
    "own": "{{ page.title }}{{ page.content | size }}{{ site.title }}",
}


@pytest.mark.django_db
def test_a_template_that_shows_documents_does_not_answer_and_is_reported(tmp_path: Path, client: Client) -> None:
    templates = {**SHOW_DOCUMENTS, **SHOW_NONE}
    files = {f"{name}.txt": f"---\ntitle: Tides\n---\n{text}\n" for name, text in templates.items()}
    report = run(write_tree(tmp_path, {**DOCUMENTS, **files}, CONFIG + "collections: {notes: {output: true}}\n"))
    statuses = {name: client.get(f"/{name}.txt").status_code for name in templates}
    assert statuses == dict.fromkeys(SHOW_DOCUMENTS, 404) | dict.fromkeys(SHOW_NONE, 200)
    reported = {name for name in templates if "unanswered-file" in codes(row(report, f"{name}.txt"))}
    assert reported == {*SHOW_DOCUMENTS}
    reasons = " ".join(problem.message for problem in row(report, "posts.txt").problems)
    assert "would go on to show those that are unpublished, restricted or deleted" in reasons


@pytest.mark.django_db
def test_a_file_that_begins_to_show_documents_stops_answering(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path, {**DOCUMENTS, "all.json": "---\n---\n[]\n"})
    run(tree)
    assert client.get("/all.json").content == b"[]\n"
    run(write_tree(tree, {"all.json": "---\n---\n{{ site.posts | jsonify }}\n"}))
    assert client.get("/all.json").status_code == 404
