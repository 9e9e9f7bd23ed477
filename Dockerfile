# syntax=docker/dockerfile:1
# Three rooms: the page scripts, the program with its locked libraries, and the image that runs, which has neither npm nor pip's cache.

FROM node:22-bookworm-slim AS pages
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY app/web app/web
RUN npm run build

FROM python:3.13-slim-bookworm AS program
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
COPY requirements/runtime.lock requirements/build.lock requirements/
RUN python -m venv /opt/sverka \
    && /opt/sverka/bin/pip install --no-deps --require-hashes --only-binary :all: -r requirements/runtime.lock \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --no-deps --require-hashes --only-binary :all: -r requirements/build.lock
COPY . .
COPY --from=pages /src/app/web/static/build app/web/static/build
RUN /opt/build/bin/python -m hatchling build -t wheel -d /tmp/dist \
    && /opt/sverka/bin/pip install --no-deps --no-index /tmp/dist/*.whl

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Sverka" org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /var/lib/sverka --create-home --shell /usr/sbin/nologin sverka
COPY --from=program /opt/sverka /opt/sverka
ENV PATH=/opt/sverka/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SVERKA_HOME=/var/lib/sverka
USER 10001
WORKDIR /var/lib/sverka
VOLUME /var/lib/sverka
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["sverka"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
