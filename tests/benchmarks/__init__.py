"""Measures, printed and kept by `make bench`. Never tests: a busy machine fails nothing."""
