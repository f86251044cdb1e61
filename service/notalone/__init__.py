"""Không Một Mình: a quiet companion that checks messages and links on this computer only."""

__version__ = "0.1.0"
