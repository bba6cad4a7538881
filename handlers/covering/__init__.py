"""补漏补缺 (S2 art. 26): opened by the office or the discipline secretary, answered, released, followed."""
