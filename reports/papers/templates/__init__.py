"""The templates that come with the house, as Word files an office can take, edit and put into its own folder.

`make` makes them anew; what is printed on them stands in `handlers/texts`, like every other word.
"""
