#!/usr/bin/python3
"""tools/discard_table.py PROGRAM SET [OPTIONS OF homewardd evaluate]: whether measures of quality tell misses.

Prints Markdown. SET is what tools/faces_manifest.py makes. Its people with several photos are searched for with each
of TURNS choices of the photo that is enrolled; PROGRAM (homewardd) tells how each search went and
what its photo was graded (--probes). People are split in halves, those of each cohort in the order
of their names: how a measure is taken and mapped was chosen on the even ones. Whether it stays was
decided by both, so of that the table is no independent test.

A row is a measure: what is missed (FNIR) at the nominal false alarms POINT when the share of the
searches that it calls worst is left out, of each cohort the same share, averaged over the orders of
equal grades; the mean of that curve up to MOST less where it begins, with an interval by bootstrap
over people; and the same of either half. A measure that tells misses is below nought in both.
"""

import collections
import csv
import pathlib
import sys
import tempfile

import numpy

from probe_rows import probe_rows

POINT = 0.01
TURNS = 4
DISCARDS = (0, 0.1, 0.2, 0.3)
MOST = 0.3
STEPS = 7  # of the curve up to MOST
DRAWS = 200
FIRST_MEASURE = 7  # column of --probes


def galleries(labelled_set, folder):
    """SET without non-mates and with other photos enrolled, as files in `folder`."""
    with open(labelled_set, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["role"] != "nonmate"]
    people = collections.defaultdict(list)
    for row in rows:
        row["path"] = str((pathlib.Path(labelled_set).parent / row["path"]).resolve())
        if row["role"] != "filler":
            people[row["identity"]].append(row)
    for turn in range(TURNS):
        path = pathlib.Path(folder) / f"{turn}.tsv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in rows if row["role"] == "filler")
            for photos in people.values():
                for number, photo in enumerate(photos):
                    enrolled = number == turn % len(photos)
                    writer.writerow({**photo, "role": "reference" if enrolled else "mate"})
        yield path


def searches(program, labelled_set, options):
    with tempfile.TemporaryDirectory() as folder:
        yield from probe_rows(program, galleries(labelled_set, folder), options)


class Searches:
    """What matters of them, as arrays."""

    def __init__(self, rows):
        self.missed = numpy.array([float(row["mate_strangers"] or "inf") > POINT for row in rows], float)
        self.grades = {name: numpy.array([float(row[name]) for row in rows])
                       for name in list(rows[0])[FIRST_MEASURE:]}
        self.people = numpy.array([row["cohort"] + "\t" + row["identity"] for row in rows])
        self.cohorts = numpy.array([row["cohort"] for row in rows])

    def curve(self, measure, chosen, discards):
        """FNIR of the searches with the indices `chosen`, by share left out."""
        left, missed = numpy.zeros(len(discards)), numpy.zeros(len(discards))
        for cohort in numpy.unique(self.cohorts[chosen]):
            members = chosen[self.cohorts[chosen] == cohort]
            _, place, count = numpy.unique(self.grades[measure][members],
                                           return_inverse=True, return_counts=True)
            mean = numpy.bincount(place, self.missed[members]) / count
            rest = numpy.append(numpy.repeat(mean, count)[::-1].cumsum()[::-1], 0)
            first = numpy.floor(numpy.array(discards) * len(members)).astype(int)
            left += len(members) - first
            missed += rest[first]
        return missed / left

    def fall(self, measure, chosen):
        curve = self.curve(measure, chosen, numpy.linspace(0, MOST, STEPS))
        return ((curve[1:] + curve[:-1]) / 2).mean() - curve[0]

    def halves(self):
        names = numpy.unique(self.people)
        odd = set()
        for cohort in numpy.unique(self.cohorts):
            odd.update([name for name in names if name.startswith(cohort + "\t")][1::2])
        is_odd = numpy.array([person in odd for person in self.people])
        return numpy.flatnonzero(~is_odd), numpy.flatnonzero(is_odd)

    def interval(self, measure):
        groups = [numpy.flatnonzero(self.people == person) for person in numpy.unique(self.people)]
        random = numpy.random.default_rng(1)
        draws = [self.fall(measure, numpy.concatenate([groups[i] for i in drawn]))
                 for drawn in random.integers(len(groups), size=(DRAWS, len(groups)))]
        return numpy.percentile(draws, [2.5, 97.5])


def points(value):
    return f"{100 * value:+.2f}".replace("-", "−")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    table = Searches(list(searches(sys.argv[1], sys.argv[2], sys.argv[3:])))
    even, odd = table.halves()
    everybody = numpy.arange(len(table.missed))
    print(f"{len(everybody)} searches for {len(numpy.unique(table.people))} people; "
          f"{len(odd)} of the odd half\n")
    print("| worst left out by | " + " | ".join(f"{100 * share:.0f} % out" for share in DISCARDS) +
          " | mean less start, points | even half | odd half |")
    print("|---" * (len(DISCARDS) + 4) + "|")
    for measure in table.grades:
        low, high = table.interval(measure)
        shares = (f"{100 * value:.1f} %" for value in table.curve(measure, everybody, DISCARDS))
        cells = [measure, *shares,
                 f"{points(table.fall(measure, everybody))} ({points(low)} to {points(high)})",
                 points(table.fall(measure, even)), points(table.fall(measure, odd))]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
