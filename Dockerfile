# The web server, the worker and the clock (beat) from one image; compose.yaml starts them.
FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 GONGCHUANG_MANIFEST=1 GONGCHUANG_VAR=/srv/var GONGCHUANG_STATIC=/srv/static
WORKDIR /srv/gongchuang
COPY requirements-uv.txt requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && uv pip install --system --no-cache --require-hashes -r requirements.txt
COPY . .
RUN python -m compileall -q . \
    && python -m foundation.management.catalogue \
    && GONGCHUANG_DEBUG=1 python manage.py collectstatic --noinput -v0 \
    && mkdir -m 700 /srv/keys \
    && useradd --system --home /srv/var gongchuang && chown -R gongchuang /srv/var /srv/keys
USER gongchuang
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "marketplace.wsgi:application"]
