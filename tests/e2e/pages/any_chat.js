// The moves of the simulated chat. window.chat.build(kind, {in: "page" | "shadow" | "frame"}) makes it
// anew: "log", "list", "grid" or "bare" (no live list: not to be recognised). It starts as a log.
"use strict";

window.chat = (() => {
  const STYLE = `
    :host { display: flex; flex: 1; flex-direction: column; min-block-size: 0; }
    body { margin: 0; font: 15px system-ui, sans-serif; }
    .pane { display: flex; flex: 1; flex-direction: column; min-block-size: 0; block-size: 100%; }
    .scroller { flex: 1; padding: 12px; list-style: none; margin: 0; min-block-size: 200px; }
    .row { display: flex; flex-direction: column; align-items: flex-start; margin-block: 4px; }
    .row.m { align-items: flex-end; }
    .row.notice { align-items: center; color: #666; }
    .bubble { max-inline-size: 70%; padding: 8px 12px; border-radius: 12px; background: #e9ecf2; overflow-wrap: anywhere; }
    .m .bubble { background: #cfe4ff; }
    blockquote { margin: 0 0 4px; border-inline-start: 3px solid #99a; padding-inline-start: 8px; }
    textarea { margin: 8px; block-size: 40px; }`;
  const SHAPES = {
    log: { list: ["div", { role: "log" }], row: ["div", {}] },
    list: { list: ["ul", { "aria-live": "polite" }], row: ["li", {}] },
    grid: { list: ["div", { role: "grid" }], row: ["div", { role: "row", "aria-roledescription": "tin nhắn" }] },
    bare: { list: ["div", {}], row: ["div", {}] },
  };
  const isEnglish = location.search === "?en";
  let list = null;
  let shape = SHAPES.log;

  function make(tag, className = "", text = "", attributes = {}) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  /** A place for the chat inside #pane. */
  function place(where) {
    const pane = document.querySelector("#pane");
    pane.replaceChildren();
    if (where === "page") return pane;
    if (where === "shadow") {
      const host = make("section");
      pane.append(host);
      return host.attachShadow({ mode: "open" });
    }
    const frame = make("iframe", "", "", { style: "flex: 1; border: 0" });
    pane.append(frame);
    frame.contentDocument.documentElement.lang = "vi";
    return frame.contentDocument.body;
  }

  function build(kind, { in: where = "page" } = {}) {
    shape = SHAPES[kind];
    const [tag, attributes] = shape.list;
    const roledescription = isEnglish ? { "aria-roledescription": "message" } : {};
    if (kind === "grid") Object.assign(shape.row[1], roledescription);
    const box = make("div", "pane");
    const scroller = make(tag, "scroller", "", { ...attributes, style: "overflow-y: auto", "aria-label": isEnglish ? "Messages" : "Tin nhắn" });
    const field = make("textarea", "", "CANARY-TYPED nội dung đang gõ", { "aria-label": isEnglish ? "Message" : "Nhắn tin" });
    box.append(scroller, field);
    place(where).replaceChildren(make("style", "", STYLE), box);
    list = scroller;
    put("", null).textContent = "Hai bạn đã được kết nối";
  }

  function put(text, isMine, quoted = "") {
    const [tag, attributes] = shape.row;
    const row = make(tag, `row ${isMine === null ? "notice" : isMine ? "m" : "o"}`, "", attributes);
    list.append(row);
    if (isMine === null) {
      row.setAttribute("role", "status");
      return row;
    }
    if (!isMine) row.append(make("h4", "", "Người lạ"));
    const bubble = make("div", "bubble");
    if (quoted) bubble.append(make("blockquote", "", quoted));
    bubble.append(make("span", "", text), make("time", "", " 13:20"));
    row.append(bubble, make("button", "", "👍"));
    row.scrollIntoView({ block: "end" });
    return row;
  }

  build("log");
  return {
    build,
    receive: (text) => put(text, false),
    send: (text) => put(text, true),
    reply: (text, quoted) => put(text, true, quoted),
    clear: () => list.replaceChildren(),
    newest: () => list.lastElementChild,
    rerender: () => list.replaceChildren(...[...list.children].map((row) => row.cloneNode(true))),
    rename() {
      list.removeAttribute("role");
      list.removeAttribute("aria-live");
    },
  };
})();
