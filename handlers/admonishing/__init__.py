"""约谈提醒 (S2 art. 27): proposed by facts, decided by one tap, registered by dates."""
