"""Addresses as far as one may ask whether two are the same: folded words in a fixed order, or nothing without a house."""

from __future__ import annotations

from functools import lru_cache

from screening.places.reading import read_address
from screening.places.words import city_of, root


@lru_cache(maxsize=1 << 15)
def fold_address(text: str) -> str:
    """`г. Казань, ул. Баумана, д. 44, кв. 12` → `казань бауман house:44 flat:12`; empty where no house is named.

    Everybody of a town shares an address without a house, so it says nothing about who is who. Postcode, region, the kind of
    the street, titles and the order of the parts don't matter; a village stands with its district where that is given.
    """
    read = read_address(text)
    if not read.house or not (read.street or read.city):
        return ""
    city = read.city if city_of((read.city,))[0] else " ".join((*map(root, read.city.split()), read.district)).strip()
    part = " ".join(map(root, read.part.split()))
    street = " ".join(root(word) for word in read.street if len(word) > 1 or word.isdigit())
    structure, flat = f"structure:{read.structure}" if read.structure else "", f"flat:{read.flat}" if read.flat else ""
    return " ".join(part for part in (city, part, street, f"house:{read.house}", structure, flat) if part)
