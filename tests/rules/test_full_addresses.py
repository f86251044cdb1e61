"""Whole addresses: what stands beside the host betrays a trap, or is everybody's everyday link."""

from __future__ import annotations

import pytest

from harness.service_process import REPOSITORY
from notalone.address import read_address
from notalone.detectors import LinkRules, load_link_rules, unlisted_findings
from notalone.levels import LINK_LEVELS

RULES = REPOSITORY / "rules"
CID = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
OLD_CID = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG"


@pytest.fixture(scope="module")
def rules() -> LinkRules:
    return load_link_rules(RULES, lures={path.name for path in (RULES / "lures").iterdir()})


def level(url: str, rules: LinkRules) -> str:
    address = read_address(url)
    assert address is not None, url
    found = unlisted_findings(address, rules)
    return LINK_LEVELS[found[0].strength] if found else "no_information"


# Invented, on real platforms and suffixes; never opened.
DANGER = (
    "http://100.200.30.40/vcb/login",
    "http://100.200.30.40/vietcombank/dang-nhap.html",
    "https://tiem-banh.test/wp-content/uploads/office365/login/",
    "https://tiem-banh.test/~khach/metamask/wallet.php",
    "https://tiem-banh.test/.well-known/vneid/vneid.apk",
    "https://tiem-banh.test/wp-includes/js/dhl/login/",
    "https://khongcothat.top/vietcombank/login",
    "https://khongcothat.duckdns.org/usps/payment",
    "https://khongcothat.github.io/vietcombank-dang-nhap/",
    "https://khongcothat.vercel.app/metamask/wallet/connect",
)
CAUTION = (
    "https://khongcothat.github.io/netflix/login",
    "https://sites.google.com/view/vietcombank-dang-nhap",
    "https://telegra.ph/vietcombank-dang-nhap",
    "https://tiem-banh.test/wp-content/plugins/office365/",
    "https://tiem-banh.test/~khach/dhlexpress/",
    "https://tiem-banh.test/vietcombank/login.php",
    "https://tiem-banh.test/x/metamask/verify.php?id=1",
    "http://100.200.30.40/login.php",
    "http://100.200.30.40/vnpt/dang-nhap",
    f"https://ipfs.io/ipfs/{CID}/login.html",
    f"https://ipfs.io/ipfs/{OLD_CID}?filename=index.html",
    f"https://{CID}.ipfs.dweb.link/",
    f"https://{CID}.ipfs.w3s.link/#mai@congty.example",
    "https://kho-anh-qwrtpxkcdz.s3.amazonaws.com/index.html",
    "https://s3.us-east-2.amazonaws.com/khongcothat/login.html",
    "https://storage.googleapis.com/khongcothat/verify.html",
    "https://khongcothat.blob.core.windows.net/$web/signin.html",
    "https://pub-0123456789abcdef0123456789ab1234.r2.dev/index.html",
    "https://khongcothat.web.app/#mai@congty.example",
    "https://khongcothat.pages.dev/?x#bWFpQGNvbmd0eS5leGFtcGxl",
    "https://khongcothat.duckdns.org/?email=mai@congty.example",
)


@pytest.mark.parametrize("url", DANGER)
def test_a_brand_and_a_log_in_in_a_strangers_path_are_a_danger(url: str, rules: LinkRules) -> None:
    assert level(url, rules) == "danger"


@pytest.mark.parametrize("url", CAUTION)
def test_a_page_that_hides_in_a_path_is_warned_of(url: str, rules: LinkRules) -> None:
    assert level(url, rules) == "caution"


