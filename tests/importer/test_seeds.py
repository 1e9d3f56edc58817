"""The three documents that the product began with, imported whole; the demo's own where they are not at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage, InterviewPage
from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, Skill
from portfolio.documents.report import Report
from tests.importer.trees import row, run

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds" / "site"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents lie beside the repository, not in it"),
]

SKILLS = (
    "Ruby|Ruby on Rails|ReactJS|Sidekiq|Redis|MySQL|PostgreSQL|SCRUM|AWS Kinesis Firehose|AWS S3|AWS Glue|AWS Athena|"
    "ElasticSearch|Word2Vec|GRU4REC|Docker|AWS ECR|AWS Sagemaker|Gitlab|Python|Numpy|Tensorflow|Pandas|Flask|PySpark|"
    "Azure Pipelines|Databricks|Resnet|LSTM|Trino|SQL"
).split("|")
INTERVIEW = "_interviews/machine-learning-engineer-the-job-of-a-problem-solver.txt"


@pytest.fixture
def report() -> Report:
    return run(SEEDS)


def article(client: Client, url: str) -> str:
    """The HTML of a page's body, without the links to other entries below it."""
    html = client.get(url).content.decode()
    return html[html.index("data-article-body") : html.index('<footer class="after')]


def test_the_import_has_no_errors(report: Report) -> None:
    assert not report.has_errors
    assert {document.outcome for document in report.documents} == {"created"}
    assert report.totals["documents"] == 3


def test_the_experience_page_answers_at_its_old_address_with_four_entries_in_order(
    report: Report, client: Client
) -> None:
    response = client.get("/prof-exp/")
    assert response.status_code == 200
    html = response.content.decode()
    assert ExperienceIndexPage.objects.get().title == "Professional Experience"
    roles = [role for group in response.context["groups"] for role in group.roles]
    assert [(role.organisation.name, role.period_text, role.employment_type, role.ongoing) for role in roles] == [
        ("Revolut", "2023-Now", "", True),
        ("Farfetch", "2021 - 2023", "", False),
        ("Jumpseller", "2020 - 2021", "Full-time", False),
        ("Jumpseller", "2018 - 2020", "Part-time (Student-worker)", False),
    ]
    places = [html.index(text) for text in ("2023–Now", "2021 – 2023", "2020 – 2021", "2018 – 2020")]
    assert places == sorted(places)


def test_roles_at_one_organisation_are_grouped_with_its_address_and_logo(report: Report, client: Client) -> None:
    groups = client.get("/prof-exp/").context["groups"]
    assert [(group.organisation.name, len(group.roles)) for group in groups] == [
        ("Revolut", 1),
        ("Farfetch", 1),
        ("Jumpseller", 2),
    ]
    found = {organisation.name: organisation for organisation in Organisation.objects.select_related("logo")}
    assert found["Jumpseller"].url == "https://jumpseller.com/"
    assert found["Farfetch"].url == "https://www.farfetch.com"
    assert found["Jumpseller"].logo is not None
    assert found["Farfetch"].logo is not None
    assert found["Revolut"].logo is None


def test_the_missing_logo_is_a_warning_with_file_and_line_and_no_broken_picture(report: Report, client: Client) -> None:
    (problem,) = [found for found in row(report, "prof-exp.md").problems if found.code == "missing-image"]
    source = (SEEDS / "prof-exp.md").read_text().splitlines()
    assert "revolut.png" in source[problem.line - 1]
    assert "revolut.png" not in client.get("/prof-exp/").content.decode()


def test_skills_are_the_proper_names_once_each(report: Report) -> None:
    names = [name.casefold() for name in Skill.objects.values_list("name", flat=True)]
    assert len(names) == len(set(names))
    assert {name.casefold() for name in SKILLS} <= set(names)
    for ordinary in ("frontend", "software development team", "webhooks", "job queues", "jumpseller", "farfetch"):
        assert ordinary not in names
    revolut = ExperiencePage.objects.get(organisation__name="Revolut")
    assert "Pandas" in [skill.name for skill in revolut.skills.all()], "written pandas there"


def test_every_paragraph_of_the_experience_page_is_there_with_its_marks_and_links(
    report: Report, client: Client
) -> None:
    html = client.get("/prof-exp/").content.decode()
    plain = " ".join(re.sub("</?(?:b|strong)>", "", html).split())
    for passage in (
        "managing my time as a student-worker.",
        "queried using AWS Athena.",
        "predictions in a Flask server.",
        "Vespa.ai vector database",
        "Gradient Boosting Mode knowledge.",
    ):
        assert passage in plain, passage
    assert '<a href="https://jumpseller.com/"><b>Jumpseller</b></a>' in html
    assert "<strong>AWS Glue</strong>" in html or "<b>AWS Glue</b>" in html
    assert "####" not in html


def test_the_resume_lists_the_four_positions(report: Report, client: Client) -> None:
    resume = json.loads(client.get("/resume.json").content)
    assert [(work["name"], work["startDate"], work.get("endDate")) for work in resume["work"]] == [
        ("Revolut", "2023", None),
        ("Farfetch", "2021", "2023"),
        ("Jumpseller", "2020", "2021"),
        ("Jumpseller", "2018", "2020"),
    ]
    told = [[work.get("summary", ""), *work.get("highlights", [])] for work in resume["work"]]
    assert all(any(texts) for texts in told), "every position says something, as text or as points"
    assert not any("**" in text for texts in told for text in texts)


