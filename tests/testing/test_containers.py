"""The container for Testcontainers: how it is made. No Docker is needed to look at that."""

from collections.abc import Iterator
from unittest.mock import MagicMock, patch

import pytest
from testcontainers.core.config import ConnectionMode

from afterlook.testing.containers import AfterlookContainer


@pytest.fixture(autouse=True)
def docker() -> Iterator[MagicMock]:
    """Return the client that Testcontainers would call Docker by."""
    with patch("testcontainers.core.container.DockerClient") as made:
        made.return_value.get_connection_mode.return_value = ConnectionMode.docker_host
        made.return_value.host.return_value = "docker"
        made.return_value.port.return_value = "32768"
        yield made.return_value


def test_settings_become_its_environment() -> None:
    container = AfterlookContainer(auth="signed", max_body=4096)
    assert container.image == "afterlook:latest"
    assert list(container.ports) == ["8025"]
    assert container.env == {
        "AFTERLOOK_CONTROL": "on",
        "AFTERLOOK_SEED": "empty",
        "AFTERLOOK_AUTH": "signed",
        "AFTERLOOK_MAX_BODY": "4096",
    }


def test_its_address(docker: MagicMock) -> None:
    container = AfterlookContainer("mine:1", admin_token="only-for-tests")
    with patch("testcontainers.core.wait_strategies.HttpWaitStrategy.wait_until_ready"):
        container.start()
    assert container.get_base_url().endswith(":32768")
    assert container.server().url == container.get_base_url()
    image, _ = docker.run.call_args.args[0], docker.run.call_args.kwargs
    assert image == "mine:1"
    host = container.get_container_host_ip()
    assert docker.run.call_args.kwargs["environment"]["AFTERLOOK_ALLOWED_HOSTS"] == host