# The forms are everyday ones; hosts of .test are invented.
HARMLESS = (
    # brands' own
    "https://www.vietcombank.com.vn/vi-VN/KHCN/dang-nhap",
    "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fvietcombank",
    "https://accounts.google.com/signin/v2/identifier?service=mail",
    "https://www.paypal.com/signin?returnUri=%2Fmyaccount",
    "https://shopee.vn/buyer/login?next=https%3A%2F%2Fshopee.vn",
    "https://shopee.page.link/abcd",
    "https://appleid.apple.com/auth/authorize?client_id=1",
    "https://login.microsoftonline.com/common/oauth2/authorize?client_id=1",
    "https://cdn.viettel-cdn.vn/login/login.js",
    # news and lessons about traps
    "https://tin-tuc.test/canh-bao-gia-mao-vietcombank-dang-nhap",
    "https://tin-tuc.test/tin-tuc/canh-bao-gia-mao-vietcombank-dang-nhap-20260101.html",
    "https://tuoitre.vn/canh-bao-trang-gia-mao-vneid-20260101.htm",
    "https://vnexpress.net/metamask-bi-gia-mao-nguoi-dung-mat-vi-4800000.html",
    "https://bao.test/cong-nghe/facebook/cach-dang-nhap-facebook.html",
    "https://so-sanh.test/ngan-hang/vietcombank/dang-nhap-vcb-digibank.html",
    # code, encyclopedias, shops of applications
    "https://github.com/khongcothat/vietcombank-login",
    "https://github.com/MetaMask/metamask-extension",
    "https://gitlab.com/khongcothat/facebook/-/blob/main/login.php",
    "https://vi.wikipedia.org/wiki/Vietcombank",
    "https://en.wikipedia.org/wiki/PayPal#Login",
    "https://play.google.com/store/apps/details?id=com.VCB",
    "https://apps.apple.com/vn/app/vietcombank/id561433133",
    "https://www.npmjs.com/package/paypal-checkout",
    "https://apkpure.com/vietcombank/com.VCB",
    "https://phim.top/netflix/",
    "https://shop.test/wp-content/plugins/vnpay/return.php?vnp_Amount=1",
    # shops and log-ins through somebody else
    "https://shop.test/iphone/apple-pay",
    "https://shop.test/checkout/paypal/login.php",
    "https://shop.test/payment/momo/return?code=0",
    "https://shop.test/thanh-toan/vnpay/ket-qua.php?vnp_Amount=1",
    "https://shop.test/auth/google/callback?code=1",
    "https://shop.top/auth/facebook",
    "https://shop.top/checkout/paypal/login.php",
    "https://khongcothat.vercel.app/thanh-toan/momo",
    "https://khongcothat.vercel.app/payment/vietcombank",
    "https://shop.top/wp-content/uploads/2026/01/",
    "https://dien-dan.test/login.php?do=facebook",
    "https://shop.test/the-cao/viettel/nap-the",
    "https://shop.test/danh-muc/samsung/galaxy.html",
    # schools, clinics, offices
    "http://192.168.1.10/login.php",
    "https://truong.test/~thaynam/index.html",
    "https://truong.test/~thaynam/bai-tap/",
    "https://truong.test/cgi-bin/tra-cuu-diem",
    "https://benh-vien.test/dat-lich/dang-nhap?next=/ho-so",
    "https://truong.test/wp-content/uploads/2026/01/thong-bao.pdf",
    "https://truong.test/wp-content/uploads/2026/01/",
    "https://truong.test/wp-login.php?redirect_to=/wp-admin/",
    "https://truong.test/.well-known/change-password",
    # files that people share
    "https://kho-anh.s3.amazonaws.com/anh-lop.jpg",
    "https://bai-giang.s3.ap-southeast-1.amazonaws.com/chuong-1/index.html",
    "https://storage.googleapis.com/bai-giang/chuong-1.pdf",
    "https://pub-0123456789abcdef0123456789ab1234.r2.dev/anh.png",
    f"https://ipfs.io/ipfs/{OLD_CID}",
    "https://docs.google.com/forms/d/e/1FAIpQLSf/viewform?usp=sf_link",
    "https://docs.google.com/document/d/abc/edit#heading=h.abc",
    "https://sites.google.com/view/lop-12a3-thpt-khong-co-that",
    "https://linktr.ee/lop12a3",
    # letters that know their reader, and first pages of students
    "https://bao.test/thu?email=mai@congty.example",
    "https://bao.test/huy-dang-ky#mai@congty.example",
    "https://khongcothat.vercel.app/login",
    "https://khongcothat.github.io/netflix-clone/login.html",
    "https://khongcothat.github.io/weather/index.html#home",
    "https://khongcothat.pages.dev/#section-1",
)


@pytest.mark.parametrize("url", HARMLESS)
def test_everyday_addresses_are_left_in_peace(url: str, rules: LinkRules) -> None:
    assert level(url, rules) == "no_information"
