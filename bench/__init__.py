"""Measurements, as ratios to a bare view of the same server in the same run."""
