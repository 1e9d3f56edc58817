"""The writer's part of the admin: starting a page, Markdown in and out, comparing versions, the guide."""
