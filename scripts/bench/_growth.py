"""The picture of how work grows with the number of complaints: both scales by powers of ten, a line for each case."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from _measure import Figures

__all__ = ["SIZES", "draw"]

SIZES = (1_000, 10_000, 100_000)
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 480, 60, 130, 30, 50
_COLOURS = ("#1b6f6a", "#b1440e", "#44508f", "#7a3b69", "#4c7a1e", "#8a6d00", "#20709c", "#a02c4a", "#555555")


def draw(grown: Mapping[int, Mapping[str, Figures]], cases: Sequence[str]) -> str:
    """Return an SVG picture of the CPU seconds of these cases by the number of complaints."""
    sizes = sorted(grown)
    times = [grown[size][case].cpu for size in sizes for case in cases if case in grown[size]]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def across(size: int) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (math.log10(size) - first) / ((last - first) or 1)

    def down(seconds: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (math.log10(seconds) - low) / ((high - low) or 1)

    parts = [
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{down(10**n):.1f}" y2="{down(10**n):.1f}" stroke="#ccc"/>'
        f'<text x="{_LEFT - 8}" y="{down(10**n) + 4:.1f}" text-anchor="end">{10**n:g} s</text>'
        for n in range(low, high + 1)
    ]
    parts += [
        f'<text x="{across(size):.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    ends: list[float] = []
    lines = [(case, [(size, grown[size][case].cpu) for size in sizes if case in grown[size]]) for case in cases]
    for n, (case, points) in enumerate(sorted((line for line in lines if line[1]), key=lambda line: -line[1][-1][1])):
        colour, path = _COLOURS[n % len(_COLOURS)], " ".join(f"{across(s):.1f},{down(t):.1f}" for s, t in points)
        height = max([down(points[-1][1]) + 4, *(end + 15 for end in ends[-1:])])  # Names never lie on each other.
        ends.append(height)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(
            f'<text x="{across(points[-1][0]) + 8:.1f}" y="{height:.1f}" fill="{colour}">{escape(case)}</text>'
        )
    title = "CPU seconds by number of complaints"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="13">'
        f"<title>{title}</title>{''.join(parts)}"
        f'<text x="{_LEFT}" y="18" font-weight="bold">{title}</text></svg>\n'
    )
