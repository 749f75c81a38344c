#!/usr/bin/env python3
"""tools/ablation.py PROGRAM SET [OPTIONS OF homewardd evaluate]: what each part of the pipeline buys, as Markdown.

Runs PROGRAM (homewardd) over SET, which enrols several photos of a person, with parts switched off,
and prints one row a run. The searches are the same in each.
"""

import json
import subprocess
import sys

FUSION = "dlib-resnet-v1+facenet-20180408"  # models/manifest.json
RUNS = (
    ("plain distance, one photo a person", ("--single-photo", "--no-normalise")),
    ("+ the mean of a person's photos", ("--no-normalise",)),
    ("+ normalisation, as shipped", ()),
    ("+ second space", ("--spaces", FUSION)),
    ("normalisation, one photo a person", ("--single-photo",)),
    ("normalisation and second space, one photo a person", ("--single-photo", "--spaces", FUSION)),
)
COHORTS = ("lfw", "chinese")
FPIR = 0.01
FEWEST_SEARCHES = 100  # of a group that is named as the worst


def percent(value):
    return "–" if value is None else f"{100 * value:.1f} %"


def worst_group(cohorts):
    """The largest share of false alarms of any group, and whose it is."""
    shares = [(cohort["active_operating_point"]["fpir_observed"], name)
              for name, cohort in cohorts.items() if cohort["non_mated"] >= FEWEST_SEARCHES]
    share, name = max(shares, default=(None, ""))
    return f"{percent(share)} ({name})"


def missed_at_observed(report):
    points = [point for point in report["operating_points"] if point["fpir"] == FPIR]
    return points[0]["fnir"] if points else None


def row(name, report):
    active = report["active_operating_point"]
    cells = [name] + [percent(report[rank]) for rank in ("rank_1", "rank_20", "rank_50")]
    cells += [percent(active["fpir_observed"]), worst_group(report["cohorts"]), percent(active["fnir"])]
    for cohort in COHORTS:
        point = report["cohorts"].get(cohort, {}).get("active_operating_point", {})
        cells.append(percent(point.get("fnir")))
    cells.append(percent(missed_at_observed(report)))
    return f"| {' | '.join(cells)} |"


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, labelled_set, *options = sys.argv[1:]
    head = ["", "rank 1", "rank 20", "rank 50", "false alarms", "of the worst group", "missed"]
    head += [f"missed, {cohort}" for cohort in COHORTS] + ["missed at 1 % observed false alarms"]
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}", flush=True)
    for name, switches in RUNS:
        made = subprocess.run([program, "evaluate", labelled_set, *switches, *options],
                              stdout=subprocess.PIPE, check=True)
        print(row(name, json.loads(made.stdout)), flush=True)


if __name__ == "__main__":
    main()
