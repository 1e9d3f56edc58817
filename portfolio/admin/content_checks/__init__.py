"""Content checks: find problems of published pages when they change, and list them on the dashboard."""
