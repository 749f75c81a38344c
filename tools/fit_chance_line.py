#!/usr/bin/python3
"""tools/fit_chance_line.py SET CACHE REPORT[:COHORT]...: fits the line of chance of a space, or of spaces fused.

SET is a labelled set, CACHE the folder that `homewardd evaluate SET --cache CACHE` filled, and each
REPORT what it printed in one space. COHORT is the file of that space's synthetic faces; without, the one
that the manifest names. With several reports their scores are added, as a fusion does.

Out of the people of SET galleries of many sizes and mixes are drawn, seeded, one photo a person; all
others are searched for in them. Scores are as matcher/evidence.h has them. The line

    ln P = intercept - slope * score + gallery_exponent * ln(N / 1000)

goes through the scores that the shares P = .006 to .1 of the searches in each kind of gallery reach. Prints it
with the share of false alarms that it gives on the very searches that it was fitted on; what it gives on
others, `homewardd evaluate` tells.
"""

import collections
import json
import sys

import numpy

from cached_templates import MANIFEST, Space, photos_of

NEIGHBOURS, LEFT_OUT = 100, 1  # matcher/evidence.h
SIZES = (30, 100, 300, 600)
DRAWS = 40
MIXES = {
    "all": None,
    "lfw": {"lfw"},
    "east asian": {"east-asian-adult", "chinese"},
    "hardly any child": {"lfw", "east-asian-adult", "chinese", "elderly", "other-adult"},
}
SHARES = numpy.geomspace(0.006, 0.1, 12)
SEED = 1


class Faces:
    """One photo a person in one space: distances to each other and to the nearest synthetic faces."""

    def __init__(self, vectors, synthetic):
        self.distances = distances(vectors, vectors)
        self.synthetic = numpy.sort(distances(vectors, synthetic), axis=1)[:, :NEIGHBOURS]

    def spreads(self, of, among):
        """Mean and deviation of the nearest strangers of each, in a gallery."""
        others = self.distances[numpy.ix_(of, among)].copy()
        others[of[:, None] == among[None]] = numpy.inf
        nearest = numpy.sort(others, axis=1)[:, LEFT_OUT:LEFT_OUT + NEIGHBOURS]
        nearest = numpy.sort(numpy.hstack([nearest, self.synthetic[of]]), axis=1)[:, :NEIGHBOURS]
        return nearest.mean(1), numpy.maximum(nearest.std(1), 1e-4)

    def scores(self, probes, gallery):
        probe_mean, probe_deviation = self.spreads(probes, gallery)
        entry_mean, entry_deviation = self.spreads(gallery, gallery)
        between = self.distances[numpy.ix_(probes, gallery)]
        return ((probe_mean[:, None] - between) / probe_deviation[:, None] +
                (entry_mean[None] - between) / entry_deviation[None]) / 2


def distances(a, b):
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    return numpy.sqrt(numpy.maximum(squares, 0))


def people_of(labelled_set, cache, spaces):
    """The group and, by space, the template of each person: of their first photo that gives all."""
    people = {}
    for photo in photos_of(labelled_set):
        if photo["identity"] in people:
            continue
        vectors = [space.vector_of(cache, photo["file"]) for space in spaces]
        if all(vector is not None for vector in vectors):
            people[photo["identity"]] = (photo["cohort"], vectors)
    groups = numpy.array([group for group, _ in people.values()])
    templates = [numpy.array([vectors[i] for _, vectors in people.values()], numpy.float64)
                 for i in range(len(spaces))]
    return groups, templates


def synthetic_faces(space, path):
    path = path or MANIFEST.parent / space.entry["yardstick"]["cohort"]
    return numpy.fromfile(path, "<f2").astype(numpy.float64).reshape(-1, space.dimension)


def best_scores(groups, faces):
    """By size and mix of the gallery: the best score of each search for somebody who is not in it."""
    random = numpy.random.default_rng(SEED)
    best = collections.defaultdict(list)
    for mix, wanted in MIXES.items():
        pool = numpy.flatnonzero([wanted is None or group in wanted for group in groups])
        for size in SIZES:
            if size > 0.7 * len(pool):
                continue
            for _ in range(DRAWS):
                gallery = random.choice(pool, size, replace=False)
                probes = numpy.setdiff1d(numpy.arange(len(groups)), gallery)
                scores = sum(each.scores(probes, gallery) for each in faces)
                best[size, mix].append(scores.max(1))
    return {case: numpy.concatenate(drawn) for case, drawn in best.items()}


def fit(best):
    rows, values = [], []
    for (size, _), scores in best.items():
        for share in SHARES:
            rows.append([1, -numpy.quantile(scores, 1 - share), numpy.log(size / 1000)])
            values.append(numpy.log(share))
    intercept, slope, exponent = numpy.linalg.lstsq(numpy.array(rows), numpy.array(values), rcond=None)[0]
    return intercept, slope, exponent


def main(labelled_set, cache, *reports):
    spaces, cohorts = [], []
    for argument in reports:
        report, _, cohort = argument.partition(":")
        spaces.append(Space(MANIFEST, report))
        cohorts.append(synthetic_faces(spaces[-1], cohort))
    groups, templates = people_of(labelled_set, cache, spaces)
    best = best_scores(groups, [Faces(*each) for each in zip(templates, cohorts)])
    intercept, slope, exponent = fit(best)
    print(json.dumps({"intercept": round(intercept, 3), "slope": round(slope, 3),
                      "gallery_exponent": round(exponent, 3)}))
    for (size, mix), scores in best.items():
        chances = numpy.exp(intercept - slope * scores + exponent * numpy.log(size / 1000))
        print(f"{size:4} {mix:17} observed at .01: {(chances <= 0.01).mean():.4f}, at .05: "
              f"{(chances <= 0.05).mean():.4f} of {len(scores)} searches")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
