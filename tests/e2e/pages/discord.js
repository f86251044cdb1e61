// The moves of the simulated Discord: see simulated_chat.js; its hooks are told of in discord.html.
"use strict";

/* global simulateChat, make, inEnglish */

window.chat = (() => {
  const list = document.querySelector("#list");
  const channel = (thread) => thread.slice(1); // u100 → 100
  // Pictures load from nowhere here; the part that tells whose they are stands in the address.
  const picture = (user) => `data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=#/avatars/${user}/picture.webp`;
  let newest = 1_200_000_000_000_000_000n;
  let oldest = newest;

  function draw({ id, text, fromMe, quote, system }) {
    const message = id.split("-").at(-1);
    const before = [...list.children].at(-1)?.firstElementChild;
    const user = fromMe ? "11" : "22";
    const isFirst = system || quote || before?.dataset.user !== user;
    const first = isFirst ? message : before.dataset.first;
    const contents = make("div", { class: "contents_a1" });
    const box = make("div", {
      class: `message_a1${system ? " systemMessage_a1" : ""}`,
      role: "article",
      "aria-roledescription": inEnglish ? "Message" : "Tin nhắn",
      "aria-labelledby": `message-username-${first} message-content-${message} message-timestamp-${message}`,
    });
    if (quote) {
      const quoted = make("div", { class: "repliedTextContent_a1", id: "message-content-77" }, quote);
      box.append(make("div", { id: `message-reply-context-${message}` }, make("img", { src: picture("33"), alt: "" }), quoted));
    }
    if (isFirst && !system) {
      const name = make("span", { id: `message-username-${message}` }, fromMe ? "mình" : "Người lạ");
      contents.append(make("img", { src: picture(user), alt: "" }), make("h3", {}, name, make("time", {}, "13:20")));
    }
    const edited = make("time", {}, inEnglish ? "(edited)" : "(đã sửa)");
    contents.append(make("div", { id: `message-content-${message}` }, make("span", { "data-words": "" }, text), edited));
    box.append(contents, make("div", { id: `message-accessories-${message}` }, "Xem trước: em không được kể với bố mẹ"));
    // What the site keeps in its own memory, the simulation keeps here.
    if (!system) Object.assign(box.dataset, { user, first });
    return make("li", { class: "messageListItem_a1", id }, box);
  }

  function mark(thread) {
    history.pushState(null, "", `/channels/@me/${channel(thread)}/discord.html`);
  }

  /** What stands in a new talk before anybody has written. */
  function greet() {
    const buttons = ["Thêm bạn", "Bỏ qua lời mời", "Chặn người này"].map((words) => make("button", {}, make("span", {}, words)));
    list.replaceChildren(
      make(
        "li",
        { class: "container_e5" },
        make("img", { src: picture("22"), alt: "" }),
        make("h3", {}, "Người lạ"),
        make("div", {}, "Đây là nơi bắt đầu lịch sử tin nhắn của bạn với Người lạ."),
        make("div", { class: "buttons_e5" }, ...buttons),
      ),
      make("li", { class: "divider_e5", role: "separator" }, make("span", {}, "Hôm nay, ngày 23 tháng 11")),
    );
  }

  /** A channel of posts, with a field to search them and none to write in, as of 2024 to 2026 by the hooks
   *  of two public exporters. */
  function openForum() {
    const post = (title, words) =>
      make("li", { class: "card_f6", "data-item-id": title.length }, make("h3", {}, title), make("div", {}, make("span", {}, words)));
    const posts = [
      post("Bài tập toán", "Ai giải được câu hai chỉ mình với"),
      post("Đội bóng", "Chiều nay sân trường năm giờ nhé"),
      post("Tài liệu", "Mình để đề cương ở đây cho cả lớp"),
    ];
    list.parentElement.replaceChildren(
      make("div", { role: "textbox", contenteditable: "true" }, "Tìm hoặc tạo bài đăng"),
      make("div", { "data-list-id": "forum-channel-list-300", role: "list" }, ...posts),
    );
    document.querySelector(".composer").remove();
  }

  const simulated = simulateChat({
    list: () => list,
    nextId: (thread, direction = 1) =>
      `chat-messages-${channel(thread)}-${direction > 0 ? (newest += 1n) : (oldest -= 1n)}`,
    draw,
    mark,
  });
  return { ...simulated, greet, openForum };
})();
