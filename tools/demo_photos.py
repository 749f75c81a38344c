"""Lays the demonstration photos out as `homeward-demo --photos DIR` wants them.

    DIR/people/<person>/1.jpg   one folder a person; `1` is the photo in the report, and
    DIR/people/<person>/2.jpg   `2` another photo of the same person, taken at intake
    DIR/nobody/*.jpg            persons who are never enrolled
    DIR/folder/*                what a police liaison hands over: <person>-<n>.jpg shows that person,
                                nobody-<n>.jpg one of nobody/; the rest has no right answer:
                                group.jpg several faces, no-face.jpg none, unreadable.jpg no picture
Persons are letters. The stories take persons in the order of their letters: the two photos of `a` to `d`
are closer than the operating point of models/manifest.json, those of `f` to `l` are not, and stay honest
near-misses; `e` is on the edge. Each finds its own person first. One's own DIR needs people/, with two photos of a person at least twice, nobody/ and folder/.

The photos show private persons and come from packages that publish them under the MIT licence. They are
for this demonstration on the user's own machine: never commit them, never publish what was made of them.
Most are tiles of a contact sheet, cut out and enlarged three times, so that a face is about 200 pixels.
"""

import hashlib
import pathlib
import shutil
import tempfile

TESTS = "face_recognition-1.3.0/tests/test_images/"
MEMBERS = {
    "face_recognition": [TESTS + name for name in
                         ("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg")],
    "@vladmandic/human": ["package/assets/screenshot-facematch.jpg"],
    "@vladmandic/face-api": ["package/demo/sample1.jpg"],
}
SHEET = "screenshot-facematch.jpg"

# Which pictures show the same person, checked by eye. A number is a tile of the sheet: row, then column
# in two digits. The order is 1.jpg, 2.jpg, then what goes into folder/.
PEOPLE = {
    "a": ["000", "008", "010", "100"],
    "b": ["201", "416", "402"],
    "c": ["obama.jpg", "obama3.jpg", "obama2.jpg"],
    "d": ["302", "507", "404"],
    "e": ["112", "214"],
    "f": ["508", "513"],
    "g": ["205", "206", "212"],
    "h": ["317", "405"],
    "i": ["217", "306"],
    "j": ["412", "509"],
    "k": ["114", "216"],
    "l": ["311", "500"],
}
NOBODY = ["506", "202", "517", "biden.jpg"]
TILE_PX, SCALE = 104, 3
NO_FACE_BOX = (1242, 157, 1292, 197)  # the tail of a helicopter, in a picture at the top of the sheet


def layout_id():
    return hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()


def is_complete(folder):
    """Whether this very layout stands in the folder."""
    mark = folder / ".layout"
    return mark.is_file() and mark.read_text() == layout_id()


def tile_box(tile):
    row, column = int(tile[0]), int(tile[1:])
    left, top = round(column * 1920 / 18), round(283 + row * 112.4)
    return (left, top, left + TILE_PX, top + TILE_PX)


def lay_out(sources, folder):
    """`sources` maps the file names of MEMBERS to where they were unpacked."""
    from PIL import Image  # here, so that weights can be fetched without it

    sheet = Image.open(sources[SHEET]).convert("RGB")

    def enlarge(box):
        size = ((box[2] - box[0]) * SCALE, (box[3] - box[1]) * SCALE)
        return sheet.crop(box).resize(size, Image.LANCZOS)

    def write(picture, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if picture in sources:
            shutil.copyfile(sources[picture], target)
        else:
            enlarge(tile_box(picture)).save(target, quality=95)

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = pathlib.Path(scratch) / "demo"
        for person, pictures in PEOPLE.items():
            for number, picture in enumerate(pictures, start=1):
                target = (f"people/{person}/{number}.jpg" if number <= 2
                          else f"folder/{person}-{number}.jpg")
                write(picture, made / target)
        for number, picture in enumerate(NOBODY, start=1):
            write(picture, made / f"nobody/{number}.jpg")
            write(picture, made / f"folder/nobody-{number}.jpg")
        write("sample1.jpg", made / "folder/group.jpg")
        enlarge(NO_FACE_BOX).save(made / "folder/no-face.jpg", quality=95)
        (made / "folder/unreadable.jpg").write_bytes(b"This was a photo before the disk failed.\n")
        (made / ".layout").write_text(layout_id())
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
