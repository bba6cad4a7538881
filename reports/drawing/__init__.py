"""Pictures: one SVG for each, drawn with plain Python, shown inline on the web and rasterised for a chat.

Nothing here is imported at start: the rasteriser is a library of its own, and fonts are looked for on demand.
"""
