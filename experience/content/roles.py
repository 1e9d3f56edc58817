"""Content of experience pages: an index with its roles from one document, and back into keys and headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.utils.text import slugify

from experience.heading_parser import ParsedRole, parse_roles, select_skills
from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, Skill
from experience.resume.positions import store_positions
from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY
from portfolio.content.language_fields import described_language, fill_language, language_keys, without_language
from portfolio.documents.document import Document, Severity
from portfolio.documents.slugs import page_slug
from portfolio.engines import SourceTree
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.source_edit.front_matter_keys import publication_keys, text_keys
from portfolio.importer.body.summary import summary_from_html
from portfolio.importer.entries import ImportedEntries
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.characters import control_message
from portfolio.markdown.writing.escaping import escape_text
from portfolio.models import HomePage

LAYOUTS = frozenset({"experience", "resume", "cv"})
MIN_ROLES = 2  # of a page whose layout does not say that it is about experience
HEADING_FIELDS = ("period", "organisation", "role", "employment_type")
# Keys of a role in front matter, and the page's field that each is for.
TEXT_FIELD_OF_KEY = {
    "role": "role",
    "employment_type": "employment_type",
    "period": "period_text",
    "location": "location",
}


class ExperienceContent:
    """A document whose headings name periods: the experience index, which takes its title, and one role each."""

    model = ExperienceIndexPage
    entry_model = ExperiencePage
    is_fallback = False

    def claims(self, document: Document) -> bool:
        if document.kind == "experience":
            return True  # the owner says so
        if document.kind != "page" or document.listing:
            return False
        _, roles = parse_roles(document.nodes)
        return len(roles) >= (1 if document.front_matter.get("layout") in LAYOUTS else MIN_ROLES)

    def plans(self, document: Document) -> Sequence[PagePlan]:
        before, roles = parse_roles(document.nodes)
        index = PagePlan(
            model=ExperienceIndexPage,
            parent=HomePage,
            adopt=True,
            title=document.title,
            slug=name_of_file(document),
            fill=partial(fill_index, document),
            describe=self.describe,
            live=not document.draft,
            nodes=before,
            old_urls=document.old_urls,
        )
        organisations = [role.organisation for role in roles]
        return (index, *(self.role_plan(role, organisations, document) for role in roles))

    def store_entries(self, source: SourceTree, entries: ImportedEntries) -> None:
        store_positions(source, entries)

    def role_plan(self, role: ParsedRole, organisations: Sequence[str], document: Document) -> PagePlan:
        slug = slugify(f"{role.organisation} {role.period.text}") or "entry"
        details = role_details(document.front_matter, slug)
        return PagePlan(
            model=ExperiencePage,
            parent=ExperienceIndexPage,
            part=slug,
            title=str(details.get("title") or title_of(role)),
            slug=slug,
            fill=partial(fill_role, role, organisations, details),
            describe=self.describe_entry,
            live=not document.draft and details.get("published") is not False,
            nodes=role.nodes,
            unshown=[role.heading.span, *([role.logo.span] if role.logo else [])],
        )

    def describe(self, page: ExperienceIndexPage) -> dict[str, Any]:
        own = {"title": page.title, "intro": BLOCK_KEY.sub("", page.intro), "published": page.live}
        return {**own, **described_language(page)}

    def describe_entry(self, page: ExperiencePage) -> dict[str, Any]:
        """The fields of a role: those that its heading gives, and those that are nowhere in its text."""
        return {
            "organisation": page.organisation.name if page.organisation else "",
            "role": page.role,
            "employment_type": page.employment_type,
            "period": page.period_text,
            "title": page.title,
            "location": page.location,
            "summary": BLOCK_KEY.sub("", page.summary),
            "skills": sorted(skill.name for skill in page.skills.all()),
            "published": page.live,
        }

    def changes(
        self, before: Mapping[str, Any], after: Mapping[str, Any], context: FrontMatterContext
    ) -> dict[str, Any]:
        changed = {name: value for name, value in without_language(after).items() if value != before.get(name)}
        published = publication_keys(changed.pop("published"), context.existing) if "published" in changed else {}
        language = language_keys(before, after, context.existing)
        keys = [text_keys(name, value, context.existing) for name, value in changed.items()]
        return {name: value for items in keys for name, value in items.items()} | published | language

    def front_matter(self, page: ExperienceIndexPage, context: FrontMatterContext) -> dict[str, Any]:
        return {
            "layout": "experience",
            "title": page.title,
            "permalink": context.addresses.page_paths[page.pk],
            "intro": BLOCK_KEY.sub("", page.intro),
            **language_keys({}, described_language(page), {}),
            **publication_keys(page.live, {}),
        }

    def path(self, page: ExperienceIndexPage, context: FrontMatterContext) -> str:
        return f"{context.addresses.page_paths[page.pk].strip('/').replace('/', '-') or 'experience'}.md"

    def entries(self, index: ExperienceIndexPage) -> Sequence[ExperiencePage]:
        return list(ExperiencePage.objects.child_of(index).order_by("path"))

    def heading(self, fields: Mapping[str, Any]) -> str:
        """``(2019 - 2022) Organisation - Role, Full-time``"""
        names = [fields["organisation"], ", ".join(filter(None, [fields["role"], fields["employment_type"]]))]
        return f"({fields['period']}) {' - '.join(filter(None, names))}"

    def changed_heading(self, source: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
        """``source`` with each field's old text replaced; None where that is not possible."""
        for name in HEADING_FIELDS:
            old, new = before.get(name) or "", after[name]
            if old == new:
                continue
            if not old or not new or source.count(old) != 1:
                return None
            source = source.replace(old, new)
        return source

    def behind(self, page: ExperiencePage, picture: Callable[[int], str]) -> str:
        """The organisation's logo, which the import takes from the entry."""
        if page.organisation is None or page.organisation.logo_id is None:
            return ""
        return f"![{escape_text(page.organisation.name)}]({picture(page.organisation.logo_id)})"


