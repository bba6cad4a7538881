"""登记 (S2 art. 15, 17, 18): registers by date only."""
