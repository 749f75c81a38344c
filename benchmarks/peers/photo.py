#!/usr/bin/env python3
"""photo.py PHOTO...: what the package face_recognition, as it comes, takes from a photo's file to its vector.

Prints the median of seconds of processor time, and in how many photos it found a face.
"""
import statistics
import sys
import time

import face_recognition


def main(paths):
    face_recognition.face_encodings(face_recognition.load_image_file(paths[0]))
    seconds, found = [], 0
    for path in paths:
        begin = time.process_time()
        picture = face_recognition.load_image_file(path)
        found += bool(face_recognition.face_encodings(picture))
        seconds.append(time.process_time() - begin)
    print(statistics.median(seconds), found)


if __name__ == "__main__":
    main(sys.argv[1:])
