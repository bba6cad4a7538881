"""An SVG as a PNG, with a font of this machine and none other, so that it looks the same every time."""

from resvg_py import svg_to_bytes

from reports.drawing.fonts import Font

MIME = "image/png"


def png(svg: str, font: Font) -> bytes:
    """The picture at its own size."""
    return svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(path) for path in font.files],
        font_family=font.family,
        sans_serif_family=font.family,
        serif_family=font.family,
    )
