"""How the demonstration refuses."""


class NotPossible(Exception):
    """Why nothing was loaded, as a sentence that says what to do."""
