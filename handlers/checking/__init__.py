"""Looking again: rechecks of closed topics, self-assessment, self-checks and the yearly appraisal.

What they share: facts are laid before a person, who says how things stand; nobody is counted against another.
"""
