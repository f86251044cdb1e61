// window.links.add(href, text) puts one link on the page; fill(count) puts many, and times the page.
"use strict";

window.links = (() => {
  const more = document.querySelector("#more");

  function make(href, text) {
    const paragraph = document.createElement("p");
    const anchor = document.createElement("a");
    anchor.href = href;
    anchor.textContent = text;
    paragraph.append(anchor);
    return paragraph;
  }

  const longTasks = [];
  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })));
  }).observe({ type: "longtask" });

  return {
    longTasks,
    add: (href, text) => more.append(make(href, text)),
    fill(count) {
      const rows = Array.from({ length: count }, (_, place) =>
        make(`https://trang-${place % 5000}.example/bai-${place}`, `Bài số ${place}`),
      );
      more.append(...rows);
    },
  };
})();
