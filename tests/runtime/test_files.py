"""Files beside the store: private, whole or not there, and swept when their run is over."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from afterlook.runtime import files

HOLD = """
import sys
from afterlook.runtime import files
with files.temporary_directory() as directory:
    print(directory, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory of temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_run_left_is_swept(scratch: Path) -> None:
    """And neither what lives, nor a link, nor what only has the name."""
    with (
        subprocess.Popen(
            [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as killed,
        subprocess.Popen(
            [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as living,
    ):
        assert killed.stdout is not None
        assert living.stdout is not None
        left = Path(killed.stdout.readline().strip())
        lives = Path(living.stdout.readline().strip())
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        theirs = scratch / "afterlook-run-theirs"
        theirs.mkdir()
        (scratch / "afterlook-run-link").symlink_to(left)
        with files.temporary_directory() as mine:
            assert not left.exists()
            assert lives.exists()
            assert theirs.exists()
            assert stat.S_IMODE(mine.stat().st_mode) == 0o700
        assert not mine.exists()
        living.communicate("")


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_a_file_whole_or_not_at_all(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        files.write_atomically(tmp_path / "port", "one\n")
        files.write_atomically(tmp_path / "port", "two\n")
    finally:
        os.umask(before)
    (tmp_path / "directory").mkdir()
    with pytest.raises(OSError, match="directory"):
        files.write_atomically(tmp_path / "directory", "lost")

    assert (tmp_path / "port").read_text("utf-8") == "two\n"
    assert stat.S_IMODE((tmp_path / "port").stat().st_mode) == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["directory", "port"]
