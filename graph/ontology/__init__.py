"""Codebooks as data: PLOVER and CAMEO."""
