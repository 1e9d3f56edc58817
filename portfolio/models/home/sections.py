"""Sections of the home page: which there are, what an owner can set of each, and who fills them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

# Types by name, as this app must not import those.
WORK_TYPES = (
    "experience.ProjectPage",
    "experience.PublicationPage",
    "experience.TalkPage",
    "blog.BlogPage",
    "blog.InterviewPage",
)
MOST_WORK = 6
MOST_ROWS = 20
MOST_TERMS = 60


class SectionBlock(blocks.StructBlock):
    """A section with a heading of its own, or ``default_heading``."""

    heading = blocks.CharBlock(required=False, max_length=100, help_text="Leave empty for the usual one.")

    default_heading: str | Promise = ""

    class Meta:
        collapsed = True
        label_format = "{heading}"


def number_of(what: str, default: int, most: int = MOST_ROWS) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(min_value=1, max_value=most, default=default, label=f"How many {what}")


class WorkSectionBlock(SectionBlock):
    """Pieces of work as cards with their pictures."""

    default_heading = _("Selected work")
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type=WORK_TYPES),
        max_num=MOST_WORK,
        default=[],
        label="Pages",
        help_text="Two to six, in the order in which you want them shown. Leave it empty to show what is featured.",
    )
    number = number_of("cards, if you choose no pages", MOST_WORK, MOST_WORK)

    class Meta:
        label = "Selected work"
        icon = "image"
        description = "Cards with pictures: projects, publications, talks, posts and interviews"


class TextSectionBlock(blocks.StaticBlock):
    """Where the page's own body stands."""

    class Meta:
        label = "Your text"
        icon = "pilcrow"
        admin_text = "What you wrote under “Body”."
        description = "The body of this page"


class RolesSectionBlock(SectionBlock):
    """The newest roles, with logos."""

    default_heading = _("Experience")
    number = number_of("roles", 3)

    class Meta:
        label = "Experience"
        icon = "group"
        description = "Your newest roles with years and logos"


class WritingSectionBlock(SectionBlock):
    """The newest posts and interviews."""

    default_heading = _("Writing")
    kind = blocks.ChoiceBlock(
        choices=[("all", "Posts and interviews"), ("post", "Posts"), ("interview", "Interviews")],
        default="all",
        label="What",
    )
    number = number_of("entries", 5)

    class Meta:
        label = "Writing"
        icon = "edit"
        description = "Your newest posts and interviews"


class PublicationsSectionBlock(SectionBlock):
    """The newest publications."""

    default_heading = _("Publications")
    number = number_of("publications", 3)

    class Meta:
        label = "Publications"
        icon = "doc-full"
        description = "Your newest publications with authors and venue"


class TalksSectionBlock(SectionBlock):
    """The next talks, then the last ones."""

    default_heading = _("Talks")
    number = number_of("talks", 3)

    class Meta:
        label = "Talks"
        icon = "calendar-alt"
        description = "The next talks, then the latest ones"


class SkillsSectionBlock(SectionBlock):
    """The skills with the most evidence."""

    default_heading = _("Skills")
    number = number_of("skills", 24, MOST_TERMS)

    class Meta:
        label = "Skills"
        icon = "tag"
        description = "Your skills, those with the most evidence first"


class HomeSectionBlocks(blocks.StreamBlock):
    """The sections of a home page in their order."""

    text = TextSectionBlock()
    work = WorkSectionBlock()
    roles = RolesSectionBlock()
    writing = WritingSectionBlock()
    publications = PublicationsSectionBlock()
    talks = TalksSectionBlock()
    skills = SkillsSectionBlock()

    class Meta:
        collapsed = True
        block_counts = {name: {"max_num": 1} for name in ("text", "work", "roles", "publications", "talks", "skills")}


# What a page shows whose owner has set nothing. A section that has nothing to show is left out.
DEFAULT_SECTIONS = ("text", "work", "roles", "writing", "publications", "talks", "skills")


@dataclass(frozen=True, slots=True)
class MoreLink:
    """A link below a section, to all of its kind."""

    url: str
    text: str


@dataclass(slots=True)
class SectionContent:
    """What a section shows: ``items`` for its template, and where there are more of them."""

    items: Sequence[Any] = ()
    more: list[MoreLink] = field(default_factory=list)

    @property
    def is_mixed(self) -> bool:
        """Whether its items are of several types, so that each must be named."""
        return len({type(item) for item in self.items}) > 1


@dataclass(frozen=True, slots=True)
class HomeSection:
    """A section as it is shown. ``id`` is that of its heading."""

    kind: str
    id: str
    heading: str
    content: SectionContent

    @property
    def template(self) -> str:
        return f"portfolio/home/{self.kind}.html"


# From the settings of the section and the pages that sections before it show.
SectionLoader = Callable[[Mapping[str, Any], Sequence[Page]], SectionContent]
FactsProvider = Callable[[], Mapping[str, Any]]

_loaders: dict[str, SectionLoader] = {}
_facts: list[FactsProvider] = []


def register_home_section(kind: str, loader: SectionLoader) -> None:
    """Let ``loader`` fill the sections of the kind, a name in ``HomeSectionBlocks``."""
    _loaders[kind] = loader


def register_home_facts(provider: FactsProvider) -> None:
    """Let ``provider`` say what stands beside the owner's name. Registering it again changes nothing."""
    if provider not in _facts:
        _facts.append(provider)


def home_facts() -> dict[str, Any]:
    return {name: value for provider in _facts for name, value in provider().items()}


def how_many(settings: Mapping[str, Any], default: int, most: int = MOST_ROWS) -> int:
    """The number that is set, within bounds; a stored value may be anything."""
    number = settings.get("number")
    return min(max(number, 1), most) if isinstance(number, int) else default


def shown_sections(stream: Any) -> list[HomeSection]:
    """The sections of ``stream``, or the usual ones, without those that have nothing to show."""
    shown: list[HomeSection] = []
    seen: list[Page] = []
    for kind, settings in chosen_sections(stream):
        if kind == "text":
            shown.append(HomeSection(kind, kind, "", SectionContent()))
            continue
        loader = _loaders.get(kind)
        content = loader(settings, seen) if loader else SectionContent()
        if not content.items:
            continue
        seen += [item for item in content.items if isinstance(item, Page)]
        number = sum(section.kind == kind for section in shown)
        block = HomeSectionBlocks.base_blocks[kind]
        heading = settings.get("heading") or str(block.default_heading)
        shown.append(HomeSection(kind, f"{kind}-{number + 1}" if number else kind, heading, content))
    return shown


def chosen_sections(stream: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """The kind and the settings of each section."""
    known = HomeSectionBlocks.base_blocks
    if stream:
        return [(child.block_type, child.value or {}) for child in stream if child.block_type in known]
    return [(kind, known[kind].get_default() or {}) for kind in DEFAULT_SECTIONS]


def default_stream() -> list[dict[str, Any]]:
    """The usual sections as a stream's raw value, for a form in which an owner rearranges them."""
    return [
        {"type": kind, "value": block.get_prep_value(block.get_default())}
        for kind, block in ((kind, HomeSectionBlocks.base_blocks[kind]) for kind in DEFAULT_SECTIONS)
    ]
