"""Instruments: what maintainers measure, explain and write rules with."""
