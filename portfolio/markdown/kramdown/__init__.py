"""kramdown's reading of Markdown, as Jekyll uses it.

kramdown shares neither CommonMark's block structure (it reads items and quotes as texts of their own) nor its
inline algorithm, so every rule is ours; the rules are kept in markdown-it-py's ``Ruler`` chains, one small module
each, over one state for blocks and one for spans.
"""
