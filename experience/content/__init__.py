"""Fields of experience, projects, publications and talks: from documents to pages, and back as front matter."""
