"""Feedback batches: an inspection's findings come in at once, are confirmed at once and followed as one."""