def test_the_post_has_its_date_categories_and_excerpt(report: Report, client: Client) -> None:
    page = BlogPage.objects.get()
    assert page.title == "Eight months at Scalarr"
    assert page.date.isoformat() == "2019-12-29T15:13:54+00:00"
    assert sorted(page.categories.values_list("name", flat=True)) == ["DS", "Job"]
    assert page.summary_or_excerpt.startswith("<p>For 8 months I have been working")
    assert page.summary_or_excerpt.rstrip("</p>").endswith("More details described here.")
    assert "Research</h2>" not in page.summary_or_excerpt
    html = client.get(page.url).content.decode()
    assert 'datetime="2019-12-29' in html
    assert html.count("For 8 months I have been working") == html.split("</head>")[0].count("For 8 months") + 1


def test_the_post_keeps_its_lists_headings_and_rule(report: Report, client: Client) -> None:
    html = article(client, BlogPage.objects.get().url)
    for anchor in ("research", "models-evaluation", "etl-processes", "analysis-optimization"):
        assert f'<h2 id="{anchor}">' in html
    assert html.count("<ul>") == 7
    assert html.count("<li>") == 23
    assert "<hr" in html
    nested = html.index("Gradient Boosting Machines:")
    assert "<ul><li>xgboost</li><li>adaboost</li></ul></li></ul>" in html[nested : nested + 200].replace("\n", "")


def test_the_embed_loads_on_click_and_only_from_the_listed_host(report: Report, client: Client) -> None:
    response = client.get(BlogPage.objects.get().url)
    html = article(client, BlogPage.objects.get().url)
    assert html.count("<iframe") == 1
    frame = html[html.index("<iframe") : html.index(">", html.index("<iframe"))]
    assert "srcdoc=" in frame
    assert " src=" not in frame
    assert "urn:li:share:6610880899166810112" in html
    assert "https://www.linkedin.com" in response.headers["Content-Security-Policy"]


def test_the_posts_old_address_redirects_in_one_hop(report: Report, client: Client) -> None:
    response = client.get("/ds/job/2019/12/29/eight-months-at-scalarr.html", follow=True)
    assert response.redirect_chain == [("/blog/eight-months-at-scalarr/", 301)]


def test_the_interview_has_its_byline_date_credit_and_standfirst(report: Report, client: Client) -> None:
    page = InterviewPage.objects.get()
    assert page.title == "Machine learning engineer: the job of a problem-solver"
    assert page.date.date().isoformat() == "2020-02-25"
    assert page.reading_minutes == 4
    assert (page.interviewer, page.interviewer_role) == ("Gary Finn", "Managing director at Branditmedia")
    assert page.interviewee_name == "Ahmed Ahres"
    assert page.photo_credit == "Betty Zapata for Welcome To The Jungle"
    assert page.summary.startswith("<p>As a teenager, Ahmed Ahres dreamed")
    html = client.get(page.url).content.decode()
    assert html.count("<h1") == 1
    assert html.split("<body")[1].count("Machine learning engineer: the job of a problem-solver") <= 2
    for fact in ("25 February 2020", "4 min", "Gary Finn", "Betty Zapata for Welcome To The Jungle"):
        assert fact in html, fact


def test_the_interview_has_nine_pairs_and_five_pull_quotes_in_order(report: Report) -> None:
    page = InterviewPage.objects.get()
    kinds = "".join({"question_answer": "a", "pull_quote": "Q"}[child.block_type] for child in page.body)
    assert kinds == "aaQaQaaQaaQaQa"
    answers = [child.value["answer"].source for child in page.body if child.block_type == "question_answer"]
    assert [answer.count("<p>") for answer in answers] == [1, 1, 1, 1, 1, 2, 1, 2, 2]
    for answer in answers:
        assert not answer.startswith("<p>“")
        assert not answer.endswith("”</p>")
    assert "data “model-ready” in order" in answers[2]
    assert "“How will I design the model and why?”" in answers[7]
    passages = [page.passages[child.id].kind for child in page.body if child.block_type == "pull_quote"]
    assert passages == ["condensed", "condensed", "exact", "condensed", "exact"]


def test_placeholders_and_boilerplate_are_reported_and_not_published(report: Report, client: Client) -> None:
    problems = row(report, INTERVIEW).problems
    lines = (SEEDS / INTERVIEW).read_text().splitlines()
    assert [lines[problem.line - 1] for problem in problems if problem.code == "missing-image"] == ["image"] * 3
    boilerplate = [lines[problem.line - 1] for problem in problems if problem.code == "boilerplate"]
    assert [text.split()[0] for text in boilerplate] == ["Follow", "Las"]
    html = article(client, InterviewPage.objects.get().url)
    for left_out in ("newsletter", "temáticas", ">image<"):
        assert left_out not in html


def test_each_pull_quote_says_on_the_page_whether_it_is_exact(report: Report, client: Client) -> None:
    html = article(client, InterviewPage.objects.get().url)
    assert html.count('data-passage="exact"') == 2
    assert html.count('data-passage="condensed"') == 3


def test_a_skill_joins_the_roles_that_took_it(report: Report, client: Client) -> None:
    skill = Skill.objects.get(name__iexact="pandas")
    html = client.get(f"/skills/{skill.slug}/").content.decode()
    assert "Jumpseller" in html
    assert "Revolut" in html
