"""Sentences → windows: what the encoder reads at once.

A window holds consecutive sentences of an article and, before them, as context that is read but not
labelled, the article's title (or its first sentence) and the sentence just before. So each word is
labelled once, with the article around it. ``training/event_windows.py`` cuts its windows the same way.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import Article, Span
from ingest.language.words import split_sentences, split_words

LONGEST_SENTENCE = 120
"""Words; a longer "sentence" is a list or a table and is cut."""

LONGEST_WINDOW = 150
"""Words of a window's own sentences; as in training."""

LONGEST_TITLE = 40
"""Words of context that the title or the first sentence gives."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once.

    Attributes:
        words: The words, context first.
        groups: For each word the number of its sentence within the window.
        own: Index of the first word that is no context.
        sentences: For each own sentence (number in the article, index of its first word here).
        context: The same for the context's sentences; -1 stands for the title.
    """

    words: tuple[str, ...]
    groups: tuple[int, ...]
    own: int
    sentences: tuple[tuple[int, int], ...]
    context: tuple[tuple[int, int], ...] = ()

    def locate(self, word: int) -> tuple[int, int]:
        """Return (sentence in the article, word in the sentence) of a word; the title is sentence -1."""
        for sentence, start in reversed((*self.context, *self.sentences)):
            if word >= start:
                return sentence, word - start
        raise IndexError(word)


def cut_sentences(text: str) -> list[tuple[Span, list[Span]]]:
    """Return the sentences of a text with their words, the overlong ones cut in pieces."""
    found = []
    for sentence in split_sentences(text):
        words = split_words(sentence.quote(text), offset=sentence.start)
        for first in range(0, len(words), LONGEST_SENTENCE):
            piece = words[first : first + LONGEST_SENTENCE]
            whole = len(words) <= LONGEST_SENTENCE
            found.append((sentence if whole else Span(piece[0].start, piece[-1].end), piece))
    return found


def cut_windows(article: Article, sentences: list[tuple[Span, list[Span]]]) -> Iterator[Window]:
    """Yield the windows of an article; each sentence is own in exactly one of them."""
    text = article.text
    quotes = [[word.quote(text) for word in words] for _, words in sentences]
    title: list[str] = []
    if article.title:
        title = [s.quote(article.title) for s in split_words(article.title)][:LONGEST_TITLE]
    first = 0
    while first < len(quotes):
        last, size = first, len(quotes[first])
        while last + 1 < len(quotes) and size + len(quotes[last + 1]) <= LONGEST_WINDOW:
            last += 1
            size += len(quotes[last])
        words: list[str] = []
        groups: list[int] = []
        number = 0
        before = [(-1, title)] if title else [(0, quotes[0][:LONGEST_TITLE])] if first > 1 else []
        if first > 0:
            before.append((first - 1, quotes[first - 1]))
        contexts = []
        for sentence, context in before:
            contexts.append((sentence, len(words)))
            words += context
            groups += [number] * len(context)
            number += 1
        own = len(words)
        starts = []
        for index in range(first, last + 1):
            starts.append((index, len(words)))
            words += quotes[index]
            groups += [number] * len(quotes[index])
            number += 1
        yield Window(tuple(words), tuple(groups), own, tuple(starts), tuple(contexts))
        first = last + 1
