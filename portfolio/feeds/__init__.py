"""Feeds of the writing: Atom, RSS and JSON Feed, of the whole site and of each tag, category, series and skill."""
