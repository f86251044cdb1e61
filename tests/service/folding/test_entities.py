"""Amounts, numbers and addresses are known by their kind, in the forms people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.processor import standard_s
from notalone.folding.entities import ENTITY_KINDS, find_entities


def kinds(text: str) -> list[tuple[str, str]]:
    return [(entity.kind, text[entity.start : entity.end]) for entity in find_entities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("đóng 300k với 2 triệu", [("money", "300k"), ("money", "2 triệu")]),
        ("vài triệu thôi", [("money", "vài triệu")]),
        ("gọi 0900 000 123", [("phone", "0900 000 123")]),
        ("chuyển 5tr2 vào stk 0123 4567 8901 2",
         [("money", "5tr2"), ("account", "0123 4567 8901 2")]),
        ("ck 500.000 vào 0123456789012", [("money", "500.000"), ("account", "0123456789012")]),
        ("ma otp la 482913", [("otp", "482913")]),
        ("trong 15 phút, lúc 22h, hnay", [("time", "15 phút"), ("time", "22h"), ("time", "hnay")]),
        ("vào vnpost-giaohang.example/a nhé", [("link", "vnpost-giaohang.example/a")]),
        ("thư về ten.ban+1@thu.example nhé", [("email", "ten.ban+1@thu.example")]),
        ("ten_ban (at) thu (dot) example", [("email", "ten_ban (at) thu (dot) example")]),
        ("tenban a còng thu chấm com", [("email", "tenban a còng thu chấm com")]),
        ("ib @ten_nick.2k9 nha", [("handle", "@ten_nick.2k9")]),
        ("insta: @abc_xyz.", [("handle", "@abc_xyz")]),
        ("lớp 12 có 40 bạn", [("number", "12"), ("number", "40")]),
    ),
)  # fmt: skip
def test_kind_and_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


NUMBER = "number"


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("bài 3: tính 12 x 15 + 27 = ?", ["12", "15", "27"]),
        ("câu 2 k làm được, câu 12 k hiểu", ["12"]),
        ("giải phương trình 2x + 5 = 17", ["17"]),
        ("bội của 3 là 0 3 6 9 12 15 18", ["0", "12", "15", "18"]),
        ("số nguyên tố: 2, 3, 5, 7, 11, 13", ["11", "13"]),
        ("kết quả là 0.333333333", ["0.333333333"]),
        ("1 2 3 4 5 6 7 8 9 10 đi trốn đi", []),
        ("một hai ba bốn năm sáu bảy tám chín mười", []),
        ("chín tám bảy sáu năm bốn ba hai một bắn", []),
        ("tỉ số 2-1, hiệp 2 gỡ 3-3", []),
        ("thắng hai không, mừng ghê", []),
        ("luộc 5 củ khoai với 2 củ cà rốt", []),
        ("2 lít nước, 500 ml sữa, 3 thìa đường", ["500"]),
        ("mua giúp mẹ 3 chai nước mắm", []),
        ("trả tiền 3 chai nước cho cô rồi nhé", []),
        ("bể cao 2m, dài 5m", []),
        ("nó cao 1m7, nặng 60kg", []),
        ("chạy 5k sáng chủ nhật", []),
        ("tivi 4k nét ghê", []),
        ("hôm qua thi được 8đ, 9.5đ văn", []),
        ("3.5 điểm là trượt", ["3.5"]),
        ("ngày 20/11 lớp mình liên hoan", ["20", "11"]),
        ("sinh ngày 09.12.2010", ["09.12.2010"]),
        ("hẹn 8 rưỡi ở cổng trường", []),
        ("lớp 11a3 học phòng 302", ["302"]),
        ("xe buýt số 32 chạy qua trường", ["32"]),
        ("đi xe 01 rồi đổi sang xe 103", ["01", "103"]),
        ("ok b. mai gặp", []),
        ("v.v. và v.v", []),
        ("đi chơi. vn đá tối nay", []),
        ("con về rồi.me đừng lo", []),
        ("xong. com nha mẹ", []),
        ("ừ. top 10 của lớp đó", []),
        ("1.toán 2.văn 3.anh", []),
        ("giám khảo chấm top 10 bài hay", []),
        ("cô chấm vn xong chưa", []),
        ("tp.hcm mưa to quá", []),
        ("@ là ký tự gì", []),
        ("@all mai nộp bài", []),
        ("nh@ và @nh, @n toàn", []),
        ("2 ca mắc sốt, 3 ca làm thêm", []),
        ("10 cành hoa hồng", []),
        ("3 đồng hồ, 2 đồng chí", []),
        ("tỷ số không quan trọng", []),
        ("2.000 người xem", ["2.000"]),
        ("3 triệu view rồi", []),
        ("20k follow, 100k like", []),
        ("đọc 50 trang rồi viết 200 từ", ["50", "200"]),
        ("giai đoạn 1800-1945 thi học kì", ["1800", "1945"]),
        ("nhiệt độ 37.5 độ, tăng 30%", ["37.5", "30"]),
        ("size 38 còn không shop", ["38"]),
        ("trang 45, 46, 47", ["45", "46", "47"]),
        ("16:9 hay 4:3", ["16"]),
        ("phiên bản 10.0.1", ["10.0.1"]),
        ("mã đề 1234, mã lớp 5678", ["1234", "5678"]),
        ("bảy giờ rưỡi tối mình qua", []),
        ("con ở nhà. me đi chợ", []),
        ("chuyển lớp cho bạn ngồi bàn 12", ["12"]),
        ("trả lời câu 15 giúp mình", ["15"]),
        ("không ba mẹ ơi, năm nay hai bảy Tết", []),
        ("anh/chị đi 2 người à", []),
        ("i have 2 tests and 15 pages left", ["15"]),
        ("we won 3-1, see you at 5", []),
        ("room 302, second floor", ["302"]),
        ("no worries. me too. live it up", []),
        ("the dot com bubble, chapter 7", []),
        ("buy 2 bottles of water", []),
        ("look at this: good job.win or lose", []),
    ),
)
def test_ordinary_text_holds_numbers_at_most(text: str, expected: list[str]) -> None:
    assert kinds(text) == [(NUMBER, number) for number in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("trà sữa 35k, thêm 10k trân châu", [("money", "35k"), ("money", "10k")]),
        ("3 quyển vở 45.000đ", [("money", "45.000đ")]),
        ("mỗi bạn góp 50 nghìn quỹ lớp nha", [("money", "50 nghìn")]),
        ("7h30 tập trung, xe 29 chỗ", [("time", "7h30"), ("number", "29")]),
        ("tập 2 tiếng, nghỉ 15 phút", [("time", "2 tiếng"), ("time", "15 phút")]),
        ("the film is 90 minutes", [("time", "90 minutes")]),
        ("số mẹ: 0900 000 123", [("phone", "0900 000 123")]),
        ("nộp bài ở lop.example nhé", [("link", "lop.example")]),
    ),
)
def test_ordinary_prices_and_times_are_what_they_are(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert kinds(text) == expected


PIECES = st.sampled_from(
    (
        "0", "9", "0900000123", " ", ".", ",", "-", "@", "a", "o", "l", "chấm", "com", "vn", "/",
        "://", "https", "[.]", "k", "tr", "5", "500", "triệu", "năm", "không", "chín", "stk", "mã",
        "$", "h", "phút", "\n", "🙂", "x.example", "(", ")", "ck",
    )
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_entities_stand_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    after = 0
    for entity in find_entities(text):
        assert after <= entity.start < entity.end <= len(text)
        assert entity.kind in ENTITY_KINDS
        assert text[entity.start : entity.end].strip() == text[entity.start : entity.end]
        after = entity.end


HOSTILE = (
    "1.", "a.", "năm ", "http://", "0 ", "a-", "@", "a@", "a@b.", "0o", "không chín ", "1 ", "oil ",
    "http://a@", "http:", "http:/", "http:\\\\",
    "12 34 ", "chấm com ", "a chấm ", "a . ", "[.]", "www.", "1.000.", "1tr", "$1", "a.com",
    "một trăm ", "một hai ba bốn ", "stk 1 ", "mã 1 2 ", "1m ck ", "trả a b c d ", "5 củ",
    "https : / / ", "0🙂", "x chấm com chấm vn ", "9",
    "l", "-", "_", " ", "(", "1 - ", "+84", "1900", "100 k ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    def grows() -> float:
        short, long = ((piece * length)[:length] for length in (2_048, 16_384))
        short_s = standard_s(lambda: find_entities(short), runs=3)
        return standard_s(lambda: find_entities(long), runs=2) / max(short_s, 0.0003)

    # Eight times the text; its square would be 64 times. Again where the machine was disturbed.
    assert any(grows() < 30 for _ in range(4))
