"""Contrast by WCAG 2: text 4.5:1 and shapes 3:1, on every ground they stand on, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import app.web.assets as assets_module

TOKENS = (Path(assets_module.__file__).parent / "src" / "styles" / "tokens.css").read_text(encoding="utf-8")
TEXT = ("ink", "ink-2", "ink-3", "accent", "block", "high", "medium", "low", "good")
SHAPES = ("person", "official", "firm", "body", "event", "case", "thing", "edge")


def palette(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    known = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light))
    return known | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", dark)) if scheme == "dark" else known


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "sunk"])
@pytest.mark.parametrize("name", TEXT)
def test_text(scheme: str, ground: str, name: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[name], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("accent-ink", "accent"),
        ("accent", "accent-soft"),
        ("ink", "accent-soft"),
        ("block", "block-soft"),
        ("good", "good-soft"),
        ("ink", "medium-soft"),
        ("block", "medium-soft"),
        ("sheet", "ink-3"),
    ],
)
def test_text_on_colour(scheme: str, text: str, ground: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SHAPES)
def test_shapes(scheme: str, name: str) -> None:
    colours = palette(scheme)
    assert all(contrast(colours[name], colours[ground]) >= 3 for ground in ("paper", "sheet"))
