"""Benchmarks anyone can repeat: ours and a peer in one run, alternating, the same work on both sides."""
