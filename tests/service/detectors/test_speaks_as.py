"""Who speaks for an organisation at a stranger's address is noticed; who mentions it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.detectors import load_link_rules
from notalone.detectors.speaks_as import MAX_NAMES, findings
from notalone.folding.words import fold_text
from notalone.model import LinkFinding
from notalone.rulebook import load_rulebook
from notalone.speaking import load_speaking

RULES = REPOSITORY / "rules"
Find = Callable[[str], list[LinkFinding]]


@pytest.fixture(scope="module")
def find() -> Find:
    book = load_rulebook(RULES)
    links = load_link_rules(RULES, lures=book.lures)
    speaking, errors = load_speaking(RULES, brands=links.brands.brands, spelling=book.spelling)
    assert errors == []

    def find_in(text: str) -> list[LinkFinding]:
        folded = fold_text(text, spelling=book.spelling)
        places = []
        for entity in folded.entities:
            if entity.kind == "link":
                start, end = folded.clean.span(entity.start, entity.end)
                address = read_address(entity.address or text[start:end])
                assert address is not None
                places.append((address, start, end))
        return findings(folded, places, speaking=speaking, index=links.brands, lists=links.lists)

    return find_in


# Every text and every address below is invented.
@pytest.mark.parametrize(
    ("text", "brand", "lure"),
    (
        pytest.param(
            "[VCB] Tai khoan vua dang nhap tren may la. Khong phai ban? Huy tai go-a.example",
            "vietcombank",
            "fake_bank",
            id="brackets, no marks",
        ),
        pytest.param(
            "(TB) Ngân hàng BIDV: thẻ của anh chị hết hiệu lực, xác nhận tại go-a.example",
            "bidv",
            "fake_bank",
            id="titles before the name",
        ),
        pytest.param(
            "ACB ONE xin thong bao, sinh trac hoc chua dong bo. Vui long cap nhat go-a.example",
            "acb",
            "fake_bank",
            id="announces",
        ),
        pytest.param(
            "Ung dung MoMo cua quy khach bi mo o noi khac. Bam go-a.example de huy",
            "momo",
            "fake_bank",
            id="your app",
        ),
        pytest.param(
            "V1ETC0MBANK thong bao: the cua quy khach bi tam khoa, xac minh go-a.example",
            "vietcombank",
            "fake_bank",
            id="disguised name",
        ),
        pytest.param(
            "Chào chị, em là Hà, cán bộ Cục Thuế đây ạ. Chị tải ứng dụng ở go-a.example nhé",
            "thue",
            "fake_app",
            id="somebody of the office, to install",
        ),
        pytest.param(
            "Phòng CSGT: xe của ông bà chưa nộp phạt, tra cứu biên bản tại go-a.example",
            "bocongan",
            "fake_authority",
            id="traffic police",
        ),
        pytest.param(
            "Kiện hàng SPX00012345678 của bạn sai địa chỉ, bổ sung tại go-a.example",
            "shopee",
            None,
            id="tracking number",
        ),
        pytest.param(
            "ＶＣＢ\u200b： tai khoan cua ban bi khoa, dang nhap go-a.example",
            "vietcombank",
            "fake_bank",
            id="wide letters, unseen signs",
        ),
        pytest.param(
            "Sacombank: TK tam khoa. Mo lai: go-a.example", "sacombank", "fake_bank", id="curt"
        ),
        pytest.param(
            "Dich vu SHB Digibank cua ban bi khoa, kich hoat lai o go-a.example",
            "shb",
            "fake_bank",
            id="more of the name",
        ),
        pytest.param(
            "GHN: tài khoản nhận hàng của bạn bị khóa, xác minh tại go-a.example",
            "ghn",
            None,
            id="a courier's account",
        ),
        pytest.param(
            "VNPost: buu pham cua ban dang bi giu tai kho, dong phi o go-a.example",
            "vnpost",
            None,
            id="post",
        ),
        pytest.param(
            "MobiFone: thue bao chua chinh chu se bi khoa hai chieu, quy khach vao go-a.example",
            "mobifone",
            "sim_lock",
            id="telecom",
        ),
        pytest.param(
            "Your Netflix account has been suspended. Sign in at go-a.example",
            "netflix",
            "account_theft",
            id="English",
        ),
    ),
)
def test_speaking_as_somebody_at_a_strange_address_is_noticed(
    text: str, brand: str, lure: str | None, find: Find
) -> None:
    (finding,) = find(text)
    assert (finding.strength, finding.brand, finding.lure) == ("spoken_for", brand, lure)
    assert text[finding.start : finding.end] == "go-a.example"


@pytest.mark.parametrize(
    "text",
    (
        pytest.param("Mua trên Shopee đi, shop mình ở go-a.example đăng nhập là thấy", id="shop"),
        pytest.param("Tao gửi qua VCB nha, hóa đơn xác nhận ngay ở go-a.example", id="transfer"),
        pytest.param("Bạn đăng nhập Google rồi vào go-a.example xác thực email", id="sign-in"),
        pytest.param(
            "Sacombank thông báo lãi quý ba, đăng nhập go-a.example đọc tiếp", id="headline"
        ),
        pytest.param(
            "Shop giao hàng nhanh, đơn hàng của bạn xác nhận tại go-a.example nhé", id="words"
        ),
        pytest.param(
            "Netflix: 65k một tháng, đăng nhập một máy, mua ở go-a.example", id="price list"
        ),
        pytest.param("Shopee tặng nhau gì. Bạn đăng nhập go-a.example xem", id="two sentences"),
        pytest.param("Thue bao: nap tien tai go-a.example, dang nhap nhan qua", id="thuê, thuế"),
    ),
)
def test_a_mention_speaks_for_nobody(text: str, find: Find) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "before",
    (
        "Có ai bị tin này chưa:",
        "Mẹ vừa nhận được tin nhắn,",
        "Cẩn thận nha,",
        "Tin nhắn giả mạo đó,",
        "Mọi người đừng bấm link này:",
        "Beware of this one:",
    ),
)
def test_whoever_tells_of_such_a_message_does_not_speak_for_the_bank(
    before: str, find: Find
) -> None:
    said = "VCB thông báo tài khoản của quý khách bị khóa, đăng nhập go-a.example để mở"
    assert find(said)
    assert find(f"{before} {said}") == []


@pytest.mark.parametrize(
    ("address", "strength"),
    (
        pytest.param("www.vietcombank.com.vn/mo", None, id="its own"),
        pytest.param("www.vietcombank.com.vn go-a.example", None, id="its own beside another"),
        pytest.param("bidv.com.vn", None, id="another organisation's own"),
        pytest.param("dichvucong.gov.vn", None, id="a state's"),
        pytest.param("tuoitre.vn/tin", None, id="allowed"),
        pytest.param("facebook.com/abc", None, id="its page at a platform"),
        pytest.param("bit.ly/3Ab9", "spoken_for_hidden", id="shortened: who knows"),
        pytest.param("vcb.onelink.me/3Ab9", None, id="shortened, with its name"),
        pytest.param("vcb-mo.onelink.me/3Ab9", "spoken_for_hidden", id="with more than its name"),
        pytest.param("vcb.weebly.com", "spoken_for", id="its name at anybody's page"),
        pytest.param("abc.weebly.com", "spoken_for", id="anybody's page"),
        pytest.param("http://192.0.2.7/mo", "spoken_for", id="no name at all"),
        pytest.param("a.example.vn", "spoken_for", id="under .vn"),
        pytest.param("ngoaithuong.vn", "spoken_for_hidden", id="its whole name under .vn"),
        pytest.param("ngoaithuong.example", "spoken_for", id="its whole name elsewhere"),
    ),
)
def test_whose_address_it_is_decides(address: str, strength: str | None, find: Find) -> None:
    found = find(f"Vietcombank: tài khoản của quý khách bị khóa, đăng nhập {address}")
    assert {finding.strength for finding in found} == ({strength} if strength else set())


@pytest.mark.parametrize(
    ("who", "address", "strength"),
    (
        pytest.param("VIB", "go-a.example", "spoken_for", id="bank"),
        pytest.param("VIB", "a.example.vn", "spoken_for_hidden", id="bank, partners' ending"),
        pytest.param("VIB", "bit.ly/3Ab9", "spoken_for_hidden", id="bank, shortened"),
        pytest.param("Lazada", "go-a.example", "spoken_for_hidden", id="shop"),
        pytest.param("Lazada", "a.example.vn", None, id="shop, partners' ending"),
        pytest.param("Lazada", "bit.ly/3Ab9", None, id="shop, shortened"),
    ),
)
def test_a_gift_alone_is_half_a_sign(
    who: str, address: str, strength: str | None, find: Find
) -> None:
    gift = f"{who}: chúc mừng bạn trúng thưởng điện thoại, xem tại {address}"
    assert {finding.strength for finding in find(gift)} == ({strength} if strength else set())
    assert find(f"(QC) {gift}") == []
    assert find(f"(QC) {gift} và đăng nhập tài khoản") != []


def test_the_reason_says_whose_name_and_that_the_address_is_not_theirs(find: Find) -> None:
    (finding,) = find("Agribank thông báo: quý khách vui lòng đăng nhập go-a.example")
    assert finding.why.vi == "Tin này xưng là Agribank, nhưng link không dẫn tới agribank.com.vn."
    assert finding.why.en == "It speaks as Agribank, but the link does not lead to agribank.com.vn."


def test_every_strange_address_is_named(find: Find) -> None:
    text = "MSB: tài khoản của bạn bị khóa, đăng nhập go-a.example hoặc go-b.example"
    assert [text[f.start : f.end] for f in find(text)] == ["go-a.example", "go-b.example"]


def test_a_word_typed_with_other_marks_is_another_word(find: Find) -> None:
    """Without marks "tai" may be tải, with marks "tài khoản" installs nothing."""
    (plain,) = find("EVN thong bao: quy khach vui long tai ung dung o go-a.example")
    assert plain.lure == "fake_app"
    for word in ("tái", "TAI"):
        assert find(f"EVN thông báo: quý khách vui lòng xem {word} ứng dụng ở go-a.example") == []


def test_a_list_of_names_speaks_as_nobody(find: Find) -> None:
    said = "VCB: tài khoản của quý khách bị khóa, đăng nhập go-a.example"
    assert find(f"{said} {'BIDV ' * (MAX_NAMES - 1)}")
    assert find(f"{said} {'BIDV ' * MAX_NAMES}") == []


def test_a_pile_of_titles_comes_to_an_end(find: Find) -> None:
    assert find("thông báo từ " * 300 + "go-a.example đăng nhập VCB") == []
