"""Written reports of agencies and communes: what is asked of whom, by when, and what they wrote."""
