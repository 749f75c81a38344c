#!/usr/bin/env python3
"""Compares raw vectors with those of dlib's own Python package, on the same chips.

    reference_embedding.py WEIGHTS FOLDER

FOLDER holds chips.bgr (150 x 150 x 3 bytes each, BGR) and vectors.f32 (128 floats each), in order.
Prints one JSON line; exits with 1 when any component differs by more than LIMIT.
Needs numpy, and dlib-bin on PYTHONPATH (tools/fetch.py reference).
"""
import json
import pathlib
import sys

import dlib
import numpy

LIMIT = 1e-4
SIDE = 150


def main(weights, folder):
    folder = pathlib.Path(folder)
    chips = numpy.fromfile(folder / "chips.bgr", numpy.uint8).reshape(-1, SIDE, SIDE, 3)
    vectors = numpy.fromfile(folder / "vectors.f32", numpy.float32).reshape(len(chips), -1)
    model = dlib.face_recognition_model_v1(weights)
    largest = 0.0
    for chip, vector in zip(chips, vectors):
        rgb = numpy.ascontiguousarray(chip[:, :, ::-1])
        reference = numpy.array(model.compute_face_descriptor(rgb))
        largest = max(largest, float(numpy.abs(reference - vector).max()))
    print(json.dumps({"bench": "reference_embedding", "workload": f"{len(chips)} chips",
                      "value": largest, "unit": "largest difference of a component",
                      "peer": f"dlib-bin {dlib.__version__}", "peer_value": LIMIT,
                      "ratio": LIMIT / max(largest, 1e-12)}))
    return 0 if len(chips) and largest <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
