"""Languages of readers: the language of a page, of the site, and of the words that the site itself says."""
