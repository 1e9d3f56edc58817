from __future__ import annotations

from types import ModuleType

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_delete, pre_save


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = "Portfolio"

    def __init__(self, app_name: str, app_module: ModuleType) -> None:
        super().__init__(app_name, app_module)
        # Before models, blocks and forms of any app are imported.
        from portfolio.validation.date_range import limit_form_dates
        from portfolio.validation.null_characters import reject_unstorable_text

        limit_form_dates()
        reject_unstorable_text()

    def ready(self) -> None:
        from portfolio.admin.redirects import connect_redirect_handlers
        from portfolio.admin.time_zone import use_site_time_zone
        from portfolio.content.home_data import HOME_DATA
        from portfolio.content.page_kinds import HOME, STANDARD
        from portfolio.content.registry import register
        from portfolio.content.site_data import register_site_data
        from portfolio.validation.control_characters import reject_control_characters
        from portfolio.validation.date_range import limit_stored_dates

        self.connect_blocks_to_tables()
        limit_stored_dates()
        reject_control_characters()
        register(HOME, STANDARD)
        register_site_data(HOME_DATA)
        self.connect_model_handlers()
        self.connect_publishing_handlers()
        self.connect_image_handlers()
        connect_redirect_handlers()
        use_site_time_zone()
        self.start_error_reports()

    def start_error_reports(self) -> None:
        from django.conf import settings

        if settings.SENTRY_DSN:
            from portfolio.delivery.monitoring.error_reports import start_error_reports

            start_error_reports(settings.SENTRY_DSN)

    def connect_blocks_to_tables(self) -> None:
        """Models import blocks; what blocks need of the tables they get from here."""
        from portfolio.blocks.body.references import use_file_finder
        from portfolio.blocks.markup_cache import use_diagrams, use_formula_macros, use_result_store
        from portfolio.models.ledger import find_stored_files
        from portfolio.models.markup_results import MarkupTable
        from portfolio.models.site.settings import read_formula_macros

        use_result_store(MarkupTable())
        use_diagrams(draw_diagram_when_asked)
        use_formula_macros(read_formula_macros)
        use_file_finder(find_stored_files)

    def connect_model_handlers(self) -> None:
        from portfolio.delivery.cdn.purge import purge_after_change
        from portfolio.delivery.query_planner import switch_off_jit
        from portfolio.models.site.lookup import set_default_site_address
        from portfolio.models.site_version import site_version_changed, touch_site_version
        from portfolio.models.tags import set_tag_key, set_tag_slug

        pre_save.connect(set_tag_slug, dispatch_uid="portfolio.models.tags.set_tag_slug")
        post_save.connect(set_tag_key, dispatch_uid="portfolio.models.tags.set_tag_key")
        connection_created.connect(switch_off_jit, dispatch_uid="portfolio.delivery.query_planner.switch_off_jit")
        post_migrate.connect(set_default_site_address, sender=self)
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(touch_site_version, dispatch_uid="portfolio.models.site_version.touch_site_version")
        site_version_changed.connect(purge_after_change)

    def connect_publishing_handlers(self) -> None:
        from wagtail.models import Page
        from wagtail.signals import page_published, page_unpublished

        from portfolio.admin.content_checks.page_checks import check_published_page, recheck_after_removal
        from portfolio.admin.editor.markup_on_save import prepare_published_markup
        from portfolio.admin.publishing.webmentions import enqueue_webmentions
        from portfolio.delivery.query_planner import optimize_on_commit
        from portfolio.images.renditions.tasks import enqueue_missing_renditions
        from portfolio.images.share_images.tasks import delete_orphans_on_commit, enqueue_share_image
        from portfolio.search.views import index_again

        for handler in (
            check_published_page,
            prepare_published_markup,
            index_again,
            enqueue_missing_renditions,
            enqueue_share_image,
            enqueue_webmentions,
            optimize_on_commit,
        ):
            page_published.connect(handler, dispatch_uid=f"{handler.__module__}.{handler.__name__}")
        page_unpublished.connect(recheck_after_removal, dispatch_uid="portfolio.admin.content_checks.unpublished")
        pre_delete.connect(recheck_after_removal, sender=Page, dispatch_uid="portfolio.admin.content_checks.deleted")
        post_delete.connect(delete_orphans_on_commit, sender=Page, dispatch_uid="portfolio.images.share_images.deleted")

    def connect_image_handlers(self) -> None:
        from wagtail.admin.views.account import AvatarSettingsPanel
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import UploadedFile
        from wagtail.users.models import UserProfile

        from portfolio.images import signal_handlers
        from portfolio.images.animated_formats import register_animated_formats
        from portfolio.images.forms import SanitisedAvatarForm
        from portfolio.images.renditions.tasks import enqueue_renditions, remove_deleted_rendition
        from portfolio.images.share_images.tasks import enqueue_after_settings_change
        from portfolio.models.site.icons import make_icons
        from portfolio.models.site.settings import SiteSettings

        register_animated_formats()
        AvatarSettingsPanel.form_class = SanitisedAvatarForm  # Wagtail has no setting for it
        pre_save.connect(signal_handlers.strip_document, sender=get_document_model())
        pre_save.connect(signal_handlers.sanitise_avatar, sender=UserProfile)
        pre_save.connect(signal_handlers.sanitise_pending_upload, sender=UploadedFile)
        post_save.connect(enqueue_renditions, sender=get_image_model())
        post_delete.connect(remove_deleted_rendition, sender=get_image_model().get_rendition_model())
        post_save.connect(enqueue_after_settings_change, sender=SiteSettings)
        post_save.connect(make_icons, sender=SiteSettings)


def draw_diagram_when_asked(source: str, program: str) -> str | None:
    """Few texts have a diagram, so what draws them is loaded with the first."""
    from portfolio.images.diagrams.draw import draw_diagram

    return draw_diagram(source, program)
