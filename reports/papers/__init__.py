"""Papers in Word: what an office prints, signs and hands in (FORMS.md), one module a paper.

Each gathers typed facts from one snapshot; the words of the form itself stand in a template an office can
edit in Word, and nothing a person typed can become part of it.
"""
