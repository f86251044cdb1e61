"""Invented rules and messages, so that rule books of any size can be compared.

A rule here is one phrase, shaped as ours are: the shares of gaps, alternatives, optional words and
entities were counted over the 1,659 phrases of our rules on 2026-11-22. Nothing means anything.
"""

from __future__ import annotations

import random
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate, islice, product
from pathlib import Path
from typing import Literal

from notalone.config import rules_dir
from notalone.folding.text import strip_marks
from notalone.phrase_language import PhraseError, parse_phrase, require_anchors
from notalone.phrases import Choice, Phrase

# The commonest syllables of ordinary chat, roughly by how often they are used.
_BY_FREQUENCY = """
anh em có là không mình cho đi được này mà bạn của và một thì ở với ra nha nhé rồi con làm người
vào đó lại đến mẹ nó chị đang lên gì còn học về cũng như nhiều khi mới hay các ai biết nhà ngày
phải nói xem thấy bố vậy năm đây hôm lớp hai cô sao nay mai giờ ăn lắm quá trường bài chưa để nghe
từ xong nhớ mấy trên nữa đã sẽ bị vì nên cái thế tối sáng chiều ba bốn cả hết gửi tin mang chơi ngủ
thi toán văn bà ông chú bác cháu dì tuần tháng việc tiền mua bán đồ áo quần giày sách vở bút cặp xe
đường phố chợ quán cơm phở bún nước trà sữa cà phê bánh kẹo trái cây thịt cá rau canh nấu ngon mệt
vui buồn giận thương yêu ghét thích muốn cần định tính thử đợi chờ gặp hẹn đón đưa theo cùng chung
riêng trước sau giữa ngoài trong dưới gần xa cao thấp dài ngắn to nhỏ đẹp xấu tốt kém nhanh chậm
sớm muộn mưa nắng gió nóng lạnh mát bóng đá bơi chạy nhảy hát múa vẽ đàn phim ảnh hình máy điện
thoại mạng nhóm bạn trang mở đóng tắt bật tải nghỉ ốm đau thuốc khám răng tóc mắt tay chân đầu bụng
sân cửa phòng giường bàn ghế đèn quạt tủ chìa khóa túi ví thẻ vé số điểm hạng giải thưởng quà tặng
sinh nhật tết lễ hội quê ngoại nội đêm khuya lâu luôn mãi thôi đừng vẫn chỉ rất hơi khá đúng sai
thật chắc hình như hỏi trả lời kể nhắn gọi viết đọc chép ghi in chụp quay dạy bảo nhắc giúp mượn
"""
COMMON = tuple(dict.fromkeys(_BY_FREQUENCY.split()))
_ONSETS = "b c ch d đ g h kh l m n ng nh ph qu r s t th tr v x"
# A rime with a dot after the vowel that carries the tone.
_RIMES = (
    "a. a.i a.n a.ng a.nh a.o a.m a.p a.t a.c ă.n ă.ng ă.m ă.t ă.c â.n â.ng â.m â.u â.y â.t â.c"
    " e. e.o e.n e.m ê. ê.n ê.m ê.nh i. i.n i.m i.nh i.t o. o.i o.n o.ng o.m o.t o.c ô. ô.i ô.n"
    " ô.ng ô.m ô.t ô.c ơ. ơ.i ơ.n ơ.m u. u.i u.n u.ng u.m u.t u.c ư. ư.ng iê.n iê.u iê.ng iê.t"
    " uô.n uô.ng uô.i ươ.n ươ.ng ươ.i ươ.t ươ.c"
)
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STOPPED_TONES = ("\u0301", "\u0323")  # before a final c, p or t

ENTITIES = {
    "<money>": ("500k", "2 triệu", "1.500.000đ"),
    "<number>": ("12", "350"),
    "<phone>": ("0900 000 123",),
    "<time>": ("15 phút", "19h30"),
    "<link>": ("https://qua-tang.example/nhan",),
}
# How many of our phrases in a hundred have so many …
_GAPS = {0: 30, 1: 41, 2: 23, 3: 6}
_PARTS = {2: 15, 3: 31, 4: 31, 5: 16, 6: 7}
_RUNS = {2: 22, 3: 20, 4: 18, 5: 12, 6: 10, 7: 8, 8: 6, 12: 4}  # in a group
_RUN_WORDS = {1: 73, 2: 22, 3: 5}
_TELLING_RUN_WORDS = {1: 40, 2: 50, 3: 10}
_GROUPS_PER_100_PARTS = 72
_OPTIONAL_PER_100_GROUPS = 12
_ENTITY_PER_100_PHRASES = 21
_RARE_IN_RULES = 0.6  # of the words of a rule, so that chat meets its anchors as often as ours
_RARE_IN_CHAT = 0.015
_CHARACTERS = 116  # as the messages that performance figures of spaCy were first taken with
_UNMARKED_EVERY = 3  # every so many messages is typed without marks
MOST_RULES = 2000
# "shaped": as ours are. "plain": three to five words in a row, which is the easiest for a Matcher.
Shape = Literal["shaped", "plain"]
SHAPES: tuple[Shape, ...] = ("shaped", "plain")


