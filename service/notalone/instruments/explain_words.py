"""The words of an explanation, in Vietnamese and English: for maintainers who do not program.

`pick` chooses between the two, here and in the other commands for maintainers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from notalone.folding.entities import EntityKind
from notalone.instruments.explain import Fate
from notalone.instruments.reading import Note
from notalone.instruments.threshold_lines import LineName, What
from notalone.model import Bilingual, Level

Language = Literal["vi", "en"]


def pick(text: Bilingual, language: Language) -> str:
    """*text* in the language of whoever reads."""
    return text.vi if language == "vi" else text.en


LEVELS: Mapping[Level, Bilingual] = {
    "danger": Bilingual("NGUY HIỂM", "DANGER"),
    "caution": Bilingual("NÊN CẨN THẬN", "CAUTION"),
    "no_information": Bilingual("CHƯA ĐỦ ĐỂ NHẮC", "TOO LITTLE TO WARN"),
}
ENTITIES: Mapping[EntityKind, Bilingual] = {
    "money": Bilingual("số tiền", "money"),
    "phone": Bilingual("số điện thoại", "phone number"),
    "account": Bilingual("số tài khoản", "account number"),
    "otp": Bilingual("mã xác nhận", "code"),
    "link": Bilingual("đường link", "link"),
    "time": Bilingual("thời gian", "time"),
    "email": Bilingual("địa chỉ email", "e-mail address"),
    "handle": Bilingual("tên tài khoản trên mạng", "account name"),
    "number": Bilingual("con số", "number"),
}
NOTES: Mapping[Note, Bilingual] = {
    "hidden": Bilingual("có ký tự ẩn", "holds hidden characters"),
    "foreign": Bilingual("có chữ lạ trông giống chữ thường", "look-alike letters"),
}
# Why a sign is not added, or not as it stands. {} is what the message says.
FATES: Mapping[Fate, Bilingual] = {
    "again": Bilingual(
        "cùng loại với một chỗ khác: mỗi loại chỉ tính một lần",
        "same kind as elsewhere: each kind counts once",
    ),
    "same_words": Bilingual(
        "những chữ này đã tính cho một dấu hiệu nặng hơn",
        "these words count already, for a heavier sign",
    ),
    "other_message": Bilingual(
        "không tính: một tin khác tự nó đã đáng nhắc",
        "not counted: another message is worth the warning by itself",
    ),
    "own": Bilingual(
        "lời của chính bạn trẻ, làm theo người kia: cộng nhẹ, không trích ra để nhắc",
        "the child's own words, going along: adds a little, is never quoted",
    ),
    "help": Bilingual(
        "bạn trẻ kể chuyện đang xảy ra với mình: mở lời giúp, không tính điểm",
        "the child tells what is done to them: opens help, adds no points",
    ),
    "negation": Bilingual(
        "có «{}» đứng trước: câu phủ định, không tính",
        "«{}» stands before it: negated, not counted",
    ),
    "report": Bilingual(
        "có «{}» trong câu: lời cảnh báo hoặc kể lại, không bảo người đọc làm",
        "«{}» stands in the sentence: it warns or retells, and does not order the reader",
    ),
    "draft": Bilingual(
        "mẫu câu còn là bản nháp (draft): chưa tính", "the cue is still a draft: does not count yet"
    ),
    "other_lure": Bilingual(
        "không thuộc kiểu bẫy mà cả đoạn giống nhất: không cộng chung",
        "not of the lure that the whole is most like: not added",
    ),
    "only_theirs": Bilingual(
        "chỉ tính trong lời người kia, không tính lời bạn trẻ",
        "counts only when the other one says it, not the child",
    ),
    "only_mine": Bilingual(
        "chỉ tính khi chính bạn trẻ viết", "counts only when the child writes it"
    ),
}
SHORT_FATES: Mapping[Fate, Bilingual] = {
    "again": Bilingual("đã tính", "counted already"),
    "same_words": Bilingual("trùng chữ", "same words"),
    "other_message": Bilingual("tin khác đã đủ", "other message"),
    "own": Bilingual("bạn trẻ làm theo", "the child goes along"),
    "help": Bilingual("bạn trẻ kể", "the child tells"),
    "lowers": Bilingual("giảm nhẹ cả câu", "lowers its sentence"),
    "negation": Bilingual("phủ định", "negated"),
    "report": Bilingual("kể lại", "reported"),
    "draft": Bilingual("bản nháp", "draft"),
    "other_lure": Bilingual("bẫy khác", "other lure"),
    "only_theirs": Bilingual("lời bạn trẻ, không tính", "the child's, not counted"),
    "only_mine": Bilingual("lời người kia, không tính", "theirs, not counted"),
}
LINES: Mapping[LineName, Bilingual] = {
    "alone": Bilingual("một dấu hiệu nặng {} điểm", "one sign of {} points"),
    "silence": Bilingual(
        "giữ kín + đòi tiền, mã, ảnh, rủ đi; {} điểm",
        "silence + money, code, pictures, travel; {} points",
    ),
    "far": Bilingual(
        "2 bước, có tách ra/giữ kín/đòi hỏi; {} điểm",
        "2 steps, one isolate/secrecy/demand; {} points",
    ),
    "far_heard": Bilingual(
        "như trên, cộng cả lời lẽ: {} %", "as above, wording and points together: {} %"
    ),
    "far_enough": Bilingual("2 bước của cùng một bẫy; {} điểm", "2 steps of one lure; {} points"),
    "one_stage": Bilingual("2 dấu hiệu; {} điểm", "2 signs; {} points"),
    "heard": Bilingual("cộng cả lời lẽ: {} %", "wording and points together: {} %"),
}
# What is still missing to reach a line: "thiếu 1 dấu hiệu và 2 điểm".
MISSING: Mapping[What, Bilingual] = {
    "weight": Bilingual("{} điểm", "{} point(s)"),
    "points": Bilingual("{} điểm", "{} point(s)"),
    "signals": Bilingual("{} dấu hiệu", "{} sign(s)"),
    "stages": Bilingual("{} bước", "{} step(s)"),
    "deep_stage": Bilingual("một bước như thế", "such a step"),
    "silence": Bilingual("lời bảo giữ kín", "silence"),
    "act": Bilingual("lời đòi như thế", "such a demand"),
    "together": Bilingual("một dấu hiệu nữa cùng bẫy", "one more sign of this lure"),
    "evidence": Bilingual("{} %", "{} %"),
}
SAID: Mapping[str, Bilingual] = {
    "conversation": Bilingual("ĐOẠN CHAT", "CONVERSATION"),
    "message": Bilingual("TIN", "MESSAGE"),
    "theirs": Bilingual("người kia", "theirs"),
    "mine": Bilingual("bạn trẻ viết", "the child's own"),
    "unknown": Bilingual("không rõ ai viết", "author unknown"),
    "left_out": Bilingual(
        "{} tin đầu không xem: tiện ích chỉ gửi {} tin mới nhất.",
        "The first {} messages are left out: the extension sends the newest {}.",
    ),
    "quiet": Bilingual("{} tin khác: không thấy gì.", "{} other messages: nothing seen."),
    "nothing": Bilingual("Không thấy dấu hiệu nào.", "No sign was seen."),
    "read_as": Bilingual("đọc là", "read as"),
    "plain": Bilingual("bỏ dấu", "no marks"),
    "changes": Bilingual("đã hiểu", "understood"),
    "entities": Bilingual("có", "holds"),
    "column": Bilingual("điểm", "points"),
    "stage": Bilingual("bước", "step"),
    "words": Bilingual("lời trong tin", "words of the message"),
    "points": Bilingual("{} điểm", "{} points"),
    "point": Bilingual("{} điểm", "{} point"),
    "missed": Bilingual(
        "dò thêm {} mẫu câu, không khớp", "{} more cues were tried, and do not fit"
    ),
    "and_more": Bilingual("và {} mẫu nữa", "and {} more"),
    "unless": Bilingual("có «{quote}» trong cùng câu", "«{quote}» stands in the same sentence"),
    "few_words": Bilingual(
        "quá ít chữ, gõ không dấu, có thể là từ khác",
        "few words without marks, may be other words",
    ),
    "lowered": Bilingual("{why}: bớt {by}", "{why}: {by} less"),
    "left": Bilingual("còn {}", "{} left"),
    "kept": Bilingual(
        "{why}, nhưng còn có lời đòi tiền, mã, ảnh, rủ đi hoặc dọa: không bớt",
        "{why}, but there are demands for money, a code, pictures, travel, or threats: no less",
    ),
    "link_level": Bilingual("đường link này tự nó đã là: {}", "this link by itself is: {}"),
    "so_far": Bilingual("cộng đến đây", "so far"),
    "so_far_like": Bilingual("lúc này giống bẫy {} hơn", "at this point more like {}"),
    "and": Bilingual("và", "and"),
    "sum": Bilingual(
        "CỘNG LẠI (mỗi loại dấu hiệu một lần, ở chỗ nặng nhất)",
        "THE SUM (each kind of sign once, where it is strongest)",
    ),
    "own_points": Bilingual("lời bạn trẻ làm theo", "the child going along"),
    "total": Bilingual(
        "điểm: {signals} dấu hiệu, {stages} bước", "in all; signs: {signals}, steps: {stages}"
    ),
    "wording": Bilingual(
        "lời lẽ giống các bẫy đã biết: {alike} %; thêm {point} % cho mỗi điểm, {telling} % cho mỗi"
        " dấu hiệu riêng của bẫy này: {both} %",
        "worded like known traps: {alike} %; {point} % more for each point, {telling} % for each"
        " sign of this very lure: {both} %",
    ),
    "compared": Bilingual("SO VỚI CÁC MỨC", "AGAINST THE LINES"),
    "reached": Bilingual("đạt", "reached"),
    "spare": Bilingual("đạt, dư {}", "reached, {} to spare"),
    "not_yet": Bilingual("thiếu {}", "short of {}"),
    "result": Bilingual("KẾT LUẬN", "RESULT"),
    "lowered_by_wording": Bilingual(
        "lời lẽ chưa đủ giống bẫy: hạ một mức", "not worded enough like a trap: one level less"
    ),
    "by_link": Bilingual("vì đường link ở trên", "because of the link above"),
    "first_at": Bilingual("nhắc từ tin {}", "warns from message {}"),
    "help": Bilingual("MỞ LỜI GIÚP", "OPENS HELP"),
    "help_too": Bilingual("có, ngay bên lời nhắc", "yes, beside the warning"),
    "files": Bilingual(
        "Cuối dòng là tệp mẫu câu, trong rules/lures/.",
        "At the end of a line: the cue's file below rules/lures/.",
    ),
}
