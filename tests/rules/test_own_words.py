"""The child's own words, with the shipped rules: telling opens help, and accuses nobody."""

from __future__ import annotations

import pytest

from harness import shipped
from harness.service_process import REPOSITORY
from notalone.checker import Checker
from notalone.model import CheckRequest, ConversationVerdict, Message

COMMENTS = REPOSITORY.parent / "shared" / "data" / "messages" / "vi_comments_dev.txt"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return shipped.checker()


def verdict(checker: Checker, *messages: tuple[str, bool | None]) -> ConversationVerdict:
    window = tuple(Message(str(i), text, from_me) for i, (text, from_me) in enumerate(messages))
    return checker.check(CheckRequest(messages=window)).conversation


TELLING = (
    "cô ơi có thằng nào đó cứ dọa tung ảnh của em lên mạng",
    "Mẹ ơi, có người bảo nếu không chuyển tiền thì đăng hình con",
    "nó doạ gửi clip cho bố mẹ t nếu t ko nạp thẻ",
    "e bị 1 ng trên mạng tống tiền",
    "họ dọa giết cả nhà em",
    "nó dọa tới trường tìm em",
    "em bị người ta dọa báo công an nếu không trả tiền",
    "tụi nó dọa ghép mặt em vào clip rồi gửi cho cả lớp",
    "ho bat em phai bat camera suot",
    "người ta bắt em ở yên trong khách sạn, không cho gọi ai",
    "em bị ép quay clip gửi cho họ",
    "anh kia ép em gửi ảnh riêng",
    "họ bắt em không được nói với bố mẹ",
    "người đó dặn em không được kể với mẹ",
    "ho cam em noi voi ai",
    "em lỡ chuyển cho họ 2 triệu rồi",
    "e lo doc ma otp cho no roi",
    "t bị lừa mất 500k rồi huhu",
    "con lỡ đưa mật khẩu facebook cho nó",
    "họ gọi em liên tục em sợ quá",
    "so qua co so la goi hoai",
    "em sợ lắm, họ biết nhà em",
    "someone is blackmailing me on the app",
    "they want money or they will leak my video",
    "he's forcing me to send pictures",
    "I gave him my password and now I can't log in",
    "he says not to tell my mom",
    "im scared, he keeps messaging me",
)
EVERYDAY = (
    # family, school, friends
    "mẹ dọa cắt wifi con rồi huhu",
    "cô dọa gọi phụ huynh nếu còn nói chuyện",
    "thằng Nam dọa lấy hết snack của tao",
    "nó bắt tao bao trà sữa nè",
    "bạn em bắt em chụp ảnh cho nó nguyên buổi",
    "má ép con ăn rau mãi",
    "em bị ép làm lớp trưởng",
    "trường bắt em gửi ảnh thẻ",
    "người ta đòi gửi ảnh thẻ để làm thẻ thư viện",
    "họ không cho con mang nước vào sân",
    "Họ không cho em ra ngoài vì đang mưa to",
    "công ty họ đòi bằng tiếng Anh",
    "chị ấy dặn đừng kể với mẹ vì mai sinh nhật mẹ",
    "nó dặn đừng nói ai mà tao lỡ kể mất rồi",
    "con mèo cứ đi theo em về nhà dễ thương ghê",
    "nó gọi em hoài rủ đi đá banh",
    "em run quá, sắp lên thuyết trình rồi",
    "con sợ thi quá, thầy gọi lên bảng hoài",
    "shipper gọi liên tục mà con đang học",
    "có bạn nào theo dõi mình trên tiktok không",
    # money and codes in everyday life
    "mẹ ơi con chuyển tiền học phí rồi",
    "tao lỡ chuyển nhầm 50k cho mẹ",
    "Mình lỡ chuyển nhầm tiền cho nó, nó trả lại rồi",
    "suýt bị lừa tiền may quá má ơi",
    "cẩn thận kẻo bị lừa mất tiền nha mọi người",
    "em lỡ tiêu hết tiền ăn sáng rồi",
    "em xóa app rồi",
    "t nạp thẻ mua skin rồi nè",
    # films, games, lessons, jokes
    "Trong phim hắn dọa đăng ảnh cô ấy",
    "hôm qua coi phim có người dọa tung clip ghê quá",
    "trong game nó bắt mình nạp tiền mới qua màn",
    "bài tập tình huống: một bạn bị tống tiền qua mạng thì em làm gì?",
    "đề văn: hãy kể về lần em bị đe dọa và vượt qua",
    "ước gì có người bắt tao nghỉ học một bữa haha",
    "nó dọa đăng ảnh dìm của tao hôm sinh nhật haha",
    "đội bạn uy hiếp khung thành suốt hiệp hai",
    "tao bị lừa coi phim dở ẹc",
    "Không ai đe dọa em cả, em vẫn ổn",
    # English
    "my brother threatened to eat my pizza",
    "she made me promise not to tell spoilers",
    "he keeps texting me memes lol",
    "I gave her my notes and my calculator",
    "they won't let me leave without dessert",
    "mom says don't tell dad about his birthday cake",
    "In the movie he is threatening to leak her photos",
    "the teacher told us not to call out in class",
)


