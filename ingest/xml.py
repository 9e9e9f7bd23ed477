"""XML read safely and piece by piece: no DTD, no entities, no network, no memory that grows with the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from domain.records import Place, Reject
from ingest.reasons import reject

_ENCODING = frozenset(
    {
        etree.ErrorTypes.ERR_INVALID_CHAR,
        etree.ErrorTypes.ERR_INVALID_ENCODING,
        etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
        etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
        etree.ErrorTypes.I18N_CONV_FAILED,
    }
)
"""libxml2's codes for bytes that the encoding cannot hold."""
_TAIL = 512

Element = etree._Element  # noqa: SLF001 - lxml's element type has no public name
"""An element; readers look at local names, so that any namespace or none will do."""


def elements(file: BinaryIO, path: str, *names: str) -> Iterator[tuple[int, Element] | Reject]:
    """Every element of one of the local names, with its ordinal from 1; it is emptied when the next is asked for.

    Elements of these names inside one another are given once, the outer. What breaks the document ends it with a reject;
    what came before has been given.
    """
    wanted = frozenset(names)
    watched = _Watched(file)
    events = etree.iterparse(
        watched,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )
    count, inside, first = 0, 0, True
    try:
        for event, element in events:
            if first:
                first = False
                watched.expect(element)
                if _has_doctype(element):
                    yield reject("unsafe_xml", Place(path, 1))
                    return
            name = local(element)
            if event == "start":
                inside += name in wanted
                continue
            if name in wanted:
                inside -= 1
                if not inside:
                    count += 1
                    yield count, element
            if not inside:
                _forget(element)
    except etree.XMLSyntaxError as error:
        yield _broken(error, path, cut=watched.cut)


def looks_like_xml(head: bytes) -> bool:
    """Whether the first bytes open a tag or a declaration."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """The first element down the path of local names, or None."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The direct children of that local name."""
    if element is not None:
        yield from (one for one in element if local(one) == name)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """All elements inside of one of the local names, in order."""
    yield from (one for one in element.iter() if local(one) in names)


def text(element: Element | None, *names: str) -> str | None:
    """The text at the end of the path, with white space made single; None where it is absent or empty."""
    found = child(element, *names)
    return " ".join((found.text or "").split()) or None if found is not None else None


def attribute(element: Element | None, name: str, *path: str) -> str | None:
    """The attribute of the element at the end of the path, with white space made single; None where absent or empty."""
    found = child(element, *path)
    return " ".join((found.get(name) or "").split()) or None if found is not None else None


def source(element: Element) -> str:
    """The element as text, for quarantine."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _has_doctype(element: Element) -> bool:
    info = element.getroottree().docinfo
    return info.internalDTD is not None


def _forget(element: Element) -> None:
    """Empty the element and drop what stands before it in its parent."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _broken(error: etree.XMLSyntaxError, path: str, *, cut: bool) -> Reject:
    line = error.lineno or 1
    where = Place(path, line)
    if cut:
        return reject("truncated_file", where, detail=(f"XML кончается в строке {line}", f"the XML ends in line {line}"))
    if getattr(error, "code", 0) in _ENCODING:
        return reject("bad_encoding", where, encoding=("самого XML", "the XML's own encoding"))
    return reject("bad_xml", where, detail=error.msg or "")


class _Watched:
    """The file as the parser reads it; knows whether it ended without the end tag of its root."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._tail, self._end, self._any = file, b"", b"", False

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._any = self._any or data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")
        self._tail = (self._tail + data)[-_TAIL:]
        return data

    def expect(self, root: Element) -> None:
        """Remember the root's end tag as the file would write it."""
        name = f"{root.prefix}:{local(root)}" if root.prefix else local(root)
        try:
            self._end = f"</{name}>".encode(root.getroottree().docinfo.encoding or "utf-8").removeprefix(b"\xff\xfe")
        except LookupError:
            self._end = f"</{name}>".encode()

    @property
    def cut(self) -> bool:
        """Whether nothing is left to read, it began like XML, and the root (or any first tag) was not closed."""
        if not self._any or self._file.read(1):
            return False
        tail = self._tail.rstrip(b" \t\r\n\x00")
        return self._end not in tail if self._end else not tail.endswith(b">")
