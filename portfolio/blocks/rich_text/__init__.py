"""Rich text in blocks: stored form, references to pages and files, and inline marks."""
