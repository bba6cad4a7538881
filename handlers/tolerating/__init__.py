"""申请容错, 申请澄清 (S2 art. 15, 22): asked with a reason and a 区分开来, decided by one tap."""
