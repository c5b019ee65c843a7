"""Invented accounts and figures for demonstration mode; ``loading.load_demonstration`` writes them.

What is invented stands in ``fixtures/demo/*.json``, where people can read and change it; verdicts
are never typed in but evaluated. Every file says that its figures are not real.
"""
