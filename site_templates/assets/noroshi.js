// Words that follow the reader's clock: what is due in so long, what is overdue since, what a plan has passed, how long
// ago was the last report; and the reader's own time beside each time, where it is not the site's. Wordings and times
// stand in the page (data-words, data-at, data-before, data-after, data-since, data-ago); without this script the
// absolute times there say the same. The clock changes words only: no status, and nothing that a report must say.
(() => {
  "use strict";
  const root = document.querySelector(".nr[data-words]");
  if (!root) return;
  const words = JSON.parse(root.dataset.words);
  const beside = new WeakMap();

  // Its first space may break a line, the others keep together what stands in brackets.
  const unbroken = (text) => text.replace(/(?<=.) /g, "\u00a0");

  const make = (name, text = "") => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = unbroken(text);
    return span;
  };

  // A time's companion: the time of day where the reader is, with its day where that is another.
  const accompany = (times) => {
    const format = (zone, shape) => new Intl.DateTimeFormat(words.locale, { timeZone: zone, ...shape });
    const day = { month: "long", day: "numeric" };
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const formats = [day, clock].map((shape) => [format(words.zone, shape), format(undefined, shape)]);
    let first;
    for (const time of times) {
      const moment = new Date(time.dateTime);
      const [days, clocks] = formats.map((pair) => pair.map((each) => each.format(moment)));
      if (days[0] === days[1] && clocks[0] === clocks[1]) continue;
      const said = days[0] === days[1] ? clocks[1] : words.moment.replace("{date}", days[1]).replace("{time}", clocks[1]);
      const span = make("nr-yours", words.yours.replace("{time}", said));
      time.after(span);
      beside.set(time, span);
      first ??= moment;
    }
    const note = first && root.querySelector(".nr-zone");
    if (!note) return;
    const parts = format(undefined, { timeZoneName: "long" }).formatToParts(first); // its name in summer or winter
    const zone = parts.find((part) => part.type === "timeZoneName").value;
    const said = make("nr-yours-note");
    said.textContent = words.note.replace("{zone}", zone);
    note.append(" ", said);
  };
  try {
    accompany(root.querySelectorAll(":not(s) > time:not([data-day])"));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // this browser does not know the site's zone: its times stand alone
  }
  if (!words.minute) return; // a site as it stood at a past time stands still

  const plural = new Intl.PluralRules(words.locale);
  const count = (number, forms) => (forms[plural.select(number)] ?? forms.other).replace("{n}", number);

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
  const isNew = (element, text) => told.get(element) !== text && told.set(element, text); // who hears it is left in peace

  const tell = (element, now) => {
    const { at, since, before, after } = element.dataset;
    const past = now > Date.parse(at); // at its time nothing is late yet
    const wording = past ? after : before;
    element.hidden = wording === undefined;
    element.classList.toggle("nr-past", past);
    if (wording === undefined) return;
    const text = wording.replace("{t}", length(Math.abs(now - Date.parse(since || at))));
    if (!isNew(element, text)) return;
    const time = element.querySelector("time");
    const [lead, rest] = text.split("{time}");
    if (time && rest !== undefined) element.replaceChildren(lead, time, beside.get(time) ?? "", rest);
    else element.textContent = text;
  };

  // How long ago, for two days: whoever reads of an old incident needs the date.
  const age = ([time, span], now) => {
    const passed = now - Date.parse(time.dateTime);
    const text = passed < 60000 ? words.now : words.ago.replace("{t}", length(passed));
    span.hidden = passed < 0 || passed >= 172800000;
    if (!span.hidden && isNew(span, text)) span.textContent = unbroken(text);
  };

  const elements = root.querySelectorAll("[data-at]");
  const recent = Array.from(root.querySelectorAll("[data-ago] > time"), (time) => [time, make("nr-ago")]);
  for (const [time, span] of recent) (beside.get(time) ?? time).after(span);
  const tick = () => {
    const now = Date.now();
    for (const element of elements) tell(element, now);
    for (const pair of recent) age(pair, now);
  };
  tick();
  setInterval(tick, 30000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  window.addEventListener("pageshow", tick);
})();

// Buttons that copy the address beside them, which a click or tap selects whole without this script too.
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

// The colours: those of the reader's device, until this button says otherwise, here and on every other page.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const choices = ["auto", "light", "dark"];
  const button = document.querySelector(".nr-scheme");
  let choice = root.dataset.nrScheme || "auto"; // the head has set it before anything was painted

  const show = () => {
    if (choice === "auto") delete root.dataset.nrScheme;
    else root.dataset.nrScheme = choice;
    // What Material's styles and script ask for, on the pages that carry them.
    const shown = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    if (document.body.dataset.mdColorScheme) document.body.dataset.mdColorScheme = shown === "dark" ? "slate" : "default";
    if (button) button.querySelector("span").textContent = button.dataset[choice];
  };

  show();
  dark.addEventListener("change", show);
  window.addEventListener("storage", (event) => {
    if (event.key !== "nr-scheme") return;
    choice = choices.includes(event.newValue) ? event.newValue : "auto";
    show();
  });
  if (!button) return;
  button.addEventListener("click", () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length];
    show();
    try {
      if (choice === "auto") localStorage.removeItem("nr-scheme");
      else localStorage.setItem("nr-scheme", choice);
    } catch {
      // kept for this page alone, where the browser keeps nothing
    }
  });
  button.hidden = false;
})();

// Rows of a list, chosen at once by what they tell in their data; what is chosen stands in the page's address, so that
// it can be sent to somebody. Without this script links lead to pages of each kind, severity and service.
(() => {
  "use strict";
  const form = document.querySelector(".nr-filter");
  const rows = [...document.querySelectorAll(".nr-row[data-kind]")];
  if (!form || rows.length < 2) return;
  const choices = [...form.elements].filter((element) => element.name);
  const periods = document.querySelectorAll(".nr-period");
  const beside = document.querySelectorAll(".nr-neighbours a");
  const ways = [...beside].map((link) => link.getAttribute("href"));
  const all = form.querySelector("button");
  const count = form.querySelector("[role=status]");

  const query = () => {
    const found = new URLSearchParams(location.search);
    for (const { name, value } of choices) value ? found.set(name, value) : found.delete(name);
    const said = found.toString();
    return said && `?${said}`;
  };

  const show = () => {
    const chosen = choices.filter(({ value }) => value);
    let shown = 0;
    for (const row of rows) {
      const fits = chosen.every(({ name, value }) => row.dataset[name].split(" ").includes(value));
      row.hidden = !fits;
      shown += fits;
    }
    for (const period of periods) period.hidden = !period.querySelector(".nr-row:not([hidden])");
    all.hidden = !chosen.length;
    count.textContent = form.dataset.said.replace("{shown}", shown).replace("{all}", rows.length);
    beside.forEach((link, place) => link.setAttribute("href", ways[place] + query()));
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const choice of choices) {
      choice.value = asked.get(choice.name) || "";
      if (choice.selectedIndex < 0) choice.value = ""; // nothing here is called so
    }
    show();
  };

  const choose = () => {
    show();
    history.replaceState(null, "", location.pathname + query() + location.hash);
  };
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => (choose(), choices[0].focus())));
  window.addEventListener("pageshow", read);
  read();
  form.hidden = false;
})();
