"""The web board's pages: what a chat shows line by line, on one sheet, for looking only.

A page is drawn from a reader like a card, by the same rights: it asks the same functions what may be seen.
"""