@pytest.mark.parametrize("from_me", (True, None), ids=("own", "unknown"))
@pytest.mark.parametrize("text", TELLING)
def test_telling_opens_help_and_says_something_calm(
    text: str, from_me: bool | None, checker: Checker
) -> None:
    answer = verdict(checker, (text, from_me))
    assert answer.help
    assert (answer.level, answer.reasons, answer.lure) == ("no_information", (), None)
    assert answer.title is not None
    assert answer.first_action is not None


@pytest.mark.parametrize("text", TELLING)
def test_somebody_elses_words_open_no_help(text: str, checker: Checker) -> None:
    assert not verdict(checker, (text, False)).help


@pytest.mark.parametrize("from_me", (True, None), ids=("own", "unknown"))
@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_talk_opens_nothing(text: str, from_me: bool | None, checker: Checker) -> None:
    answer = verdict(checker, (text, from_me))
    assert (answer.help, answer.level) == (False, "no_information")


@pytest.mark.parametrize(
    "texts",
    (
        ["Em chuyển rồi ạ", "em không kể ai đâu", "em xóa tin rồi"],
        ["em tới bến xe rồi", "mã là 482913", "em gửi ảnh căn cước rồi ạ"],
        ["ok i sent the money", "I won't tell anyone", "i deleted the chat"],
    ),
)
def test_going_along_is_held_against_nobody(texts: list[str], checker: Checker) -> None:
    answer = verdict(checker, *((text, True) for text in texts))
    assert (answer.level, answer.help, answer.signals) == ("no_information", False, ())
    beside = verdict(checker, ("Mai mấy giờ học vậy em?", False), *((t, True) for t in texts))
    assert beside.level == "no_information"


def test_own_words_are_never_quoted(checker: Checker) -> None:
    order = "Vụ án này bảo mật, em không được kể với bố mẹ, chuyển hết tiền vào tài khoản tạm giữ"
    answer = verdict(checker, (order, False), ("em không kể ai đâu, em chuyển rồi ạ", True))
    assert answer.level == "danger"
    assert {reason.message for reason in answer.reasons} == {"0"}


def test_help_stands_beside_a_warning_and_does_not_replace_it(checker: Checker) -> None:
    threat = "gửi thêm nữa không thì tao đăng ảnh cho cả lớp xem"
    alone = verdict(checker, (threat, False))
    told = verdict(checker, (threat, False), ("em sợ quá, họ gọi hoài", True))
    assert told.help
    assert (told.level, told.title, told.lure) == (alone.level, alone.title, alone.lure)


def test_the_same_words_are_remembered_by_who_says_them(checker: Checker) -> None:
    text = "họ dọa đăng ảnh em"
    helps = [verdict(checker, (text, from_me)).help for from_me in (False, True, None, False)]
    assert helps == [False, True, True, False]


@pytest.mark.shared_data
def test_public_comments_open_no_help(checker: Checker) -> None:
    if not COMMENTS.is_file():
        pytest.skip(f"measuring data is not at {COMMENTS}: false help was NOT measured")
    lines = [line for line in COMMENTS.read_text("utf-8").splitlines() if line]
    assert sum(verdict(checker, (line[:4096], None)).help for line in lines) == 0
