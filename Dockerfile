# syntax=docker/dockerfile:1
# By tag: the digest of the day cannot be known here. Where builds must be the same for ever, give one:
# docker build --build-arg BASE=python:3.14-slim@sha256:… .
ARG BASE=python:3.14-slim
FROM ${BASE} AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /venv
# Before the code: its layer then outlives every change of the code.
COPY requirements.lock ./
RUN /venv/bin/pip install --only-binary :all: --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY app app
COPY seed seed
RUN /venv/bin/pip install --no-deps --no-build-isolation --no-index . \
    && /venv/bin/pip uninstall --yes hatchling pip

FROM ${BASE}
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    AFTERLOOK_DATA=/data \
    AFTERLOOK_HOST=0.0.0.0 \
    AFTERLOOK_PORT_FILE=/data/afterlook.url
COPY --from=builder /venv /venv
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin afterlook \
    && install --directory --owner 10001 --group 10001 --mode 0700 /data
# By number: an orchestrator can tell that it isn't root.
USER 10001:10001
RUN afterlook version
VOLUME /data
EXPOSE 8025
# It asks the port that is served, which is in the port file, and gives up before it is given up.
HEALTHCHECK --interval=10s --timeout=6s --start-period=20s CMD ["afterlook", "ready", "--timeout", "4"]
ENTRYPOINT ["afterlook"]
CMD ["serve"]
