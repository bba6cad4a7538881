"""The SQL store: what is remembered, and nothing else."""
