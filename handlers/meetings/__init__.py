"""Meetings: opened in a sentence, with an agenda from the ledger, decisions and minutes (S1; art. 10, 24)."""
