"""Set-up, serving and testing from the command line; the Makefile calls these."""
