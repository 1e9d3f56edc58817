"""Which documents are experience pages, and the index and entries they become."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import slugify

from experience.entries import Entry, find_entries, skills_among
from experience.exporting import describe_entry, describe_index, details_of, fill_details
from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, Skill
from portfolio.importer.document import Document, Severity
from portfolio.importer.plan import PagePlan
from portfolio.importer.resources import Resources
from portfolio.importer.summary import summary_from_html
from portfolio.models import HomePage

LAYOUTS = frozenset({"experience", "resume", "cv"})
ENOUGH = 2


class ExperienceMapping:
    """A page whose headings name periods: one entry each, below the site's experience index, which takes its title."""

    def claims(self, document: Document) -> bool:
        if document.kind == "experience":
            return True  # the owner says so
        if document.kind != "page" or document.listing:
            return False
        _, entries = find_entries(document.nodes)
        return len(entries) >= (1 if document.front_matter.get("layout") in LAYOUTS else ENOUGH)

    def plans(self, document: Document) -> Sequence[PagePlan]:
        before, entries = find_entries(document.nodes)

        def fill_index(page: ExperienceIndexPage, resources: Resources) -> None:
            if isinstance(document.front_matter.get("intro"), str):
                page.intro = summary_from_html(document.front_matter["intro"])

        organisations = [entry.organisation for entry in entries]
        index = PagePlan(
            model=ExperienceIndexPage,
            parent=HomePage,
            adopt=True,
            title=document.title,
            slug=document.slug,
            fill=fill_index,
            describe=describe_index,
            live=not document.draft,
            nodes=before,
            old_urls=document.old_urls,
        )
        return (index, *(self.entry_plan(entry, organisations, document) for entry in entries))

    def entry_plan(self, entry: Entry, organisations: Sequence[str], document: Document) -> PagePlan:
        slug = slugify(f"{entry.organisation} {entry.period.text}") or "entry"
        details = details_of(document.front_matter, slug)

        def fill(page: ExperiencePage, resources: Resources) -> None:
            page.organisation = organisation_of(entry, resources)
            page.role = entry.role
            page.employment_type = entry.employment_type
            page.period_text = entry.period.text
            known = [*Skill.objects.values_list("name", flat=True)]
            names = skills_among(entry.emphasised, known, organisations)
            skills = [resources.named(Skill, name, Skill.objects.resolve) for name in names]
            page.skills.set([skill for skill in skills if skill is not None])
            fill_details(page, details)

        unshown = [entry.heading.span, *([entry.logo.span] if entry.logo else [])]
        return PagePlan(
            model=ExperiencePage,
            parent=ExperienceIndexPage,
            part=slug,
            title=str(details.get("title") or title_of(entry)),
            slug=slug,
            fill=fill,
            describe=describe_entry,
            live=not document.draft and details.get("published") is not False,
            nodes=entry.nodes,
            unshown=unshown,
        )


def title_of(entry: Entry) -> str:
    if entry.role:
        return f"{entry.role} at {entry.organisation}"
    return f"{entry.organisation} – {entry.employment_type}" if entry.employment_type else entry.organisation


def organisation_of(entry: Entry, resources: Resources) -> Organisation:
    """The organisation of that name, made when there is none. What an editor has filled in is left as it is."""
    limit = Organisation._meta.get_field("name").max_length
    name = entry.organisation[:limit]
    if name != entry.organisation:
        message = f"the organisation “{name[:40]}…” has more than {limit} characters and is cut"
        resources.report(Severity.ERROR, "name-too-long", message, entry.heading.line)
    organisation = Organisation.objects.filter(name__iexact=name).first() or Organisation(name=name)
    if entry.url and not organisation.url:
        organisation.url = resources.web_address(entry.url, "the organisation's address", entry.heading.line)
    if entry.logo is not None and organisation.logo is None:
        organisation.logo = resources.image(entry.logo.data["src"], entry.logo.data["alt"], entry.logo.line)
    organisation.save()
    return organisation
