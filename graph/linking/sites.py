"""Whether two places agree: the same, one within the other, or a contradiction."""

from functools import lru_cache

from graph.linking.units import Site
from graph.model import Precision, kilometres

NEAR_KILOMETRES = 10.0
"""An exact site this near to a city is taken to lie in it: an airport, a suburb, a crossing."""


_RANK = {precision.value: rank for rank, precision in enumerate(Precision)}


@lru_cache(maxsize=65536)
def site_agreement(left: Site | None, right: Site | None) -> tuple[str | None, int, bool] | None:
    """Return the place to name, how well the two agree, and whether both tell; ``None``: contradiction."""
    if left is None or right is None:
        return None, 2 if left is right else 0, False
    if left.id == right.id:
        return left.name, 2, True
    finer, coarser = sorted((left, right), key=lambda site: (_RANK[site.precision], site.id))
    if finer.country != coarser.country:
        return None
    if coarser.precision == Precision.COUNTRY:
        return finer.name, 1, True
    if coarser.precision == Precision.ADMIN1 and finer.fine:
        inside = finer.admin1 in (coarser.name, coarser.admin1)
        return (finer.name, 1, True) if inside else None
    if finer.precision == Precision.EXACT and coarser.fine and kilometres(finer, coarser) <= NEAR_KILOMETRES:
        return finer.name, 1, True
    if finer.precision == Precision.UNKNOWN or coarser.precision == Precision.UNKNOWN:
        return None, 0, False
    return None
