"""Runs one script as Azure's extension for managed Run Command does: run-command-handler-linux, internal/exec/exec.go.

On standard input, as JSON: name, script, environment, arguments, timeout in seconds or null. On standard output, likewise:
exitCode, output, error. It is started as a service of systemd, as Azure's agent is: without HOME and without a terminal.
"""

import json
import os
import subprocess
import sys

KEPT_BYTES = 4096


def end_of(path):
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - KEPT_BYTES))
        return file.read(KEPT_BYTES).decode("utf-8", "replace")


asked = json.load(sys.stdin)
folder = os.path.join(os.path.dirname(__file__), "download", asked["name"], "0")
os.makedirs(folder, 0o700)
script, out, err = (os.path.join(folder, name) for name in ("script.sh", "stdout", "stderr"))
with os.fdopen(os.open(script, os.O_WRONLY | os.O_CREAT, 0o500), "w", encoding="utf-8") as file:
    file.write(asked["script"])
private = lambda path, flags: os.open(path, flags, 0o600)
with open(out, "wb", opener=private) as stdout, open(err, "wb", opener=private) as stderr:
    running = subprocess.Popen(
        # The shell reads the arguments, and takes quotes and blanks in them for its own.
        ["/bin/bash", "-c", " ".join([script, *asked["arguments"]])],
        cwd=folder,
        env={**os.environ, **asked["environment"]},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
    )
    try:
        status = running.wait(asked["timeout"])
    except subprocess.TimeoutExpired:
        # The script alone, not what it has started.
        running.kill()
        status = running.wait()
# What a script leaves running in the background is not waited for.
print(json.dumps({"exitCode": max(-1, status), "output": end_of(out), "error": end_of(err)}))
