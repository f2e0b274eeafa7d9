"""Refuse a test run that skipped something: `check_report.py REPORT.xml` (pytest's --junitxml).

A skipped test, an expected failure and a run without tests all count as failures: green must
mean that everything ran.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main(path: str) -> int:
    root = ElementTree.fromstring(Path(path).read_text(encoding="utf-8"))  # noqa: S314, written by our own pytest
    cases = list(root.iter("testcase"))
    skipped = [case for case in cases if case.find("skipped") is not None]
    broken = [
        case for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    for case in skipped:
        reason = case.find("skipped").get("message", "")
        print(f"Essai ignoré : {case.get('classname')}::{case.get('name')} ({reason})")
    if not cases:
        print("Aucun essai n’a tourné.")
    return 1 if skipped or broken or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
