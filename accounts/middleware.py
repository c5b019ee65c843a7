"""The first of three locks: who may open which page at all (``accounts.permissions.PAGES``)."""


class PageAccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
