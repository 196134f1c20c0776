"""Which texts have which words, and how well texts answer a question (BM25). Pure.

A word is a pair of Han characters or a run of letters and digits (`foundation.search.words`), kept
as 32 bits of its checksum: two of a shelf's words share one about once in ten thousand pairs of
vocabularies, and then a text scores a little of what it does not say.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foundation.search.words import pieces_of

K1, B = 1.2, 0.75
"""Robertson's usual constants: how soon a repeated word stops counting, how much length does."""

Floats = NDArray[np.float64]


def words_of(text: str) -> list[int]:
    """The words of a text as they are kept; a single letter or character says too little."""
    return [zlib.crc32(piece.encode()) for piece in pieces_of(text).split() if len(piece) > 1]


@dataclass(frozen=True)
class Postings:
    """For each word, in order, the texts that have it: `texts[starts[w]:starts[w + 1]]`."""

    words: NDArray[np.uint32]
    starts: NDArray[np.int64]
    texts: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    def of(self, word: int) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
        """The texts that have the word, and how often."""
        at = int(np.searchsorted(self.words, np.uint32(word)))
        if at == len(self.words) or self.words[at] != word:
            return self.texts[:0], self.counts[:0]
        here = slice(self.starts[at], self.starts[at + 1])
        return self.texts[here], self.counts[here]


def postings_of(texts: Iterable[str]) -> Postings:
    """The postings of these texts, numbered from 0."""
    words: list[int] = []
    counts: list[int] = []
    distinct: list[int] = []
    lengths: list[int] = []
    for text in texts:
        found = Counter(words_of(text))
        words += found.keys()
        counts += found.values()
        distinct.append(len(found))
        lengths.append(found.total())
    kept = np.array(words, dtype=np.uint32)
    owners = np.repeat(np.arange(len(distinct), dtype=np.int32), distinct)
    order = np.argsort(kept, kind="stable")
    known, first = np.unique(kept[order], return_index=True)
    return Postings(
        known,
        np.append(first, len(kept)).astype(np.int64),
        owners[order],
        np.minimum(np.array(counts, dtype=np.int64), 65_535).astype(np.uint16)[order],
        np.array(lengths, dtype=np.int32),
    )


def bm25(shelves: Sequence[Postings], asked: Mapping[int, float]) -> Floats:
    """How well each text answers what is asked ({word: weight}); several lots of texts as one."""
    lengths = [shelf.lengths for shelf in shelves]
    sizes = [len(each) for each in lengths]
    everything = np.concatenate(lengths) if lengths else np.zeros(0)
    scores = np.zeros(len(everything))
    if not len(everything) or not everything.any():
        return scores
    norm = K1 * (1 - B + B * everything / everything.mean())
    begins = np.concatenate([[0], np.cumsum(sizes)])
    for word in sorted(asked):
        hits = [shelf.of(word) for shelf in shelves]
        holding = sum(len(texts) for texts, _ in hits)
        if not holding:
            continue
        rare = np.log1p((len(everything) - holding + 0.5) / (holding + 0.5))
        for begin, (texts, counts) in zip(begins, hits, strict=False):
            if not len(texts):
                continue
            at = texts + begin
            often = counts.astype(np.float64)
            scores[at] += asked[word] * rare * often * (K1 + 1) / (often + norm[at])
    return scores


def covered(shelves: Sequence[Postings], phrases: Iterable[str]) -> Floats:
    """The greatest share of one phrase's words that each text has, from 0 to 1."""
    sizes = [len(shelf.lengths) for shelf in shelves]
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    best = np.zeros(int(begins[-1]))
    for phrase in phrases:
        words = sorted(set(words_of(phrase)))
        share = np.zeros(len(best))
        for word in words:
            for begin, shelf in zip(begins, shelves, strict=False):
                share[shelf.of(word)[0] + begin] += 1 / len(words)
        best = np.maximum(best, share)
    return np.minimum(best, 1.0)
