# Two images from one file: `app` (web, dispatch, worker, beat, migrate) and `front` (nginx and static files).
#   docker compose build

# --- the front end -------------------------------------------------------------------------------
FROM node:22-bookworm-slim AS assets
WORKDIR /src
COPY .npmrc package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY static/src static/src
RUN npm run build

# --- Python packages, exactly as locked ----------------------------------------------------------
FROM python:3.12-slim-bookworm AS packages
COPY requirements.txt /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements.txt

# --- the application -----------------------------------------------------------------------------
FROM python:3.12-slim-bookworm AS app
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-droid-fallback \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin safeguarding
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/tmp/var STATIC_ROOT=/srv/static
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py pyproject.toml LICENSE ./
COPY safeguarding safeguarding
COPY riskassessment riskassessment
COPY concerns concerns
COPY reviews reviews
COPY templates templates
COPY deploy deploy
COPY script/backup script/restore script/
COPY --from=assets /src/static/build static/build
RUN SECRET_KEY=only-to-collect-static-files python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q safeguarding riskassessment concerns reviews
USER 10001
CMD ["gunicorn", "--config", "deploy/gunicorn.py", "safeguarding.wsgi"]

# --- nginx, with the static files ----------------------------------------------------------------
FROM nginx:1.28-alpine AS front
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY deploy/errors/413.html templates/503.html /srv/errors/
COPY --from=app /srv/static /srv/static
USER 101
CMD ["nginx", "-g", "daemon off;"]
