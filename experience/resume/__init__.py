"""The résumé at ``/resume/``: a page, a PDF that is made in the background, and JSON Resume."""
