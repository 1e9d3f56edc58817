"""BibTeX: publications read from a ``.bib`` file, and written as entries."""
