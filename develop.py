"""Set-up, and the commands behind ``make``: run, test-fast, test, test-deep, coverage, bench, lock, audit. Standard library only."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
# What looks at a release is never beside the product's own packages.
RELEASE_VENV = HERE / ".venv-release"


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


PYTHON = python_of(VENV)
PORT = os.environ.get("TRACKER_PORT", "8501")
# What browsers draw charts with, as the npm registry publishes it: its package.json says its name, version and licence.
CHARTS_LIBRARY = HERE / "ui" / "components" / "scripts" / "plotly_basic"
# One more than there are cores: while a test waits for a browser, a server or a process that it stops, another works. The tests of a file
# stay together, since they share what it makes. Files are taken in the order that tests/conftest.py gives them, not by the number of their
# tests: the browsers', each long and of few tests, would come last, and the others would wait for them.
ALL_CORES = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder")
FAST = (
    "tests/test_architecture.py",
    "tests/test_docs.py",
    "tests/test_gate.py",
    "tests/words",
    "tests/data",
    "tests/ui",
    "tests/metrics/engine",
    "tests/metrics/test_boundary.py",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def stop(sentence: str) -> None:
    """End with one sentence, not a traceback."""
    print(f"develop: {sentence}", file=sys.stderr)
    raise SystemExit(1)


def call(*command: object) -> None:
    """Run a command in the project's folder; stop when it fails."""
    try:
        code = subprocess.run([str(word) for word in command], cwd=HERE).returncode
    except KeyboardInterrupt:
        raise SystemExit(0) from None
    if code:
        raise SystemExit(code)


def install(requirements: str, venv: Path = VENV) -> None:
    """A virtual environment with exactly the locked, hashed requirements; nothing is done when it has them already."""
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Name one with: make PYTHON=python3.12 ...")
    # Packages are installed uncompiled, so what is compiled at the first start has to be kept for the next.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    locked, python = HERE / requirements, python_of(venv)
    mark = hashlib.sha256(locked.read_bytes() + sys.version.encode()).hexdigest()
    stamp = venv / f"{locked.stem}.installed"
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
        return
    print(f"Setting up {venv.name} from {requirements} (once; about half a minute)", flush=True)
    if not python.exists():
        call(sys.executable, "-m", "venv", venv)
        # Python 3.11 puts it into every environment; what needs it asks for a newer one.
        call(python, "-m", "pip", "uninstall", "-qq", "--disable-pip-version-check", "--yes", "setuptools")
    # Python compiles a module when it is first imported: most of what the packages hold never is.
    quietly = ("--quiet", "--disable-pip-version-check", "--no-compile")
    call(python, "-m", "pip", "install", *quietly, "--require-hashes", "-r", locked)
    # The tests of these two weigh a good part of what they do, and nothing imports them.
    for library in ("pandas", "pyarrow"):
        for folder in (
            *venv.glob(f"lib/python*/site-packages/{library}/tests"),
            *venv.glob(f"Lib/site-packages/{library}/tests"),
        ):
            shutil.rmtree(folder)
    stamp.write_text(mark, encoding="utf-8")


