"""What text encoders read: their speed, and what the vectors of each reach on a catalogue whose themes are known.

The catalogue is made twice, word for word the same, in English and in Chinese: 600 items, each of one of eight themes.
A title is an adjective that all themes share, one of a theme's ten nouns, and a code. 400 users take twelve items each,
five of six from one theme, which changes now and then. An encoder that understands the nouns puts a theme's items near
each other even where they share no character.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.evaluation.evaluate import evaluate
from core.evaluation.split import leave_one_out
from core.language.encoder import TextEncoder
from core.language.ngrams import CharacterNgrams
from core.language.reading import Reading
from core.models.content import Content
from core.progress import Progress
from core.sequences.log import Behaviour, Catalogue, EventLog

ITEMS, USERS, EVENTS, NEAR, K = 600, 400, 12, 10, 10
STAYS = 0.9  # how likely a user stays with the theme from one event to the next
INSIDE = 5 / 6  # of a user's events are of the theme
ADJECTIVES = {
    "新款": "new", "经典": "classic", "便携": "portable", "家用": "household", "高端": "premium", "简约": "plain",
    "复古": "vintage", "大号": "large", "迷你": "mini", "优质": "quality", "进口": "imported", "热销": "popular",
}  # fmt: skip
THEMES: dict[str, dict[str, str]] = {
    "kitchen": {
        "炒锅": "wok", "菜刀": "cleaver", "砧板": "chopping board", "电饭煲": "rice cooker", "汤勺": "ladle",
        "蒸笼": "steamer", "烤箱": "oven", "水壶": "kettle", "饭盒": "lunch box", "筷子": "chopsticks",
    },
    "clothes": {
        "羽绒服": "down jacket", "牛仔裤": "jeans", "连衣裙": "dress", "毛衣": "sweater", "衬衫": "shirt",
        "风衣": "trench coat", "短袖": "t-shirt", "西装": "suit", "围巾": "scarf", "袜子": "socks",
    },
    "phones": {
        "手机": "smartphone", "充电器": "charger", "耳机": "headphones", "数据线": "usb cable", "平板电脑": "tablet",
        "移动电源": "power bank", "蓝牙音箱": "bluetooth speaker", "键盘": "keyboard", "显示器": "monitor",
        "摄像头": "webcam",
    },
    "children": {
        "积木": "building blocks", "布娃娃": "doll", "奶瓶": "baby bottle", "纸尿裤": "diapers", "婴儿车": "stroller",
        "拼图": "jigsaw puzzle", "玩具车": "toy car", "摇铃": "rattle", "绘本": "picture book", "滑梯": "slide",
    },
    "sport": {
        "跑步鞋": "running shoes", "瑜伽垫": "yoga mat", "哑铃": "dumbbells", "篮球": "basketball",
        "羽毛球拍": "badminton racket", "泳镜": "swimming goggles", "登山杖": "trekking poles", "帐篷": "tent",
        "自行车": "bicycle", "护膝": "knee pads",
    },
    "beauty": {
        "口红": "lipstick", "面膜": "face mask", "洗面奶": "face wash", "粉底液": "foundation", "眼影": "eye shadow",
        "香水": "perfume", "防晒霜": "sunscreen", "护手霜": "hand cream", "洗发水": "shampoo", "眉笔": "eyebrow pencil",
    },
    "food": {
        "绿茶": "green tea", "饼干": "biscuits", "牛肉干": "beef jerky", "巧克力": "chocolate", "蜂蜜": "honey",
        "方便面": "instant noodles", "坚果": "nuts", "果汁": "fruit juice", "咖啡豆": "coffee beans", "薯片": "crisps",
    },
    "garden": {
        "花盆": "flower pot", "种子": "seeds", "铲子": "spade", "浇水壶": "watering can", "肥料": "fertiliser",
        "草坪": "turf", "盆栽": "potted plant", "剪枝刀": "pruning shears", "手套": "work gloves", "栅栏": "fence",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Reached:
    """What one encoder reached.

    Attributes:
        known: share of tokens that its tokenizer knows.
        near: share of an item's ten nearest that are of its theme.
        ndcg: NDCG@10 of content similarity on the last item of each user.
        theme: share of a list's ten items that are of the truth's theme.
    """

    known: float
    near: float
    ndcg: float
    theme: float


def made(language: str, seed: int = 0) -> tuple[list[str], NDArray[np.int64], EventLog]:
    """Titles, the theme of each, and what users did; the same events in both languages."""
    rng = np.random.default_rng(seed)
    theme = np.sort(rng.integers(0, len(THEMES), ITEMS))
    nouns, adjectives = [list(each.items()) for each in THEMES.values()], list(ADJECTIVES.items())
    titles = []
    for kind in theme:
        (chinese, english), code = nouns[kind][rng.integers(10)], rng.integers(100, 999)
        which, adjective = adjectives[rng.integers(len(adjectives))]
        titles.append(f"{which}{chinese} {code}" if language == "zh" else f"{adjective} {english} {code}")
    turns = np.where(rng.random((USERS, EVENTS)) < STAYS, 0, rng.integers(1, len(THEMES), (USERS, EVENTS))).cumsum(1)
    wanted = (rng.integers(0, len(THEMES), (USERS, 1)) + turns) % len(THEMES)
    first, last = np.searchsorted(theme, wanted), np.searchsorted(theme, wanted, side="right")
    inside = rng.integers(first, last)
    items = np.where(rng.random((USERS, EVENTS)) < INSIDE, inside, rng.integers(0, ITEMS, (USERS, EVENTS)))
    return titles, theme, _log(items)


def _log(items: NDArray[np.int64]) -> EventLog:
    events = items.size
    return EventLog(
        item=items.ravel().astype(np.int32),
        behaviour=np.zeros(events, dtype=np.uint8),
        time=np.tile(np.arange(EVENTS), USERS),
        value=np.full(events, np.nan, dtype=np.float32),
        text=np.full(events, -1, dtype=np.int32),
        offsets=np.arange(0, events + 1, EVENTS),
        items=ITEMS,
        behaviours=(Behaviour("view"),),
        timed=True,
    )


def reached(titles: Sequence[str], theme: NDArray[np.int64], log: EventLog, vectors: NDArray[np.float32]) -> Reached:
    """What these vectors reach; the share of known tokens is left at 1."""
    near = vectors @ vectors.T
    np.fill_diagonal(near, -np.inf)
    nearest = np.argsort(-near, axis=1)[:, :NEAR]
    split = leave_one_out(log)
    model = Content(vectors=vectors)
    none = pa.nulls(len(titles), pa.string())
    model.fit(split.train, Catalogue(pa.array(titles), pa.array(titles), none, none, np.zeros(ITEMS)), Progress())
    found = evaluate(model, split.test, True, K, Progress())
    listed = theme[np.maximum(found.items[:, :K], 0)] == theme[split.test.truth][:, None]
    return Reached(
        1.0, float((theme[nearest] == theme[:, None]).mean()), found.metrics[f"ndcg@{K}"], float(listed.mean())
    )


def encoders() -> tuple[dict[str, object], bool]:
    """Prints both tables; the figures, and whether n-grams miss to beat a model that cannot read the texts."""
    figures: dict[str, object] = {}
    near: dict[tuple[str, str], float] = {}
    grams = CharacterNgrams()
    rng = np.random.default_rng(1)
    print(f"\n{'language':9} {'vectors':24} {'known':>6} {'near':>6} {'NDCG@10':>8} {'theme@10':>9}")
    model = TextEncoder.open(device="cpu")
    read: dict[str, Callable[[list[str]], NDArray[np.float32]]] = {
        "all-MiniLM-L6-v2": lambda texts: model.encode(texts, Progress()),
        "character n-grams": lambda texts: grams.vectors(texts, Progress()),
        "at random": lambda texts: _unit(rng.standard_normal((len(texts), 384), dtype=np.float32)),
    }
    for language in ("en", "zh"):
        titles, theme, log = made(language)
        for name, vectors in read.items():
            found = reached(titles, theme, log, vectors(titles))
            known = model.reads(titles) if name == "all-MiniLM-L6-v2" else 1.0
            print(
                f"{language:9} {name:24} {known:6.2f} {found.near:6.3f} {found.ndcg:8.4f} {found.theme:9.3f}",
                flush=True,
            )
            near[language, name] = found.near
            figures[f"{language} {name}"] = [known, found.near, found.ndcg, found.theme]
    worse = near["zh", "character n-grams"] <= near["zh", "all-MiniLM-L6-v2"]
    return {"encoders": figures | speeds()}, worse


def speeds() -> dict[str, object]:
    """Texts a second of the bundled model, with 32 bits and fewer, and how near these are to the first."""
    titles = made("en")[0]
    full = TextEncoder.open(device="cpu")
    models = {"32 bits": full} | {f"{bits} bits": TextEncoder.open(Reading(bits=bits)) for bits in (8, 4)}
    figures: dict[str, object] = {}
    exact = full.encode(titles, Progress())
    for name, model in models.items():
        model.encode(titles[:64], Progress())
        start = time.process_time()
        vectors = model.encode(titles, Progress())
        spent = time.process_time() - start
        cosine = np.sum(vectors * exact, axis=1)
        told = f"cosine to 32 bits {cosine.mean():.3f}, at worst {cosine.min():.3f}"
        print(f"all-MiniLM-L6-v2, {name}: {len(titles) / spent:.0f} texts a second of processor time; {told}")
        figures[name] = [len(titles) / spent, float(cosine.mean()), float(cosine.min())]
    return figures


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
