"""Microsoft's own library for Node signs in here, unchanged, over https."""

import json
import os
import subprocess

import pytest

from tests.support.node import ROOT, find_node, read_module
from tests.support.secure import SecureServer

PROGRAM = ROOT / "tests" / "js" / "sign_in.mjs"


@pytest.mark.observed("oauth.msal")
def test_every_way(secure: SecureServer) -> None:
    read_module("@azure/msal-node/package.json")
    asked = {"authority": f"{secure.url}/common", "url": secure.url}
    ended = subprocess.run(
        [find_node(), str(PROGRAM), json.dumps(asked)],
        env={"PATH": os.environ["PATH"], "NODE_EXTRA_CA_CERTS": str(secure.authority)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == {
        "code": {
            "state": "kept",
            "username": "dan@contoso.example",
            "cached": True,
            "renewed": True,
            "tasks": 200,
        },
        "device": {"username": "eve@contoso.example", "tasks": 200},
        "password": {"username": "fay@contoso.example", "tasks": 200},
        "app": {"tasks": 403},
    }
