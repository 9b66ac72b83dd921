# One image for web, worker and beat; docker-compose.yml says which of them a container is.
FROM python:3.11-slim-bookworm

# Pango draws the text of the PDFs; DejaVu is its last resort for a sign that our own font lacks.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

# The packages first: they change less often than the code, and so this layer is kept. uv goes into a folder that
# is thrown away; nothing in the running container needs it.
COPY requirements/tools.txt requirements/base.txt /requirements/
RUN python -m venv /tools \
    && /tools/bin/pip install --no-cache-dir --require-hashes -r /requirements/tools.txt \
    && /tools/bin/uv pip sync --system --no-cache --require-hashes /requirements/base.txt \
    && rm -rf /tools

WORKDIR /house
COPY manage.py ./
COPY sterk sterk
COPY labels labels
COPY peerreview peerreview
COPY templates templates
COPY static static

# Nobody runs as root; /data is the one place where the house writes.
RUN useradd --system --uid 1000 --no-create-home sterk && install --directory --owner sterk /data
USER sterk
VOLUME /data
ENV STERK_DATA_DIR=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
CMD ["gunicorn", "sterk.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
