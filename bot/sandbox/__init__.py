"""The sandbox: a whole Telegram on this machine, so that anyone can play every seat without an account.

It speaks the Bot API to whoever asks (our own messenger, or a foreign client), is as strict as the real one,
and offers a control surface on which one person, or a script, plays the people and moves the clock.
"""
