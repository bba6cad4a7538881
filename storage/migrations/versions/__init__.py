"""The steps. A released step is never edited; what follows goes into a new one."""