def missing_programs() -> dict[str, tuple[str, ...]]:
    """The programs that the tests drive and this machine has not, each with Debian's packages of it. Windows does without them."""
    if os.name == "nt":
        return {}
    chromium, postgresql, nginx = (
        any(shutil.which(name) for name in BROWSERS),
        shutil.which("postgres") or any(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/usr/local/sbin"),
    )
    missing = {
        "Chromium": () if chromium else ("chromium", "fonts-liberation", "fonts-dejavu-core"),
        "PostgreSQL": () if postgresql else ("postgresql",),
        "nginx": () if nginx else ("nginx-light",),
    }
    return {name: packages for name, packages in missing.items() if packages}


def install_programs() -> None:
    """The tests drive a real browser, write in a PostgreSQL server of their own and put the app behind a real nginx, as the guide says:
    Debian's, installed where there is none."""
    missing = missing_programs()
    if not missing:
        return
    words, packages = ", ".join(missing), [package for needed in missing.values() for package in needed]
    if not shutil.which("apt-get"):
        stop(f"the tests need {words}; install what is missing and run make test again.")
    sudo = ["sudo"] if os.geteuid() != 0 and shutil.which("sudo") else []
    print(f"Installing {words} for the tests (once)", flush=True)
    call(*sudo, "apt-get", "update", "-qq")
    call(*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def store() -> Path:
    return Path(os.environ.get("TRACKER_STORE", HERE / "store"))


def start_filling() -> subprocess.Popen:
    """Fill an empty store with a synthetic county, or finish that; gives the running program once there is a night to show.

    The rest of the history is added while the app is up already, and every page says how far it is.
    """
    if not (store() / "current").exists():
        print("Making a synthetic county: 1,000 invented children in care, 13 months of history (once)", flush=True)
    command = [str(PYTHON), "tracker.py", "demo-store", "--store", str(store())]
    filling = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
    try:
        shown = filling.stdout.readline() if filling.stdout else ""
    except KeyboardInterrupt:
        filling.wait()
        raise SystemExit(0) from None
    if not shown and filling.wait():
        raise SystemExit(filling.returncode)
    return filling


def run() -> None:
    """The app on port 8501, over a store that is filled with a synthetic county when it is empty."""
    install("requirements.txt")
    filling = start_filling()
    os.environ["TRACKER_STORE"] = str(store())
    print(f"The tracker is at http://127.0.0.1:{PORT} (stop it with Ctrl+C)", flush=True)
    try:
        call(PYTHON, "-m", "streamlit", "run", "app.py", "--server.port", PORT)
    except SystemExit as ended:
        if ended.code and filling.poll() is None:
            filling.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
        raise
    finally:
        # Ctrl+C reached it too: it puts away what it was doing, and goes on from there next time.
        try:
            filling.wait()
        except KeyboardInterrupt:
            filling.kill()


def check_code(meanwhile: Callable[[], None] = lambda: None) -> None:
    """What the code must be before a test is run. Types take half a minute of one core, so ``meanwhile`` is done beside them."""
    call(PYTHON, "-m", "ruff", "check", "--quiet", ".")
    call(PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".")
    with subprocess.Popen([str(PYTHON), "-m", "mypy", "--no-error-summary"], cwd=HERE) as types:
        try:
            meanwhile()
        except BaseException:
            types.terminate()
            raise
    if types.returncode:
        raise SystemExit(types.returncode)


def run_pytest(*words: str) -> None:
    """Run pytest. Each worker multiplies on one core: numpy would wait on all of them, busily, for what another worker does there."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    call(PYTHON, "-m", "pytest", *words)


def tests(*words: str) -> None:
    """Run pytest with these words, else every test: on all cores, the tests of a file on one of them."""
    install("requirements-dev.txt")
    check_code(meanwhile=install_programs)
    run_pytest(*(words or ALL_CORES))


def test_fast() -> None:
    """The tests of the inner loop, in a minute and a half: definitions, engine, reading, words. No browser, no database server."""
    install("requirements-dev.txt")
    check_code()
    run_pytest(*ALL_CORES, "-m", "not slow", *FAST)


def test() -> None:
    """Every test. Further words go to pytest, for example: python develop.py test tests/metrics -k leap"""
    tests(*sys.argv[2:])


def test_deep() -> None:
    """Every test with hundreds of generated cases, counties and kills in place of the few of ``test``; an hour or more."""
    os.environ["TRACKER_DEEP"] = "1"
    tests(*sys.argv[2:])


def coverage() -> None:
    """Every test, and which lines of the product none of them runs."""
    tests(*ALL_CORES, "--cov", "--cov-report=term:skip-covered", *sys.argv[2:])


def bench() -> None:
    """The benchmarks, each as a ratio inside one run."""
    install("requirements-dev.txt")
    call(PYTHON, "-m", "benchmarks", *sys.argv[2:])


def locked_packages() -> dict[str, str]:
    """The product's packages and their versions, as requirements.txt locks them."""
    text = (HERE / "requirements.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, flags=re.MULTILINE))


def audit_faults(report: dict, locked: dict[str, str]) -> list[str]:
    """What stops a release, in sentences, from pip-audit's report in JSON: known weaknesses, and packages that it did not look up.

    pip-audit passes what it could not look up (behind a mirror: everything), so every locked package has to be in its report.
    """
    looked_up = {
        entry["name"]: entry for entry in report["dependencies"] if entry.get("version") and not entry.get("skip_reason")
    }
    missed = sorted(name for name, version in locked.items() if looked_up.get(name, {}).get("version") != version)
    faults = [f"{name} {entry['version']}: {weakness['id']}" for name, entry in looked_up.items() for weakness in entry["vulns"]]
    if missed:
        faults.append(
            f"{len(locked) - len(missed)} of {len(locked)} packages were looked up; not {', '.join(missed)}. Run it where the machine can "
            "reach the Python package index itself."
        )
    return faults


def charts_library() -> dict:
    """The charts' library as a component of CycloneDX: no file of requirements names it."""
    said = json.loads((CHARTS_LIBRARY / "package.json").read_text(encoding="utf-8"))
    purl = f"pkg:npm/{said['name']}@{said['version']}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": said["name"],
        "version": said["version"],
        "purl": purl,
        "licenses": [{"license": {"id": said["license"]}}],
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256((CHARTS_LIBRARY / said["main"]).read_bytes()).hexdigest()}],
    }


