"""`python -m bot`, and the command `lingti`."""

from bot.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
