from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class ExperienceConfig(AppConfig):
    name = "experience"
    verbose_name = "Experience"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from experience.home_sections import most_used_skills, newest_roles, owner_facts
        from experience.models import ProjectPage
        from experience.page_kinds import EXPERIENCE_INDEX, ROLE
        from experience.repositories.tasks import enqueue_for_project
        from experience.resume import tasks as resume
        from experience.resume.site_data import RESUME_DATA, SKILL_DATA
        from experience.taxonomy import SKILLS
        from experience.works.citations import cited_publications
        from experience.works.home_sections import newest_publications, next_talks
        from experience.works.page_kinds import PROJECT, PROJECT_INDEX, PUBLICATION, PUBLICATION_INDEX, TALK, TALK_INDEX
        from experience.works.selected_work import selected_work
        from portfolio.blocks.body.citations import use_publication_finder
        from portfolio.content.registry import register, register_taxonomies
        from portfolio.content.site_data import register_site_data
        from portfolio.models.home.sections import register_home_facts, register_home_section
        from portfolio.models.index_pages import publish_index

        register_site_data(RESUME_DATA, SKILL_DATA)
        register_home_facts(owner_facts)
        register_home_section("work", selected_work)
        register_home_section("roles", newest_roles)
        register_home_section("publications", newest_publications)
        register_home_section("talks", next_talks)
        register_home_section("skills", most_used_skills)
        register(EXPERIENCE_INDEX, ROLE, PROJECT_INDEX, PROJECT, PUBLICATION_INDEX, PUBLICATION, TALK_INDEX, TALK)
        register_taxonomies(SKILLS)
        use_publication_finder(cited_publications)
        page_published.connect(publish_index, dispatch_uid="portfolio.models.index_pages.publish_index")
        page_published.connect(enqueue_for_project, sender=ProjectPage, dispatch_uid="experience.repositories.enqueue")
        for signal, senders in (
            (page_published, resume.PAGES),
            (page_unpublished, resume.PAGES),
            (post_save, resume.ROWS),
            (post_delete, (*resume.PAGES, *resume.ROWS)),
        ):
            for sender in senders:
                signal.connect(resume.enqueue_on_commit, sender=sender, dispatch_uid="experience.resume.enqueue")
