import io
import json

import pytest
from rich.console import Console

from portfolio.documents.document import Problem, Severity
from portfolio.documents.report import CONSTRUCTS, OUTCOMES, DocumentReport, Report, render_text

MISSING = Problem(Severity.WARNING, "missing-image", "/a.png [red] is missing", 3)
BROKEN = Problem(Severity.ERROR, "not-utf-8", "is not UTF-8")
NOTE = Problem(Severity.INFO, "boilerplate", "left out", 9)
REPORT = Report(
    source="site",
    kind="jekyll",
    documents=(
        DocumentReport("a.md", "post", "created", "/a/", ("/old/",), {"native": 3, "kept": 1}, (MISSING, NOTE)),
        DocumentReport("b.md", "page", "rejected", problems=(BROKEN,)),
        DocumentReport("c.md", "post", "created", "/c/", (), {"native": 2, "refused": 1}),
    ),
    seconds=1.25,
    problems=(Problem(Severity.WARNING, "link-circle", "docs: contains itself"),),
)


def printed(report: Report) -> str:
    stream = io.StringIO()
    render_text(report, Console(file=stream, width=100, highlight=False))
    return stream.getvalue()


def test_json_has_the_agreed_shape() -> None:
    data = json.loads(REPORT.to_json())
    names = "version source kind documents problems settings totals seconds read_as files"
    assert list(data) == names.split()
    assert (data["version"], data["source"], data["kind"], data["seconds"]) == (1, "site", "jekyll", 1.25)
    assert data["documents"][0] == {
        "path": "a.md",
        "kind": "post",
        "outcome": "created",
        "page_url": "/a/",
        "old_urls": ["/old/"],
        "constructs": {"native": 3, "approximated": 0, "kept": 1, "refused": 0},
        "problems": [
            {"severity": "warning", "code": "missing-image", "line": 3, "message": "/a.png [red] is missing"},
            {"severity": "info", "code": "boilerplate", "line": 9, "message": "left out"},
        ],
    }


def test_json_names_the_settings_that_were_filled_in_and_what_the_source_was_taken_for() -> None:
    report = Report("s", "jekyll", (), 0.0, read_as="a Jekyll site", settings=("owner_name", "bio"))
    data = json.loads(report.to_json())
    assert (data["settings"], data["read_as"]) == (["owner_name", "bio"], "a Jekyll site")


def test_totals_are_the_sums_over_the_documents() -> None:
    data = json.loads(REPORT.to_json())
    documents, totals = data["documents"], data["totals"]
    assert totals["documents"] == len(documents)
    for name in OUTCOMES:
        assert totals["outcomes"][name] == sum(document["outcome"] == name for document in documents)
    for name in CONSTRUCTS:
        assert totals["constructs"][name] == sum(document["constructs"][name] for document in documents)
    assert totals["problems"] == {"error": 1, "warning": 2, "info": 1}


def test_errors_are_seen_wherever_they_are() -> None:
    assert REPORT.has_errors
    assert not Report("s", "plain", REPORT.documents[:1], 0.0).has_errors
    assert Report("s", "plain", (), 0.0, (BROKEN,)).has_errors


def test_text_names_each_error_and_warning_with_its_place() -> None:
    text = printed(REPORT)
    assert "a.md:3  missing-image  /a.png [red] is missing\n" in text
    assert "b.md  not-utf-8  is not UTF-8\n" in text
    assert "link-circle  docs: contains itself\n" in text
    assert "boilerplate" not in text
    assert text.endswith("3 documents in 1.2 s, 1 error, 2 warnings, 1 note.\n")


def styled(path: str, *lines: int) -> DocumentReport:
    problems = tuple(Problem(Severity.WARNING, "unsafe-html", "style on <p> is not shown", line) for line in lines)
    return DocumentReport(path, "post", "created", problems=problems)


def test_text_gathers_what_many_lines_have_in_common_and_json_keeps_it_all() -> None:
    report = Report("s", "jekyll", (styled("a.md", 3, 9), styled("b.md", 4, 5, 6)), 0.0)
    text = printed(report)
    assert "a.md:3  unsafe-html  style on <p> is not shown (5 times; also a.md:9, b.md:4 and 2 more)\n" in text
    assert text.count("unsafe-html") == 1
    assert "5 warnings" in text
    assert sum(len(document["problems"]) for document in report.as_dict()["documents"]) == 5


def test_few_warnings_errors_and_what_is_said_of_whole_documents_are_printed_one_by_one() -> None:
    error = Problem(Severity.ERROR, "x", "wrong", 1)
    gone = Problem(Severity.WARNING, "source-gone", "not there any more")
    some = [DocumentReport(f"{n}.md", "post", "skipped", problems=(error, gone)) for n in range(9)]
    text = printed(Report("s", "jekyll", (styled("a.md", 1, 2, 3), *some), 0.0))
    assert [text.count(code) for code in ("unsafe-html", "  x  wrong", "source-gone")] == [4, 9, 10]
    lines = [line for line in text.splitlines() if line[:2] in ("9 ", "3 ")]
    assert lines == [
        "9 errors  x  0.md:1, 1.md:1, 2.md:1 and 6 more",
        "9 warnings  source-gone  0.md, 1.md, 2.md and 6 more",
        "3 warnings  unsafe-html  a.md:1, a.md:2, a.md:3",
    ]


def test_text_says_what_the_source_was_taken_for() -> None:
    text = printed(Report("s", "jekyll", (), 0.0, read_as="a Jekyll site, because it has _config.yml"))
    assert text.startswith("Read as a Jekyll site, because it has _config.yml.\n")


def test_text_sums_up_by_kind_and_outcome() -> None:
    rows = [line.split() for line in printed(REPORT).splitlines()]
    assert ["post", "2", "5", "1", "1"] in rows
    assert ["page", "1"] in rows
    assert ["all", "2", "1", "5", "0", "1", "1"] in rows


def test_long_messages_are_not_broken_and_control_characters_are_not_printed() -> None:
    problem = Problem(Severity.WARNING, "x", "a" * 300 + "\x1b[31m\n")
    text = printed(Report("s", "plain", (DocumentReport("a\x1b.md", "page", "created", problems=(problem,)),), 0.0))
    assert "\x1b" not in text
    assert "a" * 300 in text


def test_names_that_are_no_unicode_can_be_written() -> None:
    text = Report("bad\udcff", "plain", (), 0.0).to_json()
    assert text.encode("utf-8")
    assert json.loads(text)["source"]


@pytest.mark.parametrize("arguments", [{"outcome": "lost"}, {"outcome": "created", "constructs": {"broken": 1}}])
def test_unknown_words_are_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"is no outcome|are no kinds"):
        DocumentReport("a.md", "post", **arguments)
