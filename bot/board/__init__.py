"""The web board as an application: who is in, what is answered, and nothing that stays behind."""
