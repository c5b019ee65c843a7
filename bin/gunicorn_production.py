"""gunicorn for a real installation; it also reads WEB_CONCURRENCY (workers) by itself."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT') or 8000}"  # in a container: compose says who reaches it
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# Rendering keeps the processor busy, but a photo from a mountain takes minutes to arrive: a single
# thread would serve nobody meanwhile, and be ended after 30 seconds.
worker_class, threads = "gthread", 4
control_socket_disable = True
max_requests = 5000  # a worker that grew begins anew, not all at once
max_requests_jitter = 500
errorlog = "-"
