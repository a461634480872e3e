"""Ports, processes, folders and locks of the launcher, on this machine."""

import fcntl
import os
import socket
import subprocess
import sys

import pytest

from launcher import errors, locks, paths, pids, ports, processes, stamps
from launcher.errors import LauncherError
from launcher.steps import system


def test_busy_port_is_refused_with_the_variable_that_helps():
    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(LauncherError, match=f"Port {port} is used .* PORT=NUMBER"):
            ports.require_free(port, "PORT")
    ports.require_free(port, "PORT")


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80 69"])
def test_port_that_is_no_port(text):
    with pytest.raises(LauncherError, match="PORT=.* is no port"):
        ports.chosen("PORT", 8069, {"PORT": text})


def test_port_from_the_environment_or_the_default():
    assert ports.chosen("PORT", 8069, {"PORT": "8123"}) == 8123
    assert ports.chosen("PORT", 8069, {"PORT": ""}) == 8069


def test_recorded_process_is_found_and_stopped(tmp_path):
    file = tmp_path / "sleeper.pid"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        pids.record(file, process.pid)
        assert pids.living(file) == process.pid
        assert pids.stop(file)
        assert process.wait(timeout=5) == -15
    assert pids.living(file) is None
    assert not pids.stop(file)


def test_number_that_another_process_has_by_now_is_not_touched(tmp_path):
    file = tmp_path / "reused.pid"
    file.write_text(f"{os.getpid()} 1\n")
    assert not pids.stop(file)
    assert not file.exists()


@pytest.mark.parametrize("content", ["", "garbage", "12 34 56", "x 1"])
def test_damaged_note_of_a_process(tmp_path, content):
    file = tmp_path / "damaged.pid"
    file.write_text(content)
    assert pids.living(file) is None


def test_folder_is_made_once_per_key(tmp_path):
    folder = tmp_path / "thing"
    made = []

    def fill(new):
        made.append(new)
        (new / "content").write_text(str(len(made)))

    for key in ("one", "one", "two"):
        if not stamps.is_current(folder, key):
            stamps.build(folder, key, fill)
    assert (folder / "content").read_text() == "2"
    assert stamps.is_current(folder, "two")


def test_interrupted_build_leaves_the_old_folder_and_starts_clean(tmp_path):
    folder = tmp_path / "thing"
    stamps.build(folder, "old", lambda new: (new / "content").write_text("old"))

    def interrupted(new):
        (new / "half").write_text("")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stamps.build(folder, "new", interrupted)
    assert stamps.is_current(folder, "old")
    stamps.build(folder, "new", lambda new: (new / "content").write_text("new"))
    assert sorted(file.name for file in folder.iterdir()) == [stamps.STAMP, "content"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["thing", "thing.lock"]


def test_key_depends_on_each_part(tmp_path):
    lock = tmp_path / "a.lock"
    lock.write_text("x==1")
    first = stamps.key_of(lock, "3.11")
    lock.write_text("x==2")
    assert stamps.key_of(lock, "3.11") != first
    assert stamps.key_of("ab", "c") != stamps.key_of("a", "bc")


def test_lock_is_held_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "LOCKS", tmp_path)
    with locks.exclusive("setup", "nobody"), locks.open_lock("setup") as other:
        assert not locks.try_lock(other, fcntl.LOCK_EX)
    with locks.open_lock("setup") as other:
        assert locks.try_lock(other, fcntl.LOCK_EX)


def test_too_little_space_is_refused(tmp_path):
    system.require_space(tmp_path, 1)
    with pytest.raises(LauncherError, match="free some space"):
        system.require_space(tmp_path, 10**18)


def test_missing_program_is_one_sentence(tmp_path):
    with pytest.raises(LauncherError, match="no-such-program is missing; install it"):
        processes.run_logged(["no-such-program"], tmp_path / "log", doing="trying")


def test_failing_program_is_explained_by_its_output(tmp_path):
    script = "import sys; print('one'); print('[Errno 28] No space left on device'); sys.exit(3)"
    with pytest.raises(LauncherError) as caught:
        processes.run_logged([sys.executable, "-c", script], tmp_path / "log", doing="trying")
    assert str(caught.value).startswith(f"Failed at trying: {errors.NO_SPACE}")


def test_program_gets_its_input_and_its_output_is_returned(tmp_path):
    command = [sys.executable, "-c", "print(input()[::-1])"]
    output = processes.run_logged(command, tmp_path / "log", doing="x", stdin="abc")
    assert output == "cba\n"


def test_last_line_of_a_log_without_its_prefix(tmp_path):
    log = tmp_path / "log"
    log.write_text("2026-11-21 21:47:41,269 26775 INFO db odoo.modules: loading sale\n\n")
    assert processes.last_line(log) == "odoo.modules: loading sale"
    assert processes.last_line(tmp_path / "absent") == "working"
