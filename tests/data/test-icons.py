# SPDX-License-Identifier: GPL-3.0-or-later
"""The icons are whole, of the size their place says, and the symbolic ones can be coloured."""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

from tap import check, done

SVG = "{http://www.w3.org/2000/svg}"


def problem_of(path):
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        return error
    symbolic = path.stem.endswith("-symbolic")
    side = "16" if symbolic else "128"
    if root.tag != SVG + "svg":
        return f"the root is {root.tag}"
    if (root.get("width"), root.get("height"), root.get("viewBox")) != (side, side, f"0 0 {side} {side}"):
        return f"not {side} by {side}"
    for element in root.iter():
        if element.tag in (SVG + "image", SVG + "text", SVG + "script", SVG + "style"):
            return f"holds {element.tag}"
        # The toolkit colours a symbolic icon by its fills; a stroke would stay as it is, and be filled besides.
        if symbolic and any(element.get(name) for name in ("stroke", "style", "filter", "fill-opacity")):
            return "a symbolic icon is made of plain fills"
    return None


icons = sorted((pathlib.Path(sys.argv[1]) / "data" / "icons").rglob("*.svg"))
check("there are icons", None if len(icons) >= 2 else "fewer than two")
for icon in icons:
    check(icon.name, problem_of(icon))
done()
