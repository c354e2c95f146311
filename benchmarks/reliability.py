"""How often rows of each band of confidence are right, with limits, and how well that holds for a report left out.

Takes pairs of an observations file and a folder of gold files: `python benchmarks/reliability.py OBSERVATIONS GOLD [...]`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from normalise.interpret import LIKELY, SURE

from compare.statistics import wilson
from councilbench.evaluate import verdict

BANDS = (("sure", SURE - 0.021), ("likely", LIKELY - 0.101), ("doubtful", 0.0))
"""Name and lower end of each band; what lowers a row a little (a file's name) leaves it in its band."""


def band_of(confidence: float) -> str:
    return next(name for name, least in BANDS if confidence >= least)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    paths = parser.parse_args().paths
    rows = [
        (band_of(float(judged.row["confidence"])), judged.row["document"], judged.right)
        for observations, gold in zip(paths[::2], paths[1::2], strict=True)
        for judged in verdict(observations, gold).read
    ]
    print(
        "band       rows   right   share   95% limits      left out one report at a time: share of the others less its own"
    )
    for name, _ in BANDS:
        mine = [(document, right) for band, document, right in rows if band == name]
        if not mine:
            continue
        right = sum(r for _, r in mine)
        low, high = wilson(right, len(mine))
        gaps = []
        for document in sorted({d for d, _ in mine}):
            own = [r for d, r in mine if d == document]
            others = [r for d, r in mine if d != document]
            if len(own) >= 10 and others:
                gaps.append(sum(others) / len(others) - sum(own) / len(own))
        spread = (
            f"median {sorted(gaps)[len(gaps) // 2]:+.3f}, worst {max(gaps):+.3f} ({len(gaps)} reports)" if gaps else ""
        )
        print(f"{name:9} {len(mine):5d}  {right:6d}   {right / len(mine):.3f}   {low:.3f} to {high:.3f}   {spread}")


if __name__ == "__main__":
    main()
