"""The process: the only room that knows everybody, and that talks to the world."""
