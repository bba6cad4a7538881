"""The kill harness: real `lingti run` processes under load die at every named step; then all is compared.

`make crash`, or `python -m tests.crash --help`.
"""
