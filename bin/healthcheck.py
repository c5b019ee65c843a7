"""The container's health: the portal answers under its own name and reaches its database."""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection


def main() -> int:
    first = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    name = "localhost" if first in ("", "*") else first
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return int(connection.getresponse().status != HTTPStatus.OK)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
