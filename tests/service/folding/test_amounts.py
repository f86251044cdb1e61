"""Money is told from the lengths, bottles, marks and views that are written like it."""

from __future__ import annotations

import pytest

from notalone.folding.amounts import find_amounts, find_said_amounts


def amounts(text: str) -> list[str]:
    return [text[slice(*place)] for place in find_amounts(text)]


def said_amounts(text: str) -> list[str]:
    return [text[slice(*place)] for place in find_said_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("áo 150k, quần 1tr2, giày 2 triệu rưỡi", ["150k", "1tr2", "2 triệu rưỡi"]),
        ("5tr2 hoặc 1tr5", ["5tr2", "1tr5"]),
        ("em chuyển 1 triệu 6 rồi", ["1 triệu 6"]),
        ("3 triệu 500 nghìn", ["3 triệu 500 nghìn"]),
        ("học phí 1.200.000đ/tháng", ["1.200.000đ"]),
        ("tru 3.800.000d luc 23h", ["3.800.000d"]),
        ("còn 12.500.000 trong đó", ["12.500.000"]),
        ("kiếm 200-300k, 300 - 500k, 2-3 triệu", ["200-300k", "300 - 500k", "2-3 triệu"]),
        ("$20, 30 usdt, €5, 100 đô la", ["$20", "30 usdt", "€5", "100 đô la"]),
        ("lương 25 củ", ["25 củ"]),
        ("gọi tổng đài (0đ)", ["0đ"]),
        ("chuyển anh 500 ca", ["500 ca"]),
        ("ck anh 2 củ nhé", ["2 củ"]),
        ("gửi 5 chai qua stk này", ["5 chai"]),
        ("vay 5 lít, phạt 2 xị, nợ 1 tỏi", ["5 lít", "2 xị", "1 tỏi"]),
        ("đóng 1m5 tiền cọc", ["1m5"]),
        ("nạp 100.000 trước", ["100.000"]),
        ("ck 5ook nha, nộp l00k", ["5ook"]),
    ),
)
def test_money_is_found(text: str, expected: list[str]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("năm trăm nghìn", ["năm trăm nghìn"]),
        ("nam tram nghin", ["nam tram nghin"]),
        ("hai triệu rưỡi", ["hai triệu rưỡi"]),
        ("5 trăm nghìn", ["5 trăm nghìn"]),
        ("vài chục triệu", ["vài chục triệu"]),
        ("trả anh năm trăm là xong", ["năm trăm"]),
        ("đóng hai củ", ["hai củ"]),
        ("hai lít nước", []),
        ("trả tiền hai chai bia", []),
        ("mấy triệu view", []),
        ("ba đồng chí", []),
        ("hai trăm bạn dự lễ", []),
        ("hai tỷ số", []),
    ),
)
def test_amounts_in_words_need_a_unit_of_money(text: str, expected: list[str]) -> None:
    assert said_amounts(text) == expected


@pytest.mark.parametrize(
    "text",
    (
        "2 lít nước", "3 chai nước mắm", "5 củ khoai", "trả tiền 3 chai nước",
        "gửi mẹ 2 củ cà rốt", "bể cao 2m", "nó cao 1m7", "vải 1m5 là đủ",
        "ck em cao 1m8", "chạy 5k", "tivi 4k", "được 8đ toán, 9.5đ văn", "2 ca mắc sốt",
        "trả lương làm 2 ca", "10 cành hoa", "3 đồng hồ", "2 đồng chí", "câu 2 k làm được",
        "2.000 người xem", "3 triệu view", "20k follow", "còn 4.820 điểm", "sinh năm 2k6",
        "0.5 lít", "500 ml", "60kg", "2 tr_a",
    ),
)  # fmt: skip
def test_what_is_no_money_is_left_alone(text: str) -> None:
    assert amounts(text) == []
