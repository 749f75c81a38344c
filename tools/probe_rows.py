"""What `homewardd evaluate --probes` tells of labelled sets: the rows of one after the other."""

import csv
import subprocess


def probe_rows(program, sets, options):
    for labelled_set in sets:
        out = labelled_set.with_suffix(".probes")
        subprocess.run([program, "evaluate", labelled_set, "--probes", out, *options],
                       stdout=subprocess.DEVNULL, check=True)
        with open(out, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t")
