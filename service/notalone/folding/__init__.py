"""Folding: Vietnamese as people type it becomes words that rules and messages share."""
