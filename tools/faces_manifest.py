#!/usr/bin/env python3
"""tools/faces_manifest.py FACES OUT.tsv [PHOTOS [HALF]]: the labelled set of FACES (../shared/faces) for `homewardd evaluate`.

PHOTOS (1) is how many photos of a person are enrolled; one at least is left to search with. HALF, 0 or
1, takes half of the people (of files where no person is known), told by a checksum of their names: what
is fitted on one half is reported on the other.

- lfw: of each of the people with several photos the first PHOTOS are enrolled and the others are
  mates; the people with one photo are non-mates.
- chinese: of every three people two are enrolled, by their first PHOTOS, frontal ones before others,
  with the rest as mates; all photos of the third are non-mates, so that the cohort has impostors of
  its own.
- filler: of each cohort every other face is enrolled as filler, the others are non-mates.

The split is by person, or by file where no person is known; a file that occurs twice is used once.
"""

import collections
import csv
import os
import pathlib
import sys
import zlib

half = None


def is_left_out(name):
    return half is not None and zlib.crc32(name.encode()) % 2 != half


def rows(faces, folder):
    """The lines of FACES/folder/index.tsv as (photo's path, line), each content once."""
    seen = set()
    with open(faces / folder / "index.tsv", encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            name = line.get("identity") or pathlib.Path(line["path"]).stem
            if line["sha256_16"] not in seen and not is_left_out(name):
                seen.add(line["sha256_16"])
                yield faces / folder / line["path"], line


def people(entries):
    grouped = collections.defaultdict(list)
    for path, line in entries:
        grouped[line["identity"]].append((path, line))
    return sorted(grouped.items())


def enrol(identity, photos, cohort, count):
    count = max(1, min(count, len(photos) - 1))
    for number, path in enumerate(photos):
        yield identity, path, "reference" if number < count else "mate", cohort


def lfw(faces, count):
    for identity, entries in people(rows(faces, "lfw")):
        photos = [path for path, _ in entries]
        if entries[0][1]["role"] == "mated":
            yield from enrol(identity, photos, "lfw", count)
        else:
            yield identity, photos[0], "nonmate", "lfw"


def chinese(faces, count):
    for number, (identity, entries) in enumerate(people(rows(faces, "chinese"))):
        entries.sort(key=lambda entry: entry[1]["view"] != "frontal")
        photos = [path for path, _ in entries]
        if number % 3 < 2:
            yield from enrol(identity, photos, "chinese", count)
        else:
            for path in photos:
                yield identity, path, "nonmate", "chinese"


def filler(faces, _):
    count = collections.Counter()
    for path, line in rows(faces, "filler"):
        cohort = line["cohort"]
        count[cohort] += 1
        yield path.stem, path, "filler" if count[cohort] % 2 else "nonmate", cohort


def main():
    global half
    if not 3 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    faces, out = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    half = int(sys.argv[4]) if len(sys.argv) > 4 else None
    out.parent.mkdir(parents=True, exist_ok=True)
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["identity", "path", "role", "cohort"])
        for part in (lfw, chinese, filler):
            for identity, path, role, cohort in part(faces, count):
                writer.writerow([identity, os.path.relpath(path, out.parent), role, cohort])


if __name__ == "__main__":
    main()
