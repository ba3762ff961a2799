# syntax=docker/dockerfile:1
FROM python:3.14-slim AS builder
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

FROM python:3.14-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    AFTERLOOK_DATA=/data \
    AFTERLOOK_HOST=0.0.0.0
COPY --from=builder /venv /venv
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin afterlook \
    && install --directory --owner 10001 --group 10001 --mode 0700 /data
# By number: an orchestrator can tell that it isn't root.
USER 10001:10001
RUN afterlook version
VOLUME /data
EXPOSE 8025
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["afterlook", "ready"]
ENTRYPOINT ["afterlook"]
CMD ["serve"]
