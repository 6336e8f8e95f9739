"""Random corpora in which much can be linked: few actors, few days, reprints."""

from hypothesis import strategies as st

from graph.model import CodedArticle
from tests.graph.made import AUSTRIA, KHARKIV, ODESA, UKRAINE, VIENNA, Told, coded, days

_SIDES = ["RUS", "RUS", "RUS", "UKR", "UKR", "RUS-MIL", "UKR-CVL", "", "RUS USA", "IGO-OSCE", "UKR USA"]
_PLACES = [None, None, None, None, VIENNA, AUSTRIA, KHARKIV, ODESA, UKRAINE]
_STORIES = {
    name: [f"In {name} number{n} the {name} {n} went {name}{n} on over{n} to {name}." for n in range(14)]
    for name in ("alpha", "beta")
}


@st.composite
def _ranges(draw: st.DrawFn) -> object:
    kind = draw(st.sampled_from(["stated", "publication", "publication", "relative", "range", "none"]))
    if kind == "none":
        return None
    first = draw(st.integers(1, 7))
    last = first if kind != "range" else first + draw(st.integers(1, 5))
    basis = "relative" if kind == "range" else kind
    return days(f"2022-01-{first:02d}", f"2022-01-{last:02d}", basis=basis)


@st.composite
def told(draw: st.DrawFn, sentence: str = "") -> Told:
    """Draw a mention to be made."""
    type = draw(st.sampled_from(["ASSAULT", "ASSAULT", "CONSULT"]))
    return Told(
        type,
        draw(st.sampled_from(_SIDES)),
        draw(st.sampled_from(_SIDES[::-1])),
        day=draw(_ranges()),  # type: ignore[arg-type]
        place=draw(st.sampled_from(_PLACES)),
        modality=draw(st.sampled_from(["asserted"] * 6 + ["historical", "future"])),
        reciprocal=type == "CONSULT" and draw(st.booleans()),
        score=draw(st.sampled_from([0.2, 0.5, 0.9])),
        mode=draw(st.sampled_from([None, "aerial", "visit"])),
        sentence=sentence,
        record=draw(st.integers(0, 9)) == 0,
    )


@st.composite
def article(draw: st.DrawFn, key: str) -> CodedArticle:
    """Draw an article: its own text, or a print of one of two stories, cut somewhere."""
    published = draw(st.sampled_from([None, *(f"2022-01-{day:02d}T08:00:00" for day in range(1, 11))]))
    publisher = draw(st.sampled_from([None, "Herald", "Gazette", "Courier"]))
    story = draw(st.sampled_from([None, None, "alpha", "beta"]))
    if story is None:
        mentions = draw(st.lists(told(), max_size=3))
        return coded(key, *mentions, publisher=publisher, published=published)
    sentences = _STORIES[story][: draw(st.integers(5, 14))]
    if draw(st.booleans()):
        sentences = [f"Report by {key}.", *sentences]
    numbers = sorted(draw(st.lists(st.integers(0, len(sentences) - 1), max_size=3, unique=True)))
    mentions = [draw(told(sentence=sentences[number])) for number in numbers]
    return coded(key, *mentions, text=" ".join(sentences), publisher=publisher, published=published)


@st.composite
def corpus(draw: st.DrawFn, *, largest: int = 7) -> list[CodedArticle]:
    """Draw articles of different ids."""
    size = draw(st.integers(1, largest))
    return [draw(article(f"a{number}")) for number in range(size)]
