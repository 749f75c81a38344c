#!/usr/bin/env python3
"""How long the Python package face_recognition takes from a photo to a vector, by the calls to dlib that it makes.

    reference_recognition.py WEIGHTS PHOTO...

WEIGHTS is a folder. As face_recognition.load_image_file, face_locations (HOG, the photo enlarged once) and face_encodings
(five points, one chip) do it. For each PHOTO prints the seconds of this process' CPU time, or -1 where no face is found.
Needs numpy and PIL, and dlib-bin on PYTHONPATH (tools/fetch.py reference).
"""
import pathlib
import sys
import time

import dlib
import numpy
import PIL.Image

ENLARGED = 1


def main(weights, *photos):
    weights = pathlib.Path(weights)
    detector = dlib.get_frontal_face_detector()
    predictor = dlib.shape_predictor(str(weights / "shape_predictor_5_face_landmarks.dat"))
    encoder = dlib.face_recognition_model_v1(str(weights / "dlib_face_recognition_resnet_model_v1.dat"))
    encoder.compute_face_descriptor(numpy.zeros((150, 150, 3), numpy.uint8))
    for photo in photos:
        begin = time.process_time()
        picture = numpy.array(PIL.Image.open(photo).convert("RGB"))
        boxes = detector(picture, ENLARGED)
        for box in boxes[:1]:
            encoder.compute_face_descriptor(picture, predictor(picture, box), 1)
        print(time.process_time() - begin if len(boxes) else -1)


if __name__ == "__main__":
    main(*sys.argv[1:])
