"""Matters that meet in time: planned work and incidents beside the times promised to clients."""
