"""Pages of a list: ``limit`` (at most 500) and ``offset``."""

from rest_framework.pagination import LimitOffsetPagination


class Pages(LimitOffsetPagination):
    default_limit = 100
    #: Without an upper limit a huge one would be a number that the database cannot hold.
    max_limit = 500
