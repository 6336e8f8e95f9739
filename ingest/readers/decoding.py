"""From bytes to characters.

UTF-8 is tried before what a page declares: bytes that are valid UTF-8 beyond ASCII are UTF-8 with near
certainty, while declarations are often left over from another system. What is not UTF-8 and declares
nothing is read as Windows-1252, which English texts of that age almost always are; a statistical
guess among two dozen code pages does worse on the few accented letters of an English text.
"""

import codecs
import re

from graph.errors import ItemRejected

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(r"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_LATIN_1 = {"ascii", "iso8859-1", "latin-1", "us-ascii"}
_CONTROLS = set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}


def mark_of(data: bytes) -> str | None:
    """Return the codec that a byte order mark, or UTF-16's pattern of zero bytes, tells; else ``None``."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    sample = data[:2000]
    if len(sample) >= 8 and 0 in sample:
        if sample[1::2].count(0) > 0.4 * len(sample) and 0 not in sample[0::2]:
            return "utf-16-le"
        if sample[0::2].count(0) > 0.4 * len(sample) and 0 not in sample[1::2]:
            return "utf-16-be"
    return None


def is_binary(head: bytes) -> bool:
    """Tell whether the first bytes of an item are no text in any encoding that is read here."""
    if mark_of(head):
        return False
    controls = sum(1 for byte in head if byte in _CONTROLS)
    return 0 in head or controls > 0.02 * len(head)


def declared_charset(media_type: str | None, head: bytes = b"") -> str | None:
    """Return the charset that a media type, an XML declaration or an HTML ``meta`` states, or ``None``."""
    for statement in (media_type or "", head[:4096].decode("latin-1")):
        found = _XML_ENCODING.search(statement) or _CHARSET.search(statement)
        if found:
            return found.group(1)
    return None


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None, item: str = "") -> str:
    """Return the text of the bytes, without a byte order mark.

    Args:
        data: The whole content.
        encoding: A codec to insist on.
        declared: What the item itself says; used only where the bytes do not tell better.
        item: What to name in a rejection.

    Raises:
        ItemRejected: If ``encoding`` is given and the bytes are not in it.
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeError as error:
            raise ItemRejected("wrong encoding", item=item, detail=f"not {encoding}: {error}") from error
    mark = mark_of(data)
    if mark:
        return data.decode(mark, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if sum(1 for character in lenient if character > "\x7f") > 3 * broken:
        return lenient
    codec = _known(declared)
    if codec and codec not in _LATIN_1 and not codec.startswith("utf"):
        return data.decode(codec, "replace")
    return data.decode("cp1252", "replace")


def _known(charset: str | None) -> str | None:
    try:
        return codecs.lookup(charset).name if charset else None
    except LookupError:
        return None
