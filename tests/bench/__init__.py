"""Measurements as ratios: both sides in one run on one machine, so that they mean something."""
