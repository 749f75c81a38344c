#!/usr/bin/env python3
"""How fast dlib's own Python package embeds a chip.

    reference_speed.py WEIGHTS CHIPS

CHIPS holds chips of 150 x 150 x 3 bytes. Prints the seconds of this process' CPU time that one takes, the median over all.
Needs numpy, and dlib-bin on PYTHONPATH (tools/fetch.py reference).
"""
import pathlib
import statistics
import sys
import time

import dlib
import numpy

SIDE = 150


def main(weights, chips):
    chips = numpy.fromfile(pathlib.Path(chips), numpy.uint8).reshape(-1, SIDE, SIDE, 3)
    model = dlib.face_recognition_model_v1(weights)
    model.compute_face_descriptor(chips[0])
    seconds = []
    for chip in chips:
        begin = time.process_time()
        model.compute_face_descriptor(chip)
        seconds.append(time.process_time() - begin)
    print(statistics.median(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
