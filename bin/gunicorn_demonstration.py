"""gunicorn for ``make run``: two workers, and who may sign in once it answers."""

import os

workers = 2
# Rendering keeps the processor busy, but a photo from a mountain takes minutes to arrive: a single
# thread would serve nobody meanwhile, and be ended after 30 seconds.
worker_class, threads = "gthread", 4
control_socket_disable = True  # two servers on one machine would clash on it
loglevel = "warning"

ACCOUNTS = """
NTM Portal (demonstration, invented figures) is at {address}

  user name             who
  xa.ban-bo             officer of the commune Bản Bo; xa.<commune> for each of the twelve
  phong.nong-nghiep     coordinator of the district's programme
  phong.tai-nguyen      officer of a department that verifies; trung-tam-y-te, cong-an, … too
  lanhdao               leader of the district's People's Committee, reads only
  quantri               administrator
  password for all      nongthonmoi

Ctrl-C stops it; what you enter is kept in {var}.
"""


def when_ready(server) -> None:
    host, port = server.LISTENERS[0].getsockname()
    address = f"http://{host}:{port}/"
    print(ACCOUNTS.format(address=address, var=os.environ["PORTAL_VAR_DIR"]), flush=True)
