#!/usr/bin/python3
"""tools/fit_miss_curve.py PROGRAM SET [OPTIONS OF homewardd evaluate]: fits the curve of expected misses of a space.

SET is what tools/faces_manifest.py makes. Its people with several photos are searched for in
galleries of four sizes, each with three choices of the photo that is enrolled; PROGRAM (homewardd)
tells how each search went (--probes). People are split by number, those of each cohort in the order
of their names: the curve is fitted on the even ones, and what it says is held against what happened
to the odd ones, in tenths of the searches by what was expected. A row is a search at one of several
operating points, since the points say how misses grow with the score that is needed; the tenths are
at POINT alone. A term that would have the wrong sign is left out and the others fitted again.

Prints the tenths as Markdown, then the coefficients as JSON for models/manifest.json.
"""

import csv
import json
import pathlib
import random
import sys
import tempfile

import numpy

from probe_rows import probe_rows

POINT = 0.01
POINTS = (0.005, POINT, 0.02, 0.05, 0.1)
FILLERS = (0, 220, 700, 100_000)  # so many people beside those searched for, or all
TURNS = 3
# Beyond these a larger measure tells one source of photos from another, not a good photo from a
# poor one.
ENOUGH_SHARPNESS = 200
ENOUGH_EYE_DISTANCE_PX = 60
RIDGE = 1e-3
SIGNS = {"needed_score": 1, "needed_distance": -1, "cut_off": 1, "sharpness": -1, "eye_distance": -1}
# What improves the log loss whichever half is fitted. The needed distance does not, beside the needed
# score: a face that many resemble has, it seems, photos that lie the nearer to each other. Nor do
# yaw, roll and brightness.
TERMS = ("needed_score", "cut_off", "sharpness", "eye_distance")


def galleries(labelled_set, folder):
    """SET with other fillers and other photos enrolled, as files in `folder`."""
    with open(labelled_set, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    people, strangers = {}, {}
    for row in rows:
        row["path"] = str((pathlib.Path(labelled_set).parent / row["path"]).resolve())
        if row["role"] in ("reference", "mate"):
            people.setdefault(row["identity"], []).append(row)
        else:
            strangers.setdefault(row["identity"], {**row, "role": "filler"})
    strangers = list(strangers.values())
    random.Random(1).shuffle(strangers)
    for count in FILLERS:
        for turn in range(TURNS):
            path = pathlib.Path(folder) / f"{count}-{turn}.tsv"
            with open(path, "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys(), delimiter="\t", lineterminator="\n")
                writer.writeheader()
                for photos in people.values():
                    enrolled = turn % len(photos)
                    for number, photo in enumerate(photos):
                        writer.writerow({**photo, "role": "reference" if number == enrolled else "mate"})
                writer.writerows(strangers[:count])
            yield path


def searches(program, labelled_set, options):
    with tempfile.TemporaryDirectory() as folder:
        yield from probe_rows(program, galleries(labelled_set, folder), options)


def column(rows, name):
    return numpy.array([float(row[name]) for row in rows])


def terms(rows, line, point):
    """By name, at one operating point, as matcher/difficulty.h defines them."""
    compared = numpy.maximum(column(rows, "compared"), line["least_gallery"])
    score = (line["intercept"] - numpy.log(point) +
             line["gallery_exponent"] * numpy.log(compared / 1000)) / line["slope"]
    return {
        "needed_score": score,
        "needed_distance": column(rows, "spread_mean") - column(rows, "spread_deviation") * score,
        "cut_off": 1 - column(rows, "whole in the picture"),
        "sharpness": numpy.log(numpy.clip(column(rows, "sharpness"), 1, ENOUGH_SHARPNESS)),
        "eye_distance": numpy.log(numpy.clip(column(rows, "eye distance"), 1, ENOUGH_EYE_DISTANCE_PX)),
    }


def expected(weights, columns):
    total = weights["intercept"] + sum(weights[name] * columns[name] for name in SIGNS)
    return 1 / (1 + numpy.exp(-total))


def logistic(columns, missed):
    """Weights of an intercept and of the columns, by Newton's method."""
    table = numpy.column_stack([numpy.ones(len(missed)), *columns])
    weights = numpy.zeros(table.shape[1])
    for _ in range(60):
        share = 1 / (1 + numpy.exp(-table @ weights))
        bend = (table * (share * (1 - share))[:, None]).T @ table + RIDGE * numpy.eye(len(weights))
        weights += numpy.linalg.solve(bend, table.T @ (missed - share) - RIDGE * weights)
    return weights


def fit(columns, missed):
    names = list(TERMS)
    while True:
        intercept, *slopes = logistic([columns[name] for name in names], missed)
        wrong = [name for name, slope in zip(names, slopes) if slope * SIGNS[name] < 0]
        if not wrong:
            weights = dict.fromkeys(SIGNS, 0.0)
            weights.update(zip(names, map(float, slopes)), intercept=float(intercept))
            return weights
        print(f"left out for its sign: {wrong[0]}")
        names.remove(wrong[0])


def log_loss(share, missed):
    share = numpy.clip(share, 1e-4, 1 - 1e-4)
    return -numpy.mean(missed * numpy.log(share) + (1 - missed) * numpy.log(1 - share))


def print_tenths(title, share, missed):
    print(f"\n{title}\n\n| expected | observed | searches |\n|---|---|---|")
    for part in numpy.array_split(numpy.argsort(share, kind="stable"), 10):
        print(f"| {share[part].mean():.3f} | {missed[part].mean():.3f} | {len(part)} |")


def places(rows):
    """Of each row's person, among those of the cohort in the order of their names."""
    names = {cohort: sorted({row["identity"] for row in rows if row["cohort"] == cohort})
             for cohort in {row["cohort"] for row in rows}}
    place = {(cohort, name): i for cohort, known in names.items() for i, name in enumerate(known)}
    return numpy.array([place[row["cohort"], row["identity"]] for row in rows])


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, labelled_set, *options = sys.argv[1:]
    manifest = pathlib.Path(options[options.index("--manifest") + 1])
    line = json.loads(manifest.read_text(encoding="utf-8"))["spaces"][0]["yardstick"]
    rows = list(searches(program, labelled_set, options))
    even = places(rows) % 2 == 0
    strangers = numpy.array([float(row["mate_strangers"] or "inf") for row in rows])
    by_point = {point: (terms(rows, line, point), (strangers > point) * 1.0) for point in POINTS}
    together = {name: numpy.concatenate([by_point[point][0][name][even] for point in POINTS])
                for name in SIGNS}
    all_missed = numpy.concatenate([by_point[point][1][even] for point in POINTS])
    weights = fit(together, all_missed)
    columns, missed = by_point[POINT]
    share = expected(weights, columns)
    print_tenths("everybody who was not fitted on", share[~even], missed[~even])
    for cohort in sorted({row["cohort"] for row in rows}):
        chosen = ~even & numpy.array([row["cohort"] == cohort for row in rows])
        print_tenths(f"{cohort}, not fitted on", share[chosen], missed[chosen])
    print(f"\nlog loss {log_loss(share[~even], missed[~even]):.4f}; of one share for all "
          f"{log_loss(numpy.full((~even).sum(), missed[even].mean()), missed[~even]):.4f}\n")
    print(json.dumps({name: round(value, 3) for name, value in sorted(weights.items())} |
                     {"enough_sharpness": ENOUGH_SHARPNESS,
                      "enough_eye_distance_px": ENOUGH_EYE_DISTANCE_PX}, indent=2))


if __name__ == "__main__":
    main()