def fill_index(document: Document, page: ExperienceIndexPage, references: DocumentReferences) -> None:
    fill_language(page, document)
    if isinstance(document.front_matter.get("intro"), str):
        page.intro = summary_from_html(document.front_matter["intro"])


def fill_role(
    role: ParsedRole,
    organisations: Sequence[str],
    details: Mapping[str, Any],
    page: ExperiencePage,
    references: DocumentReferences,
) -> None:
    """Set the fields that heading and text give, then those of the front matter (``details``), which win."""
    # The heading of a role without an organisation looks like one with no role: the front matter tells them apart.
    page.organisation = None if details.get("organisation") == "" else organisation_of(role, references)
    page.role = role.role
    page.employment_type = role.employment_type
    page.period_text = role.period.text
    names = select_skills(role.emphasised, Skill.objects.values_list("name", flat=True), organisations)
    skills = [references.named(Skill, name) for name in names]
    page.skills.set([skill for skill in skills if skill is not None])
    fill_from_details(page, details, references)


def name_of_file(document: Document) -> str:
    """The slug of the experience page: it keeps its place where the old site had it at another address."""
    name = PurePosixPath(document.path).stem
    return document.slug if name == "index" else page_slug(name, "") or document.slug


def role_details(front_matter: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """The front matter of one role, beside its heading and its text (key ``entries``, by part)."""
    entries = front_matter.get("entries")
    details = entries.get(part) if isinstance(entries, Mapping) else None
    return details if isinstance(details, Mapping) else {}


def fill_from_details(page: ExperiencePage, details: Mapping[str, Any], references: DocumentReferences) -> None:
    for key, field in TEXT_FIELD_OF_KEY.items():
        if isinstance(details.get(key), str):
            setattr(page, field, details[key])
    if isinstance(details.get("summary"), str):
        page.summary = summary_from_html(details["summary"])
    if isinstance(details.get("organisation"), str) and (name := " ".join(details["organisation"].split())):
        page.organisation = references.named(Organisation, name) or page.organisation
    if isinstance(details.get("skills"), list):
        names = [text for name in details["skills"] if (text := " ".join(str(name).split()))]
        page.skills.set([skill for skill in references.all_named(Skill, names) if skill is not None])


def title_of(role: ParsedRole) -> str:
    if role.role:
        return f"{role.role} at {role.organisation}"
    return f"{role.organisation} – {role.employment_type}" if role.employment_type else role.organisation


def organisation_of(role: ParsedRole, references: DocumentReferences) -> Organisation:
    """The organisation of that name, made when there is none. What an editor has filled in is left as it is."""
    if message := control_message(role.heading.data["text"]):
        references.report(Severity.WARNING, "control-character", f"left out: {message}", role.heading.line)
    limit = Organisation._meta.get_field("name").max_length
    name = role.organisation[:limit]
    if name != role.organisation:
        message = f"the organisation “{name[:40]}…” has more than {limit} characters and is cut"
        references.report(Severity.ERROR, "name-too-long", message, role.heading.line)
    organisation = references.named(Organisation, name)
    references.terms.will_change(organisation)
    if role.url and not organisation.url:
        organisation.url = references.web_address(role.url, "the organisation's address", role.heading.line)
    if role.logo is not None and organisation.logo is None:
        organisation.logo = references.image(role.logo.data["src"], role.logo.data["alt"], role.logo.line)
    organisation.save()
    return organisation