def add_charts_library(parts: Path) -> None:
    """Add it to a list of components that has been written."""
    listed = json.loads(parts.read_text(encoding="utf-8"))
    listed["components"] = [*listed["components"], charts_library()]
    parts.write_text(json.dumps(listed, indent=2) + "\n", encoding="utf-8")


def audit() -> None:
    """Before a release: the list of what it is made of (build/sbom.json, CycloneDX), and whether a weakness of any of it is known."""
    install("requirements-release.txt", RELEASE_VENV)
    (HERE / "build").mkdir(exist_ok=True)
    python = python_of(RELEASE_VENV)
    parts = HERE / "build" / "sbom.json"
    call(python, "-m", "cyclonedx_py", "requirements", "requirements.txt", "--output-reproducible", "--of", "JSON", "-o", parts)
    add_charts_library(parts)
    print(f"Written to {parts}", flush=True)
    command = [str(python), "-m", "pip_audit", "-r", "requirements.txt", "--disable-pip", "--require-hashes", "-f", "json"]
    ended = subprocess.run(command, cwd=HERE, capture_output=True, text=True)
    try:
        report = json.loads(ended.stdout)
    except ValueError:
        stop(f"pip-audit gave no report: {ended.stderr.strip() or 'it said nothing'}")
    locked = locked_packages()
    if faults := audit_faults(report, locked):
        stop("; ".join(faults))
    print(f"All {len(locked)} packages were looked up; no weakness of them is known.")
    library = charts_library()
    print(
        f"pip-audit knows nothing of npm. Look up {library['name']} {library['version']} yourself: https://osv.dev/list?q=plotly.js"
    )


def lock() -> None:
    """Compile the files requirements*.in to the locked, hashed files. Needs uv."""
    for name in ("requirements", "requirements-dev", "requirements-release"):
        call(
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--generate-hashes",
            "--python-version",
            "3.11",
            "--no-header",
            f"{name}.in",
            "-o",
            f"{name}.txt",
        )


COMMANDS = {
    "run": run,
    "test-fast": test_fast,
    "test": test,
    "test-deep": test_deep,
    "coverage": coverage,
    "bench": bench,
    "lock": lock,
    "audit": audit,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(f"usage: python develop.py {{{'|'.join(COMMANDS)}}}", file=sys.stderr)
        raise SystemExit(2)
    COMMANDS[sys.argv[1]]()
