"""The papers one may ask for, one a file; each is opened when first drawn, since their libraries are heavy.

A paper `x` is `handlers.papers.x.draw(reader, args, folder)`: it writes its files into the folder and returns
the card that carries them, or None when there is nothing to hand over any more.
"""
