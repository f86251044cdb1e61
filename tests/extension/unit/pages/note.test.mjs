import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser } from "./own_page.mjs";
import { RELATIONS } from "../../../../extension/background/helpers.js";
import { noteFor, PEOPLE } from "../../../../extension/pages/note.js";

const FAMILIES = ["general", "money", "access", "kin", "debt", "private", "offer", "away", "secret", "trouble", "unwell"];
const VOICES = ["short", "long"];
const OTHER = { you: "dì Hai", me: "con" };

beforeEach(() => (browser.language = "vi"));

/** Every note there is, with what it is for. */
function everyNote(language) {
  browser.language = language;
  return PEOPLE.flatMap((person) =>
    FAMILIES.flatMap((family) => VOICES.map((voice) => ({ name: `${language} ${person} ${family} ${voice}`, person, family, voice, note: noteFor({ person, family, voice, other: OTHER }) }))),
  );
}

test("without a word for the child itself, the one for parents stands there", () => {
  assert.match(noteFor({ person: "other", voice: "short", family: "general", other: { you: "dì", me: "" } }), /^Dì ơi, con gặp/);
});

test("there are words for everybody whom a family can name, and for the helpline", () => {
  assert.deepEqual(PEOPLE, [...RELATIONS, "helpline"]);
});

for (const [wish, note] of [
  [{ person: "mother", family: "secret", voice: "short" }, "Mẹ ơi, có người gọi làm con rất sợ. Mẹ gọi cho con ngay nhé."],
  [{ person: "father", family: "private", voice: "long" }, "Bố ơi, có người trên mạng làm con sợ, chuyện này con khó nói lắm. Bố nghe con kể hết đã, đừng mắng con vội nhé."],
  [{ person: "sister", family: "money", voice: "short" }, "Chị ơi, có người trên mạng bảo em chuyển tiền. Chị xem giúp em với nhé."],
  [{ person: "brother", family: "trouble", voice: "short" }, "Anh ơi, em đang gặp chuyện, em không tự lo được. Anh nghe em kể một chút nhé."],
  [{ person: "teacher_woman", family: "general", voice: "short" }, "Thưa cô, em gặp chuyện trên mạng, em hơi lo. Cô cho em gặp riêng một lát được không ạ?"],
  [{ person: "teacher_man", family: "away", voice: "short" }, "Thưa thầy, có người rủ em đi xa, em thấy lo. Thầy gọi cho em ngay được không ạ? Em đang ở …"],
  [{ person: "friend", family: "access", voice: "long" }, "Cậu ơi, có người bảo mình đưa mã, mật khẩu hoặc cài ứng dụng lạ, mình thấy không ổn. Cậu xem cùng mình, rồi hai đứa hỏi người lớn nhé."],
  [{ person: "helpline", family: "unwell", voice: "short" }, "Dạ, cháu đang không ổn, cháu không muốn ở một mình. Cháu nên làm gì ngay bây giờ ạ?"],
  [{ person: "other", family: "debt", voice: "short", other: { you: " dì Hai ", me: "con" } }, "Dì Hai ơi, con có chuyện tiền bạc trên mạng cần hỏi dì Hai. Dì Hai nghe con kể một chút nhé."],
  [{ person: "other", family: "kin", voice: "short", other: { you: "", me: "cháu" } }, "Bác ơi, có người nhận là người quen, giục cháu làm gấp. Bác xem giúp cháu với nhé."],
]) {
  test(`${wish.person}, ${wish.family}, ${wish.voice}: both are called what they call each other`, () => assert.equal(noteFor(wish), note));
}

test("in English the note begins with whom it is for", () => {
  browser.language = "en";
  assert.equal(noteFor({ person: "mother", family: "secret", voice: "short" }), "Mum, someone is calling me and I am very scared. Please call me right now.");
  assert.equal(noteFor({ person: "other", family: "offer", voice: "short", other: { you: "Grandma", me: "cháu" } }), "Grandma, someone offers me something and it doesn’t feel right. Can you look at it with me?");
});

const PRONOUNS = { mother: "con", father: "con", sister: "em", brother: "em", teacher_woman: "em", teacher_man: "em", friend: "mình", other: "con", helpline: "cháu" };

for (const language of ["vi", "en"]) {
  test(`every ${language} note is whole: no gap but the one to fill, a capital after each full stop, an end`, () => {
    for (const { name, family, note } of everyNote(language)) {
      assert.doesNotMatch(note, /\$\d| {2}|undefined|^\s|\s$/, name);
      assert.doesNotMatch(note, /(^|[.?] )\p{Ll}/u, name);
      assert.match(note, family === "away" ? / …$/ : /[.?]$/, name);
    }
  });

  test(`no ${language} note blames, shouts or is longer than a person reads in a fright`, () => {
    for (const { name, voice, note } of everyNote(language)) {
      assert.ok(note.length <= (voice === "short" ? 115 : 200), `${name}: ${note.length}`);
      assert.doesNotMatch(note, /!|lỗi|fault|stupid|bị lừa|ngu|dại/i, name);
    }
  });

  test(`the long ${language} note says more than the short one, and no two people get the same`, () => {
    for (const family of FAMILIES) {
      const notes = everyNote(language).filter((one) => one.family === family);
      const by = (voice) => notes.filter((one) => one.voice === voice);
      by("short").forEach(({ note, name }, i) => assert.ok(by("long")[i].note.length > note.length, name));
      // In English a brother, a sister and a friend are all greeted alike.
      if (language === "vi") assert.equal(new Set(notes.map(({ note }) => note)).size, notes.length, family);
    }
  });
}

test("each Vietnamese note keeps to one word for the child", () => {
  const word = (one) => new RegExp(`(?<!\\p{L})${one}(?!\\p{L})`, "iu");
  for (const { name, person, note } of everyNote("vi")) {
    assert.match(note, word(PRONOUNS[person]), name);
    const strange = new Set(Object.values(PRONOUNS));
    strange.delete(PRONOUNS[person]);
    strange.delete("mình"); // "một mình", and the two of them together
    for (const one of strange) assert.doesNotMatch(note, word(one), `${name}: ${one}`);
  }
});

test("a person or a family that nobody knows still gets a note", () => {
  assert.match(noteFor({ person: "__proto__", family: "general", voice: "short" }), /gặp chuyện trên mạng/);
});
