"""The API: the same scope, the same actions and the same figures as the screens."""
