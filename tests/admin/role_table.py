"""Who reaches which address of the admin. An address that is not here fails the test, so nobody forgets to decide."""

from __future__ import annotations

SNIPPETS = ("portfolio_person", "blog_category", "blog_series", "experience_organisation", "experience_skill")

# Without signing in.
EVERYBODY = {
    "": "wagtailadmin_login wagtailadmin_password_reset wagtailadmin_password_reset_done "
    "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete wagtailadmin_sprite "
    "wagtailadmin_javascript_catalog",
}
EDITORS = {
    "": "wagtailadmin_home wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results "
    "wagtail_bulk_action wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search "
    "wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link "
    "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link "
    "wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete wagtailadmin_account wagtailadmin_logout "
    "wagtailadmin_dismissibles wagtailadmin_block_preview wagtailadmin_error_test",
    "admin pages": "export_page todo_item guide guide_page guide_picture trash trash_restore trash_delete",
    "editor": "edit_markdown body_as_markdown body_as_blocks block_look paste_markdown paste_html paste_text "
    "paste_address paste_image new_page post_from_markdown interview_from_text experience_from_text "
    "publications_from_bibtex new_choice skill_suggestions session_status",
    "posts": "index index_results choose_parent",
    "interviews": "index index_results choose_parent",
    "roles": "index index_results choose_parent",
    **dict.fromkeys(("projects", "publications", "talks"), "index index_results choose_parent"),
    "wagtailadmin_api:pages": "listing detail find",
    "wagtailadmin_api:documents": "listing detail find",
    "wagtailadmin_api:images": "listing detail find",
    "wagtailadmin_pages": "add preview_on_add type_use choose_parent type_use_results usage edit preview_on_edit "
    "view_draft add_subpage convert_alias search search_results copy "
    "confirm_workflow_cancellation revisions_index revisions_view revisions_revert revisions_compare "
    "workflow_history workflow_history_detail history history_results",
    "wagtailadmin_reports": "workflow workflow_results workflow_tasks workflow_tasks_results site_history "
    "site_history_results aging_pages aging_pages_results page_types_usage page_types_usage_results",
    "wagtailadmin_editing_sessions": "ping release",
    "wagtailembeds": "chooser chooser_upload",
    "wagtaildocs": "index index_results add add_multiple create_multiple_from_uploaded_document delete_upload_multiple",
    "wagtailimages": "index index_results add add_multiple create_multiple_from_uploaded_image delete_upload_multiple",
    "wagtaildocs_chooser": "choose choose_results chosen chosen_multiple create",
    "wagtailimages_chooser": "choose choose_results chosen chosen_multiple create select_format",
    **{f"wagtailsnippets_{name}": "list list_results add history history_results" for name in SNIPPETS},
    **{f"wagtailsnippetchoosers_{name}": "choose choose_results chosen chosen_multiple create" for name in SNIPPETS},
    "wagtailsnippets": "index",
}
MODERATORS = {
    "": "import_list import_detail import_progress import_report import_check import_apply "
    "import_undo import_discard import_run import_run_undo export_list export_start "
    "export_progress export_download merge_skill link_check link_check_start "
    "link_check_progress page_check_start publish_sheet publish_sheet_look publish_sheet_card",
    # Unpublishing, and approving what waits for approval.
    "wagtailadmin_api:pages": "action",
    "wagtailadmin_pages": "workflow_action collect_workflow_action_data delete unpublish move move_confirm "
    "set_page_position set_privacy lock unlock "
    "revisions_unschedule workflow_preview",
    "wagtailadmin_reports": "locked_pages locked_pages_results",
    "wagtailredirects": "index index_results add edit delete start_import process_import",
    # Of somebody else's; one's own are one's own.
    "wagtaildocs": "edit delete document_usage edit_multiple delete_multiple",
    "wagtailimages": "edit delete image_usage edit_multiple delete_multiple preview url_generator url_generator_output",
    **{f"wagtailsnippets_{name}": "edit delete usage copy" for name in SNIPPETS},
}
ADMINISTRATORS = {
    "": "system system_trial_mail invite invite_again accent_contrast set_up remove_demo import_resume",
    "wagtailadmin_collections": "index add edit delete set_privacy",
    "wagtailadmin_workflows": "index index_results add disable edit usage usage_results add_task select_task_type "
    "task_index task_index_results edit_task disable_task enable remove enable_task task_chooser "
    "task_chooser_results task_chooser_create task_chosen",
    "wagtailsettings": "edit preview_on_edit",
    "wagtailsites": "index index_results add edit delete history history_results usage copy",
    "wagtailusers_users": "index index_results add edit delete history history_results usage copy",
    "wagtailusers_groups": "index index_results add edit delete history history_results usage",
}
LEVELS = (EVERYBODY, EDITORS, MODERATORS, ADMINISTRATORS)
# Groups above that have no namespace; they are only for reading.
NO_NAMESPACE = {"", "admin pages", "editor"}


def table() -> dict[str, int]:
    """By the name of an address, the lowest of `LEVELS` that reaches it."""
    return {
        (name if namespace in NO_NAMESPACE else f"{namespace}:{name}"): level
        for level, groups in enumerate(LEVELS)
        for namespace, names in groups.items()
        for name in names.split()
    }
