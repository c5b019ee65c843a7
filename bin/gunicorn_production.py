"""gunicorn for a real installation; it also reads WEB_CONCURRENCY (workers) by itself."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT') or 8000}"  # in a container: compose says who reaches it
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "sync"  # rendering keeps the processor busy: threads would only wait for each other
control_socket_disable = True
max_requests = 5000  # a worker that grew begins anew, not all at once
max_requests_jitter = 500
errorlog = "-"
