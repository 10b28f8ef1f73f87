#!/usr/bin/env python3
"""The sample worker as it is published by default, trimmed, and compiled ahead of time: what its image adds to the base, and what its start costs. See ../README.md."""
import argparse
import io
import os
import pathlib
import resource
import statistics
import subprocess
import tarfile
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROJECT = ROOT / "src/Worker/Worker.csproj"
QUIET = ["--nologo", "-v", "q", "-p:RunAnalyzers=false", "-p:PublishDocumentationFiles=false", "-p:PublishReferencesDocumentationFiles=false", "-p:DebugType=embedded"]
FORMS = {
    "managed": ("runtime", []),
    "trimmed": ("runtime-deps", ["-p:PublishTrimmed=true", "-p:SelfContained=true"]),
    "native": ("runtime-deps", ["-p:PublishAot=true", "-p:CopyOutputSymbolsToPublishDirectory=false"]),
}
DEPLOYED = ["managed", "native"]
LIMIT = 20e6
JOBS = [("csv-import", "gdp.csv"), ("photo-catalog", "photos/Landscape_6.jpg")]


def publish(form, folder, runtime):
    subprocess.run(["dotnet", "publish", PROJECT, "-r", runtime, "-o", folder / form, *QUIET, *FORMS[form][1]], check=True)


def packed(folder):
    """Bytes of a layer with the folder, as a registry keeps it."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w:gz", compresslevel=6) as archive:
        archive.add(folder, arcname="app")
    return layer.tell()


def unpacked(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def run(program, bucket, job, file):
    """The result, and wall and CPU milliseconds of the process."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([program, "run", job, "--upload", ROOT / "samples" / file, "--bucket", bucket], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, (time.monotonic() - begin) * 1000, cpu * 1000


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--runtime", default="linux-x64")
    arguments.add_argument("--published", type=pathlib.Path, help="folder of an earlier run, in place of publishing")
    arguments.add_argument("forms", nargs="*", default=list(FORMS), metavar="FORM", help=f"default: {' '.join(FORMS)}")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        published = options.published or pathlib.Path(temporary)
        for form in options.forms:
            if not (published / form).exists():
                publish(form, published, options.runtime)
            size = packed(published / form)
            print(f"{form}: {size / 1e6:.1f} MB compressed beside {FORMS[form][0]}, {unpacked(published / form) / 1e6:.1f} MB unpacked")
            if size > LIMIT and form in DEPLOYED:
                raise SystemExit(f"The layers of {form} are larger than {LIMIT / 1e6:.0f} MB.")
        for job, file in JOBS:
            times = {form: [] for form in options.forms}
            results = set()
            for _ in range(options.rounds):
                for form in options.forms:
                    result, wall, cpu = run(published / form / "Jobs.Worker", os.path.join(temporary, "bucket"), job, file)
                    results.add(result)
                    times[form].append((wall, cpu))
            if len(results) != 1:
                raise SystemExit(f"The results of {job} differ.")
            for form, measured in times.items():
                wall, cpu = (statistics.median(each) for each in zip(*measured))
                print(f"{job}, {form}: {wall:.0f} ms, {cpu:.0f} ms CPU, from start to end")


if __name__ == "__main__":
    main()
