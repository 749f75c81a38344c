#!/usr/bin/python3
"""tools/fit_cohort.py TEMPLATES OUT: draws the synthetic faces of a space from a mixture fitted to real ones.

TEMPLATES is a folder that `homewardd evaluate --cache` filled, of people of many groups. OUT gets
1,000 vectors as 16-bit floats, row after row, and no vector of a real face. The mixture has 16
Gaussians with full covariances: a seeded k-means, each covariance shrunk by a tenth towards the
pooled one. The same templates give the same file. Prints the file's sha256 and how near the
nearest real face comes to a synthetic one, beside how near real faces come to each other.
"""

import hashlib
import pathlib
import sys

import numpy

# server/evaluate/template_cache.cc
FORMAT, MADE = b"homeward template 3", b"TEMPLATE"
PRINT_BYTES, DIGEST_BYTES = 576, 64
FACES = 1000
CLUSTERS = 16
SHRINKAGE = 0.1
SEED = 1


def vector_in(text):
    format_line, measures, made, body = text.split(b"\n", 3)
    if format_line != FORMAT or made != MADE:
        return None
    behind = 4 * len(measures.split(b"\t")) + PRINT_BYTES + DIGEST_BYTES
    return numpy.frombuffer(body[:-behind], "<f4")


def read(folder):
    vectors = [vector_in(path.read_bytes()) for path in sorted(folder.iterdir())]
    vectors = [vector for vector in vectors if vector is not None]
    if not vectors:
        sys.exit(f"{folder} holds no templates of this program")
    # One photo may lie in several sets.
    return numpy.unique(numpy.array(vectors, numpy.float64), axis=0)


def squared_distances(a, b):
    return (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T


def cluster(faces, random):
    centres = faces[random.choice(len(faces), CLUSTERS, replace=False)]
    for _ in range(50):
        nearest = squared_distances(faces, centres).argmin(1)
        centres = numpy.array([faces[nearest == i].mean(0) for i in range(CLUSTERS)])
    return nearest, centres


def draw(faces):
    random = numpy.random.default_rng(SEED)
    nearest, centres = cluster(faces, random)
    pooled = numpy.cov((faces - centres[nearest]).T)
    shares = numpy.bincount(nearest, minlength=CLUSTERS) / len(faces)
    drawn = []
    for i, count in enumerate(random.multinomial(FACES, shares)):
        own = numpy.cov(faces[nearest == i].T)
        covariance = (1 - SHRINKAGE) * own + SHRINKAGE * pooled
        drawn.append(random.multivariate_normal(centres[i], covariance, count))
    return numpy.vstack(drawn)


def nearest_distances(a, b, leave_out_itself=False):
    squares = squared_distances(a, b)
    if leave_out_itself:
        numpy.fill_diagonal(squares, numpy.inf)
    return numpy.sqrt(numpy.maximum(squares.min(1), 0))


def main(templates, out):
    faces = read(pathlib.Path(templates))
    if len(faces) < 10 * CLUSTERS:
        sys.exit(f"{templates} holds {len(faces)} templates; {10 * CLUSTERS} are too few already.")
    drawn = draw(faces)
    halves = drawn.astype("<f2").tobytes()
    pathlib.Path(out).write_bytes(halves)
    synthetic = nearest_distances(drawn, faces)
    real = nearest_distances(faces, faces, leave_out_itself=True)
    print(f"sha256 {hashlib.sha256(halves).hexdigest()}")
    print(f"{len(drawn)} faces from {len(faces)} templates; distance to the nearest real face: "
          f"least {synthetic.min():.3f}, median {numpy.median(synthetic):.3f}; "
          f"of real faces to each other: median {numpy.median(real):.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
