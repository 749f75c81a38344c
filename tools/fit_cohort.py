#!/usr/bin/python3
"""tools/fit_cohort.py SET CACHE REPORT OUT: draws the synthetic faces of a space from a mixture fitted to real ones.

SET is a labelled set of people of many groups, CACHE the folder that `homewardd evaluate SET --cache
CACHE` filled, REPORT what it printed: it names the space. OUT gets 1,000 vectors as 16-bit floats, row
after row, and no vector of a real face. The mixture has 16 Gaussians with full covariances: a seeded
k-means, each covariance shrunk by a tenth towards the pooled one. In a space of directions what is
drawn is scaled to length 1. The same templates give the same file. Prints the file's sha256 and how
near the nearest real face comes to a synthetic one, beside how near real faces come to each other.
"""

import hashlib
import pathlib
import sys

import numpy

from cached_templates import MANIFEST, Space, photos_of

FACES = 1000
CLUSTERS = 16
SHRINKAGE = 0.1
SEED = 1


def read(labelled_set, cache, space):
    vectors = [space.vector_of(cache, photo["file"]) for photo in photos_of(labelled_set)]
    vectors = [vector for vector in vectors if vector is not None]
    if len(vectors) < 10 * CLUSTERS:
        sys.exit(f"{labelled_set} has {len(vectors)} templates; {10 * CLUSTERS} are too few already.")
    # One photo may be there twice.
    return numpy.unique(numpy.array(vectors, numpy.float64), axis=0)


def squared_distances(a, b):
    return (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T


def cluster(faces, random):
    centres = faces[random.choice(len(faces), CLUSTERS, replace=False)]
    for _ in range(50):
        nearest = squared_distances(faces, centres).argmin(1)
        centres = numpy.array([faces[nearest == i].mean(0) for i in range(CLUSTERS)])
    return nearest, centres


def draw(faces, is_cosine):
    random = numpy.random.default_rng(SEED)
    nearest, centres = cluster(faces, random)
    pooled = numpy.cov((faces - centres[nearest]).T)
    shares = numpy.bincount(nearest, minlength=CLUSTERS) / len(faces)
    drawn = []
    for i, count in enumerate(random.multinomial(FACES, shares)):
        own = numpy.cov(faces[nearest == i].T)
        covariance = (1 - SHRINKAGE) * own + SHRINKAGE * pooled
        drawn.append(random.multivariate_normal(centres[i], covariance, count))
    drawn = numpy.vstack(drawn)
    return drawn / numpy.linalg.norm(drawn, axis=1, keepdims=True) if is_cosine else drawn


def nearest_distances(a, b, leave_out_itself=False):
    squares = squared_distances(a, b)
    if leave_out_itself:
        numpy.fill_diagonal(squares, numpy.inf)
    return numpy.sqrt(numpy.maximum(squares.min(1), 0))


def main(labelled_set, cache, report, out):
    space = Space(MANIFEST, report)
    faces = read(labelled_set, cache, space)
    drawn = draw(faces, space.is_cosine)
    halves = drawn.astype("<f2").tobytes()
    pathlib.Path(out).write_bytes(halves)
    synthetic = nearest_distances(drawn, faces)
    real = nearest_distances(faces, faces, leave_out_itself=True)
    print(f"sha256 {hashlib.sha256(halves).hexdigest()}")
    print(f"{len(drawn)} faces from {len(faces)} templates; distance to the nearest real face: "
          f"least {synthetic.min():.3f}, median {numpy.median(synthetic):.3f}; "
          f"of real faces to each other: median {numpy.median(real):.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
