"""Who is asked to do what: telling about a lure is no lure, and an order stays an order."""

from __future__ import annotations

from pathlib import Path

import pytest

from notalone.detectors.cues import CueDetector
from notalone.detectors.scope import REPORT_REACH
from notalone.folding.words import fold_text
from notalone.rulebook import load_rulebook

RULES = Path(__file__).resolve().parents[3] / "rules"

# The barest orders, so that only the words around them decide.
CUES = {
    "money": ("MONEY_REQUEST", "vi", ["(chuyển|gửi|nạp|đóng) (tiền|khoản|<money>)"]),
    "code": ("OTP_REQUEST", "vi", ["(đọc|đưa|gửi|cho|xin) … mã (otp|xác nhận|này)"]),
    "photo": ("IMAGE_REQUEST", "vi", ["(gửi|đòi|xin|chụp) (ảnh|hình) (riêng)?"]),
    "threat": ("IMAGE_THREAT", "vi", ["(đăng|tung) (ảnh|hình|clip)"]),
    "secret": ("SECRECY", "vi", ["(đừng|không được) (kể|nói) (với)? (ai|bố mẹ|mẹ)"]),
    "arrest": ("LEGAL_THREAT", "vi", ["liên quan (rửa tiền|vụ án|đường dây)"]),
    "pay": ("MONEY_REQUEST", "en", ["(send|pay) (me|him|them|the)? (money|fee|<money>)"]),
    "tell": ("SECRECY", "en", ["(dont|do not|not to) tell (anyone|your|my) (parents|mom|mum)?"]),
    "otp": ("OTP_REQUEST", "en", ["(read|give|send) (me|him|them)? (the|my|your) code"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> CueDetector:
    root = tmp_path_factory.mktemp("scope") / "rules"
    (root / "lures" / "any").mkdir(parents=True)
    (root / "text").symlink_to(RULES / "text")
    (root / "signals.toml").symlink_to(RULES / "signals.toml")
    for name, (signal, lang, phrases) in CUES.items():
        (root / "lures" / "any" / f"{name}.toml").write_text(
            f'id = "any.{name}"\nsignal = "{signal}"\nstatus = "test"\nlang = "{lang}"\n'
            f"phrases = {phrases}\nmatch = []\nno_match = []\n"
            f'references = ["https://example.test/report"]\nadded = 2026-11-22\n',
            "utf-8",
        )
    book = load_rulebook(root)
    assert not book.errors
    return CueDetector(book)


def signals_in(text: str, detector: CueDetector) -> set[str]:
    folded = fold_text(text, spelling=detector.spelling)
    return {finding.signal for finding in detector.findings(folded)}


TOLD = (
    # somebody tells a friend what was wanted of them
    "nó bảo tao chuyển tiền",
    "Nó đòi tao gửi ảnh riêng, kỳ ghê",
    "thằng đó đòi ảnh bạn tao, rồi dọa đăng ảnh",
    "thang do bao tao gui tien cho no",
    "họ nhắn tao đọc mã OTP",
    "người ta rủ tao nạp tiền vô chơi",
    "tụi nó kêu tao đừng kể với ai",
    "hắn bắt tớ đóng tiền trước",
    "ổng hỏi t rồi xin mã OTP luôn",
    "con đó gạ mình gửi ảnh",
    "có cái nick lạ nhắn tao bảo chuyển tiền",
    "mình vừa nhận được tin nhắn bảo mình liên quan rửa tiền",
    "em mới nhận được cuộc gọi nói em liên quan vụ án",
    "tao thấy tin nhắn kêu gửi tiền giữ đơn, xóa luôn",
    # what happened to others
    "bạn em bị dọa đăng ảnh",
    "ban em bi doa tung anh",
    "bà ngoại tao bị lừa chuyển tiền năm ngoái",
    "mẹ mình suýt bị lừa gửi tiền đó",
    "nhỏ bạn tao bị dụ gửi ảnh cho người lạ",
    "em gái tao bị hack rồi nó xin mã OTP khắp nơi",
    "Cô kể có người gọi bảo liên quan rửa tiền",
    "mẹ dặn có kẻ hay bảo con đọc mã OTP",
    "thầy nói có nhiều người giả bạn bè xin chuyển tiền",
    # news, lessons, warnings
    "Kẻ xấu giả công an bắt chuyển tiền",
    "Đối tượng giả nhân viên yêu cầu đọc mã OTP",
    "Thủ đoạn là bảo các em đừng kể với ai",
    "nạn nhân bị bắt chuyển tiền nhiều lần",
    "bài tập hôm nay: nhân vật dọa đăng ảnh, em xử lý sao",
    # what may happen one day
    "Nếu ai đòi gửi ảnh thì báo mẹ nhé",
    "lỡ người lạ xin chuyển tiền thì con đừng trả lời",
    "khi số lạ bảo con đọc mã OTP thì cúp máy",
    "Số nào bảo chuyển tiền thì đừng nghe",
    # not an order, or a question about one
    "Tuyệt đối không chuyển tiền cho người lạ",
    "đừng gửi ảnh cho ai hết",
    "Không bao giờ đọc mã OTP cho ai",
    "Tránh gửi tiền qua người quen trên mạng",
    "có nên chuyển tiền không mọi người?",
    "co nen chuyen tien khong moi nguoi",
    "mình có cần gửi ảnh không cô?",
    "em có phải đóng tiền luôn không ạ",
    # English
    "my friend got a message saying send the money or else",
    "My cousin received a call and they said do not tell anyone",
    "some guy asked me to send him money, so I blocked him",
    "should I send them money?",
    "if someone asks you to read the code, hang up",
    "she told me not to tell anyone about the play",
    "never send the code to anyone",
    "Beware: scammers say pay the fee first",
)
ORDERED = (
    # the reader is meant, whoever is said to want it
    "cán bộ bảo em chuyển tiền vào tài khoản tạm giữ",
    "sếp anh bảo em đóng tiền trước rồi làm",
    "bên kho người ta yêu cầu em gửi tiền trước",
    "chú công an nhắc em đừng kể với ai",
    "họ hàng bên nội đang cần, em chuyển tiền giúp chị",
    "có nó rồi thì chuyển tiền đi em",
    "nó hỏng rồi, chuyển tiền cho tao mua cái khác",
    "gửi ảnh cho anh xem nó có giống em không",
    "tao cần gấp, chuyển tiền giúp tao",
    "mày chuyển khoản cho t mượn",
    "con gửi tiền cho cô trong sáng nay",
    "e doc ma otp cho a",
    "đọc giúp chị mã OTP vừa về",
    "em chụp hình gửi qua đây",
    "đừng kể với ai, chuyện của hai đứa mình",
    "em không được kể với bố mẹ",
    "k dc noi voi me nha",
    # a threat or an order dressed as its opposite
    "không gửi tiền là tao đăng ảnh",
    "không chuyển tiền thì tao tung clip",
    "đừng lo, chuyển tiền là xong",
    "Không, gửi ảnh đi đã",
    "em rảnh không chuyển tiền giúp anh với",
    "em có ở nhà không gửi ảnh cho anh",
    "sợ gì đâu, nạp tiền đi em",
    "nếu không muốn bị bắt thì chuyển tiền ngay",
    "nếu em thương anh thì gửi ảnh riêng",
    "có ai hỏi thì đừng nói với mẹ nhé",
    "khi nào rảnh gửi tiền cho chị",
    "lỡ rồi thì chuyển tiền nốt cho xong",
    # a warning first, and then the order in a sentence of its own
    "Cảnh báo lừa đảo khắp nơi. Em chuyển tiền qua tài khoản này cho chắc",
    "Thủ đoạn bây giờ tinh vi lắm! Gửi ảnh căn cước để anh kiểm tra",
    "Bạn chị bị lừa rồi. Em đọc mã OTP để chị giữ giúp",
    "nó bảo tao thế đấy. Mày chuyển tiền cho tao trước đi",
    # a scammer's own story
    "mẹ em đang cấp cứu, anh chuyển tiền giúp em",
    "bạn em cũng làm rồi, em nạp tiền là có lãi",
    "anh bị khóa ví, em gửi tiền hộ anh",
    "tôi là công an, em liên quan rửa tiền",
    # English
    "officer Lee says you have to pay the fee today",
    "they need you to send the money now",
    "read me the code that just came",
    "please do not tell your parents",
    "don't worry, send me money and it is done",
    "if you love me send me money",
    "my mom is in hospital, send me money",
)


@pytest.mark.parametrize("text", TOLD)
def test_telling_asking_or_warning_is_no_order(text: str, detector: CueDetector) -> None:
    assert signals_in(text, detector) == set()


@pytest.mark.parametrize("text", ORDERED)
def test_an_order_to_the_reader_stays_one(text: str, detector: CueDetector) -> None:
    assert signals_in(text, detector) != set()


def test_a_report_does_not_cover_an_order_far_behind_it(detector: CueDetector) -> None:
    far = " ".join(["rồi", "sau", "đó"] * REPORT_REACH)
    assert signals_in("kẻ xấu gọi chuyển tiền", detector) == set()
    assert signals_in(f"kẻ xấu gọi {far} chuyển tiền cho anh", detector) == {"MONEY_REQUEST"}