class Words:
    """Draws syllables: common ones by their rank, and rare ones evenly."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(COMMON))))
        self._rare = sorted(set(_legal_syllables()).difference(COMMON))
        random.Random(0).shuffle(self._rare)
        del self._rare[2000:]

    def draw(self, rare_share: float) -> str:
        if self._chance.random() < rare_share:
            return self._chance.choice(self._rare)
        return self._chance.choices(COMMON, cum_weights=self._weights)[0]

    def sentence(self, characters: int) -> str:
        """Ordinary chat of about so many *characters*."""
        words: list[str] = []
        length = 0
        while length < characters:
            words.append(self.draw(_RARE_IN_CHAT))
            length += 1 + len(words[-1])
        return " ".join(words)


def _legal_syllables() -> Iterator[str]:
    for onset, rime in product(_ONSETS.split(), _RIMES.split()):
        vowel, _, ending = rime.partition(".")
        for tone in _STOPPED_TONES if ending in ("c", "p", "t") else _TONES:
            yield unicodedata.normalize("NFC", onset + vowel + tone + ending)


def phrases(shape: Shape = "shaped") -> list[Phrase]:
    """The MOST_RULES rules of one shape; the first hundred of them are a smaller book."""
    chance = random.Random(20261122)
    words = Words(chance)
    source = _shaped if shape == "shaped" else _plain
    return list(islice(_phrases(lambda: source(chance, words)), MOST_RULES))


def _phrases(source: Callable[[], str]) -> Iterator[Phrase]:
    known: set[str] = set()
    while True:
        try:
            phrase = parse_phrase(source())
            require_anchors(phrase)
        except PhraseError:
            continue  # as a maintainer would: too many patterns, or too weak; write another
        if phrase.source not in known:
            known.add(phrase.source)
            yield phrase


def _plain(chance: random.Random, words: Words) -> str:
    written = [words.draw(_RARE_IN_RULES) for _ in range(chance.randint(2, 4))]
    written.insert(chance.randint(0, len(written)), words.draw(1))
    return " ".join(written)


def _shaped(chance: random.Random, words: Words) -> str:
    # One part of a rule is telling, and what ordinary chat does not say: "chuyên án", "nạp thẻ".
    count = _pick(chance, _PARTS)
    telling = chance.randrange(count)
    parts = [_part(chance, words, is_telling=index == telling) for index in range(count)]
    if chance.randrange(100) < _ENTITY_PER_100_PHRASES:
        parts[-1] = chance.choice(tuple(ENTITIES))
    inner = range(1, len(parts))
    gaps = chance.sample(inner, min(_pick(chance, _GAPS), len(inner)))
    for index in sorted(gaps, reverse=True):
        parts.insert(index, "…")
    return " ".join(parts)


def _part(chance: random.Random, words: Words, *, is_telling: bool) -> str:
    rare_share = 1 if is_telling else _RARE_IN_RULES
    lengths = _TELLING_RUN_WORDS if is_telling else _RUN_WORDS
    if chance.randrange(100) >= _GROUPS_PER_100_PARTS:
        return " ".join(words.draw(rare_share) for _ in range(_pick(chance, lengths)))
    runs = {
        " ".join(words.draw(rare_share) for _ in range(_pick(chance, lengths)))
        for _ in range(_pick(chance, _RUNS))
    }
    is_optional = not is_telling and chance.randrange(100) < _OPTIONAL_PER_100_GROUPS
    return f"({'|'.join(sorted(runs))}){'?' * is_optional}"


def _pick(chance: random.Random, shares: dict[int, int]) -> int:
    return chance.choices(list(shares), weights=list(shares.values()))[0]


def write_rules(folder: Path, rules: list[Phrase]) -> Path:
    """A rule folder that the service itself reads: one cue a rule, and our own text tables."""
    cues = folder / "lures" / "any"
    cues.mkdir(parents=True)
    shutil.copytree(rules_dir() / "text", folder / "text")
    (folder / "signals.toml").write_text(
        '[SYNTHETIC]\nstage = "demand"\ntactic = "fear"\nweight = 1\n'
        'why = { vi = "Chỉ để đo.", en = "For measuring only." }\n',
        encoding="utf-8",
    )
    for number, rule in enumerate(rules):
        (cues / f"r{number:04}.toml").write_text(
            f'id = "any.r{number:04}"\nsignal = "SYNTHETIC"\nstatus = "stable"\nlang = "vi"\n'
            f'phrases = ["{rule.source}"]\nmatch = []\nno_match = []\nreferences = []\n'
            "added = 2026-11-22\n",
            encoding="utf-8",
        )
    return folder


def chat(seed: int) -> Iterator[str]:
    """Ordinary messages without end; what rules hit them is left to chance."""
    words = Words(random.Random(seed))
    for number, _ in enumerate(iter(int, 1)):
        yield _typed(words.sentence(_CHARACTERS), number)


def worded(rules: list[Phrase], seed: int) -> Iterator[str]:
    """Messages that hold the wording of one rule each, in the middle of ordinary chat."""
    chance = random.Random(seed)
    words = Words(chance)
    for number, _ in enumerate(iter(int, 1)):
        wording = _wording(chance.choice(rules), chance, words)
        around = max(0, _CHARACTERS - len(wording)) // 2
        text = f"{words.sentence(around)} {wording} {words.sentence(around)}"
        yield _typed(text, number)


def _wording(rule: Phrase, chance: random.Random, words: Words) -> str:
    """One of the wordings that *rule* stands for."""
    written: list[str] = []
    for part in rule.parts:
        if not isinstance(part, Choice):
            written += [words.draw(_RARE_IN_CHAT) for _ in range(chance.randrange(3))]
        elif not (part.is_optional and chance.random() < 0.5):
            written += [
                chance.choice(ENTITIES[word]) if word in ENTITIES else word
                for word in chance.choice(part.runs)
            ]
    return " ".join(written)


def _typed(text: str, number: int) -> str:
    return text if number % _UNMARKED_EVERY else strip_marks(text)
