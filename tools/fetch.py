#!/usr/bin/python3
"""Fetches what the repository names but does not carry, and checks every byte of it by sha256.

    tools/fetch.py weights    the files that the first space of models/manifest.json needs, or the
                              SPACE that is named, or --all of them   -> CACHE/weights/
    tools/fetch.py photos     the demonstration photos            -> CACHE/photos/demo/
    tools/fetch.py buf        the contract linter                 -> CACHE/buf-VERSION/bin/buf
    tools/fetch.py reference  dlib's own Python package           -> CACHE/reference-VERSION/

CACHE is $HOMEWARD_CACHE or ~/.cache/homeward. Archives are kept in CACHE/packages/; one that was put
there by hand is as good as one fetched. Nothing is asked of a registry when the files are in place.
Prints the folder or program; exits 1, saying what is missing and how to supply it, when that fails.
"""

import hashlib
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("HOMEWARD_CACHE") or pathlib.Path.home() / ".cache/homeward")
PACKAGES = CACHE / "packages"


class Missing(Exception):
    """Something could not be had; the text says what and how to supply it."""


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def is_intact(path, wanted):
    return path.is_file() and sha256(path) == wanted


def download_pypi(package, folder, form="--no-binary"):
    """Lets pip check the hash itself, before anything in the archive is run for its metadata."""
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{package['id']}=={package['version']} --hash=sha256:{package['sha256']}\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--no-deps", form, ":all:",
         "--no-cache-dir", "--progress-bar", "off", "--dest", folder, "--requirement", wanted],
        check=True, stdout=sys.stderr)


def download_wheel(package, folder):
    download_pypi(package, folder, "--only-binary")


def download_npm(package, folder):
    if not shutil.which("npm"):
        subprocess.run([ROOT / "tools/install", "npm"], check=True, stdout=sys.stderr)
    subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", folder,
         f"{package['id']}@{package['version']}"],
        check=True, cwd=folder, stdout=sys.stderr)


DOWNLOADS = {"pypi": download_pypi, "pypi-wheel": download_wheel, "npm": download_npm}


