"""Who speaks for an organisation at a stranger's address is noticed; who mentions it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness import shipped
from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.brands import load_brands
from notalone.detectors import load_link_rules
from notalone.detectors.speaks_as import MAX_BRANDS, findings
from notalone.folding.words import fold_text
from notalone.model import LinkFinding
from notalone.speaking import load_speaking
from notalone.wrappers import Place

RULES = REPOSITORY / "rules"
Find = Callable[[str], list[LinkFinding]]


@pytest.fixture(scope="module")
def find() -> Find:
    book = shipped.rulebook()
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
                places.append(Place(address, start, end))
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
            "Chào chị, em là Hà, cán bộ Cục Thuế. Yêu cầu chị tải ứng dụng ở go-a.example",
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
            "Facebook: Trang của bạn vi phạm và sẽ bị khóa sau 24h, kháng nghị tại go-a.example",
            "facebook",
            "account_theft",
            id="network, of the reader's page",
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
        "Tin này có thật không mẹ:",
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
        pytest.param(
            "www.vietcombank.com.vn go-a.example", "spoken_for", id="its own excuses no other"
        ),
        pytest.param("www.vietcombank.com.vn bit.ly/3Ab9", None, id="its own and a shortened one"),
        pytest.param("www.vietcombank.com.vn facebook.com/abc", None, id="its own and a page"),
        pytest.param(
            "www.vietcombank.com.vn abc.weebly.com", "spoken_for", id="its own and anybody's"
        ),
        pytest.param("www.vietcombank.com.vn go-a.example.vn", None, id="its own and a partner's"),
        pytest.param("vietcombank-xacthuc.vn", "spoken_for", id="under .vn and alike"),
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
        pytest.param("a.example.vn", "spoken_for_hidden", id="under .vn: had to show papers"),
        pytest.param("ngoaithuong.vn", "spoken_for_hidden", id="its whole name under .vn"),
        pytest.param("ngoaithuong.example", "spoken_for", id="its whole name elsewhere"),
    ),
)
def test_whose_address_it_is_decides(address: str, strength: str | None, find: Find) -> None:
    found = find(f"Vietcombank: tài khoản của quý khách bị khóa, đăng nhập {address}")
    assert {finding.strength for finding in found} == ({strength} if strength else set())


@pytest.mark.parametrize(
    "before",
    (
        "Cảnh giác lừa đảo!",
        "Các bạn ơi,",
        "Kế toán gửi:",
    ),
)
def test_what_a_swindler_would_write_too_only_weakens_near_the_name(
    before: str, find: Find
) -> None:
    said = "VCB thông báo tài khoản của quý khách bị khóa, đăng nhập go-a.example để mở"
    assert [finding.strength for finding in find(f"{before} {said}")] == ["spoken_for_hidden"]
    far = f"{said}. Chúc quý khách một ngày thật nhiều niềm vui. {before}"
    assert [finding.strength for finding in find(far)] == ["spoken_for"]


@pytest.mark.parametrize("before", ("", "Thông báo từ ngân hàng "))
def test_near_is_counted_in_words_from_the_name(before: str, find: Find) -> None:
    said = "tài khoản của quý khách{} bị khóa, đăng nhập go-a.example"
    for aside, strength in (("", "spoken_for"), (", các bạn ơi,", "spoken_for_hidden")):
        (finding,) = find(f"{before}VCB: {said.format(aside)}")
        assert finding.strength == strength


def test_who_asks_back_is_doubted_but_where_it_is_about_an_account(find: Find) -> None:
    for end, strength in (("", "spoken_for"), (" Được không?", "spoken_for_hidden")):
        (finding,) = find(f"EVN: quý khách vui lòng nộp tiền điện tại go-a.example.{end}")
        assert finding.strength == strength
    (finding,) = find("VCB: tài khoản của quý khách bị khóa? Đăng nhập go-a.example")
    assert finding.strength == "spoken_for"


def test_a_word_without_marks_is_no_particle(find: Find) -> None:
    said = "VNPost: buu kien cua ban thieu so nha, cap nhat dia chi tai go-a.example"
    assert [finding.strength for finding in find(said)] == ["spoken_for"]


def test_who_writes_as_people_do_is_doubted(find: Find) -> None:
    for end in ("nhé", "ạ", "giúp em"):
        for address in ("go-a.example", "bit.ly/3Ab9"):  # hidden is no second doubt
            said = f"VCB: tài khoản của quý khách bị khóa, đăng nhập {address} {end}"
            assert [finding.strength for finding in find(said)] == ["spoken_for_hidden"]


@pytest.mark.parametrize(
    "text",
    (
        "VCB - 0071000123456 - Nguyen Thi Lan. Anh chị đăng nhập go-a.example nộp phí trại hè",
        "TCB - Nguyễn Thị Lan - 1903123456. Bạn đăng nhập go-a.example",
        "VCB: TK 0071000123456 Nguyen Thi Lan. Anh chị đăng nhập go-a.example",
        "Momo: 0912345678. Bạn đăng nhập go-a.example nhận vé",
        "Facebook: nick mới của tớ, nick cũ bị khóa rồi, bạn đăng nhập go-a.example",
        "Facebook: Cô Hạnh Toán. Em đăng nhập go-a.example",
        "Gmail: cohanh@example.com. Em đăng nhập go-a.example",
        "Instagram: @may.shop. Bạn đăng nhập go-a.example nhận quà",
    ),
)
def test_a_label_speaks_for_nobody(text: str, find: Find) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    (
        "VCB: TK 0071000123456 vua bi tru 4.900.000d. Huy tai go-a.example",
        "VCB: Le phi SMS cua quy khach chua thanh toan, nop tai go-a.example",
    ),
)
def test_what_a_bank_tells_of_an_account_is_no_label(text: str, find: Find) -> None:
    assert [finding.strength for finding in find(text)] == ["spoken_for"]


@pytest.mark.parametrize(
    "text",
    (
        "Bạn thanh toán tiền áo qua MoMo, rồi điền thông tin ở go-a.example",
        "Your Grab order is here, please pay cash. Menu: go-a.example",
        "Gmail của bạn đã được thêm vào lớp, bạn đăng nhập go-a.example để học",
        "Your Microsoft account was created, sign in at go-a.example",
        "Shop gửi bạn đơn J&T, mã vận đơn J&T 8412 của bạn, sai địa chỉ thì sửa tại go-a.example",
    ),
)
def test_a_shop_or_a_school_that_mentions_somebody_speaks_for_itself(text: str, find: Find) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    (
        "CSGT: từ 1/1/2026 mức phạt vượt đèn đỏ thế nào? go-a.example",
        "CSGT TP.HCM - tra cứu phạt nguội qua mạng như thế nào go-a.example",
        "EVN: lịch cúp điện và mức phạt trộm điện, anh chị xem go-a.example",
        "Cục thuế: quy định mới về nộp thuế bán hàng online, mời anh chị đọc go-a.example",
        "Công an: khởi tố nhóm lập sàn tiền ảo, phạt 200 triệu, mời bạn đọc go-a.example",
    ),
)
def test_a_headline_speaks_for_nobody(text: str, find: Find) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("who", "address"),
    (
        ("Google", "g.co/checkup"),
        ("Grab", "grb.to/3Ab9"),
        ("VNPT", "vnedu.vn"),
        ("MobiFone", "mobifoneinvoice.vn"),
        ("Vietjet", "skyjoy.vn"),
        ("DHL", "mydhl.express.dhl/vn"),
        ("MoMo", "abc.onelink.me/3Ab9"),
        ("ZaloPay", "abc.onelink.me/3Ab9"),
    ),
)
def test_an_address_of_its_own_is_no_sign(who: str, address: str, find: Find) -> None:
    said = f"{who} thông báo: quý khách vui lòng đăng nhập"
    assert find(f"{said} go-a.example")
    assert find(f"{said} {address}") == []


@pytest.mark.parametrize(
    "who",
    (
        "VCB.", "VCB!!", "VCB>", "(VCB)", "<VCB>", "*VCB*", "VCB 💥", "12:05 VCB:", "Hi. VCB:",
        "He thong bao mat VCB:", "Canh bao: VCB:",
    ),
)  # fmt: skip
def test_signs_around_the_name_change_nothing(who: str, find: Find) -> None:
    (finding,) = find(f"{who} the cua anh chi het hieu luc, xac nhan tai go-a.example")
    assert finding.brand == "vietcombank"


@pytest.mark.parametrize("ask", ("huy tai", "Kiem tra ngay", "lien he"))
def test_a_small_thing_asked_for_counts_where_something_has_happened(ask: str, find: Find) -> None:
    happened = "VCB: quy khach vua chuyen 4.900.000d. Neu khong phai,"
    assert find(f"{happened} {ask} go-a.example")
    assert find(f"VCB: quy khach xem lich nghi le, {ask} go-a.example") == []


def test_a_shortened_link_is_said_to_hide_where_it_leads(find: Find) -> None:
    (finding,) = find("Agribank thông báo: quý khách vui lòng đăng nhập bit.ly/3Ab9")
    assert "không thấy được đường link dẫn tới đâu" in finding.why.vi
    assert "nobody can see where" in finding.why.en


def test_an_office_is_named_as_it_was_called(find: Find) -> None:
    (finding,) = find("CSGT thông báo: anh chị vui lòng đăng nhập go-a.example")
    assert finding.why.vi.startswith("Tin này xưng là CSGT,")


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


def test_a_list_of_names_speaks_as_nobody_but_one_name_may_stand_often(find: Find) -> None:
    said = "VCB: tài khoản của quý khách bị khóa, đăng nhập go-a.example"
    brands, _ = load_brands(RULES)
    others = [brand.called[0] for brand in brands if brand.called and brand.id != "vietcombank"]
    assert find(f"{said} {'VCB ' * (MAX_BRANDS + 1)}")
    assert find(f"{said}. {', '.join(others[: MAX_BRANDS - 1])}")
    assert find(f"{said}. {', '.join(others[:MAX_BRANDS])}") == []


def test_a_pile_of_titles_comes_to_an_end(find: Find) -> None:
    assert find("thông báo từ " * 300 + "go-a.example đăng nhập VCB") == []
