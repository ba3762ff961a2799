"""The container for Testcontainers: how it is made. No Docker is needed to look at that."""

from collections.abc import Iterator
from unittest.mock import MagicMock, patch

import pytest

from afterlook.testing.containers import AfterlookContainer

CONTAINER = "testcontainers.core.container.DockerContainer"


@pytest.fixture(autouse=True)
def docker() -> Iterator[MagicMock]:
    """Return what starts a container, where Docker would; its host is called `docker`."""
    with (
        patch("testcontainers.core.container.DockerClient"),
        patch(f"{CONTAINER}.get_container_host_ip", return_value="docker"),
        patch(f"{CONTAINER}.get_exposed_port", return_value=32768),
        patch(f"{CONTAINER}.start") as start,
    ):
        yield start


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


def test_it_knows_the_name_by_which_it_is_reached(docker: MagicMock) -> None:
    container = AfterlookContainer("mine:1", admin_token="only-for-tests").start()
    docker.assert_called_once_with()
    assert container.get_base_url() == "http://docker:32768"
    assert container.server().url == "http://docker:32768"
    assert container.env["AFTERLOOK_ALLOWED_HOSTS"] == "docker"

    named = AfterlookContainer(allowed_hosts="tasks.example").start()
    assert named.env["AFTERLOOK_ALLOWED_HOSTS"] == "tasks.example"
