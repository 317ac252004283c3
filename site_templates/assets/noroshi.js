// Words that follow the reader's clock: what is due in so long, what is overdue since, what a plan has passed.
// Wordings and times stand in the page (data-at, data-before, data-after, data-since); without this script the
// absolute times there say the same. The clock changes words only: no status, and nothing that a report must say.
// And buttons that copy the address beside them, which a click or tap selects whole without this script too.
(() => {
  "use strict";
  const root = document.querySelector(".nr[data-minute]");
  if (!root) return;
  const words = root.dataset;

  const count = (number, forms) => {
    const form = forms.split("|");
    return form[number === 1 ? 0 : form.length - 1].replace("{n}", number);
  };

  // The two largest units, rounded down to the minute, never less than one minute.
  const length = (milliseconds) => {
    const minutes = Math.max(1, Math.floor(milliseconds / 60000));
    const units = [
      [Math.floor(minutes / 1440), words.day],
      [Math.floor(minutes / 60) % 24, words.hour],
      [minutes % 60, words.minute],
    ];
    const said = units.filter(([number]) => number).slice(0, 2).map(([number, forms]) => count(number, forms));
    if (said.length === 1) return said[0];
    return words.pair.replace("{larger_unit}", said[0]).replace("{smaller_unit}", said[1]);
  };

  const told = new WeakMap();

  const tell = (element, now) => {
    const { at, since, before, after } = element.dataset;
    const past = now > Date.parse(at); // at its time nothing is late yet
    const wording = past ? after : before;
    element.hidden = wording === undefined;
    element.classList.toggle("nr-past", past);
    if (wording === undefined) return;
    const text = wording.replace("{t}", length(Math.abs(now - Date.parse(since || at))));
    if (told.get(element) === text) return; // whoever selects or hears it is left in peace
    told.set(element, text);
    const time = element.querySelector("time");
    const [lead, rest] = text.split("{time}");
    if (time && rest !== undefined) element.replaceChildren(lead, time, rest);
    else element.textContent = text;
  };

  const elements = root.querySelectorAll("[data-at]");
  const tick = () => {
    const now = Date.now();
    for (const element of elements) tell(element, now);
  };
  tick();
  setInterval(tick, 30000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  window.addEventListener("pageshow", tick);
})();

(() => {
  "use strict";
  if (!navigator.clipboard) return; // browsers let pages copy on https and localhost alone
  for (const button of document.querySelectorAll(".nr-copy__button")) {
    const words = button.textContent;
    const spoken = button.getAttribute("aria-label");
    let back;
    const say = (done) => {
      button.textContent = done ? button.dataset.done : words;
      button.ariaLabel = done ? button.dataset.done : spoken;
      button.classList.toggle("nr-copy__button--done", done);
    };
    button.addEventListener("click", async () => {
      const text = button.previousElementSibling;
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        getSelection().selectAllChildren(text); // the reader's own way to copy is one key away
        return;
      }
      say(true);
      clearTimeout(back);
      back = setTimeout(say, 2000, false);
    });
    button.hidden = false;
  }
})();