def archive(package):
    """The package's archive in the cache, fetched when it is not there; verified either way."""
    path = PACKAGES / package["archive"]
    if is_intact(path, package["sha256"]):
        return path
    PACKAGES.mkdir(parents=True, exist_ok=True)
    name = f"{package['id']} {package['version']} ({package['registry']})"
    by_hand = (f"Supply it by hand: put {package['archive']} with sha256 {package['sha256']} into "
               f"{PACKAGES}/ and run this again.")
    print(f"fetching {name}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=PACKAGES) as folder:
        try:
            DOWNLOADS[package["registry"]](package, pathlib.Path(folder))
        except (OSError, subprocess.CalledProcessError) as failure:
            program = failure.cmd[0] if hasattr(failure, "cmd") else failure
            raise Missing(f"Missing: {name}. It could not be fetched ({program} failed).\n{by_hand}")
        fetched = pathlib.Path(folder) / package["archive"]
        if not is_intact(fetched, package["sha256"]):
            raise Missing(f"Missing: {name}. What was fetched does not have the sha256 "
                          f"that is written down here, so it is not used.\n{by_hand}")
        os.replace(fetched, path)
    return path


def members(path):
    """Name, whether it is a program, and a function that opens it, of each file in an archive."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                yield name, False, lambda name=name: wheel.open(name)
        return
    with tarfile.open(path) as tar:
        for member in tar:
            yield member.name, member.mode & 0o100, lambda member=member: tar.extractfile(member)


def extract(package, targets):
    """Writes archive members to files: `targets` maps a member's path to where it goes."""
    wanted = dict(targets)
    for name, is_program, open_member in members(archive(package)):
        target = wanted.pop(name, None)
        if target is None:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(target.name + ".partial")
        with open_member() as source, open(partial, "wb") as sink:
            shutil.copyfileobj(source, sink)
        os.chmod(partial, 0o755 if is_program else 0o644)
        os.replace(partial, target)
        if not wanted:
            return
    raise Missing(f"Missing: {', '.join(wanted)} in {package['archive']}.")


def needed(manifest, which):
    """The files of a space (None: of the first), or of all; detector and landmarker always."""
    spaces = manifest["spaces"]
    if which is None:
        spaces = spaces[:1]
    elif which != "--all":
        fusions = {fusion["id"]: fusion["spaces"] for fusion in manifest.get("fusions", [])}
        spaces = [space for space in spaces if space["id"] in fusions.get(which, [which])]
        if not spaces:
            listed = ", ".join([space["id"] for space in manifest["spaces"]] + list(fusions))
            raise Missing(f"models/manifest.json has no space {which}; it has: {listed}.")
    wanted = {space["file"] for space in spaces}
    return [file for file in manifest["files"]
            if file["role"] != "embedder" or file["id"] in wanted]


def fetch_weights(which=None):
    manifest = json.loads((ROOT / "models/manifest.json").read_text())
    folder = CACHE / "weights"
    wanted = needed(manifest, which)
    targets = {file["path"]: folder / pathlib.PurePath(file["path"]).name for file in wanted}
    stale = [file for file in wanted if not is_intact(targets[file["path"]], file["sha256"])]
    for file in stale:
        if "package" not in file:
            raise Missing(f"Missing: {file['path']}, which no package has.\nSupply it by hand: put "
                          f"it with sha256 {file['sha256']} into {folder}/ and run this again.")
    for package in manifest["packages"]:
        files = [file for file in stale if file["package"] == package["id"]]
        if files:
            extract(package, {file["path"]: targets[file["path"]] for file in files})
        for file in files:
            if not is_intact(targets[file["path"]], file["sha256"]):
                raise Missing(f"{file['path']} of {package['archive']} is not the file that "
                              "models/manifest.json describes: its sha256 differs.")
    return folder


def fetch_photos():
    """Unpacks the photo files of each package and lets tools/demo_photos.py lay them out."""
    import demo_photos

    folder = CACHE / "photos/demo"
    if demo_photos.is_complete(folder):
        return folder
    packages = json.loads((ROOT / "tools/archives.json").read_text())["demonstration"]
    with tempfile.TemporaryDirectory() as scratch:
        sources = {}
        for package in packages:
            members = demo_photos.MEMBERS[package["id"]]
            targets = {member: pathlib.Path(scratch) / pathlib.PurePath(member).name
                       for member in members}
            extract(package, targets)
            sources.update({target.name: target for target in targets.values()})
        demo_photos.lay_out(sources, folder)
    return folder


def for_this_machine(name):
    """The one archive of that name in tools/archives.json that runs here."""
    for package in json.loads((ROOT / "tools/archives.json").read_text())[name]:
        if package["machine"] == platform.machine():
            return package
    raise Missing(f"Missing: {name} for {platform.machine()}; tools/archives.json names none.")


def fetch_buf():
    package = for_this_machine("buf")
    program = CACHE / f"buf-{package['version']}/bin/buf"
    if not program.is_file():
        extract(package, {"package/bin/buf": program})
    return program


def fetch_reference():
    package = for_this_machine("reference")
    folder = CACHE / f"reference-{package['version']}"
    if not folder.is_dir():
        wheel = archive(package)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            unpacked = pathlib.Path(scratch) / "unpacked"
            zipfile.ZipFile(wheel).extractall(unpacked)
            os.replace(unpacked, folder)
    return folder


def main():
    wanted = {"weights": fetch_weights, "photos": fetch_photos, "buf": fetch_buf,
              "reference": fetch_reference}
    most = 3 if sys.argv[1:2] == ["weights"] else 2
    if not 2 <= len(sys.argv) <= most or sys.argv[1] not in wanted:
        sys.exit(__doc__)
    try:
        print(wanted[sys.argv[1]](*sys.argv[2:]))
    except Missing as missing:
        sys.exit(str(missing))
    except (tarfile.TarError, zipfile.BadZipFile) as failure:
        sys.exit(f"An archive in {PACKAGES} cannot be read: {failure}")


if __name__ == "__main__":
    main()
