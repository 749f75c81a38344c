#!/usr/bin/python3
"""tools/results.py [--table] LINES...: writes what benchmarks printed into benchmarks/RESULTS.md and benchmarks/plots/.

LINES are files of one JSON object a line, as benchmarks/measurement.h prints them (build/bench/*.ndjson).
Replaces what stands between the two marks of RESULTS.md: the machine, the versions of the peers, a table of
every line with its ratio, and a picture of each curve: of lines whose workload begins with so many rows, "1000 x 128,
...", for several numbers of rows. Pictures are drawn by gnuplot. Everything outside the marks is written by hand. With --table, prints the
lines as a table for people and writes nothing.
"""

import collections
import datetime
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
PLOTS = ROOT / "benchmarks" / "plots"
BEGIN, END = "<!-- made by `./run results` -->", "<!-- end of what `./run results` made -->"
PEERS = ("libfaiss-dev", "libdlib-dev", "libdnnl-dev", "libopenblas0-pthread", "libgrpc++1.51")

CURVES = ("single query", "batch of 8", "query among 1 %", "whole search")


def printed(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def machine():
    facts = dict(re.findall(r"^(.+?):\s+(.+)$", printed("lscpu"), re.MULTILINE))
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1])
    wide = [name for name in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16") if name in facts["Flags"].split()]
    return (f"{facts['Model name']}, {facts['CPU(s)']} cores ({', '.join(wide)}), {memory / 2**20:.0f} GiB, "
            f"{datetime.date.today().isoformat()}")


def versions():
    listed = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *PEERS],
                            capture_output=True, text=True).stdout
    return ", ".join(listed.split("\n")[:-1])


def number(value):
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def table(lines):
    yield "| benchmark | workload | ours | peer | | ratio |"
    yield "|---|---|---|---|---|---|"
    for line in lines:
        ratio = "" if line["ratio"] is None else number(line["ratio"])
        yield (f"| {line['bench']} | {line['workload']} | {number(line['value'])} {line['unit']} | "
               f"{number(line['peer_value'])} | {line['peer']} | {ratio} |")


def curves(lines):
    """By file name: the unit, and the points of ours and of the peer, of each of CURVES that has two or more."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in lines:
        point = re.fullmatch(r"(\d+) x 128, (.*)", line["workload"])
        if point and point[2] in CURVES:
            curve = found[f"{line['bench']}, {point[2]}", line["unit"]]
            curve["ours"].append((int(point[1]), line["value"]))
            curve[line["peer"]].append((int(point[1]), line["peer_value"]))
    for (title, unit), sides in found.items():
        if len(sides["ours"]) > 1:
            yield title, unit, {side: sorted(points) for side, points in sides.items()}


def draw(name, title, unit, sides):
    blocks = [f"$p{i} << EOD\n" + "".join(f"{x} {y}\n" for x, y in points) + "EOD\n"
              for i, points in enumerate(sides.values())]
    plots = [f"$p{i} with linespoints linewidth 2 title '{side}'" for i, side in enumerate(sides)]
    script = ("set terminal svg size 560,360 noenhanced background 'white'\n"
              f"set output '{PLOTS / name}.svg'\nset title '{title}'\nset logscale xy\nset grid\n"
              f"set key left top\nset xlabel 'rows'\nset ylabel '{unit}'\n"
              + "".join(blocks) + "plot " + ", ".join(plots) + "\n")
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def print_table(lines):
    for line in lines:
        ratio = "" if line["ratio"] is None else f"{line['ratio']:.3g} x"
        print(f"{line['bench']}: {line['workload']:44} {number(line['value']):>8} {line['unit']:12} {ratio:>8}  "
              f"{line['peer']} {number(line['peer_value'])}")


def main(options, files):
    lines = [json.loads(line) for file in files for line in pathlib.Path(file).read_text().splitlines()]
    if options == ["--table"]:
        print_table(lines)
        return
    text = [BEGIN, "", f"{machine()}. Peers: {versions()}. A ratio above 1: ours is better.", "", *table(lines)]
    PLOTS.mkdir(exist_ok=True)
    for title, unit, sides in curves(lines):
        name = re.sub(r"[^a-z0-9]+", "-", title)
        draw(name, title, unit, sides)
        text += ["", f"![{title}](plots/{name}.svg)"]
    text += ["", END]
    before, _, rest = RESULTS.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    RESULTS.write_text(before + "\n".join(text) + after, encoding="utf-8")


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word.startswith("--")]
    named = [word for word in sys.argv[1:] if not word.startswith("--")]
    if not named or given not in ([], ["--table"]):
        sys.exit(__doc__)
    main(given, named)
