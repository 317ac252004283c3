// Search: looks for what the reader typed in the texts themselves, which are loaded part by part, the newest first,
// and only once something is searched. What was found is put on the page as text, never as markup.
(() => {
  "use strict";
  const root = document.querySelector(".nr-search[data-search]");
  if (!root) return;
  const setup = JSON.parse(root.dataset.search);
  const form = root.querySelector("form");
  const { q: words, kind, component } = form.elements;
  const said = root.querySelector(".nr-search__said");
  const list = root.querySelector("ol");
  const further = root.querySelector(".nr-search__further");
  const own = root.querySelector(".nr-search__own");
  const ENOUGH = 20; // results that are shown before older texts are loaded
  const AHEAD = 4; // parts that are loaded at a time
  const LENGTH = 140; // of a text that is shown, in characters

  // Full-width and half-width, capital and small letters are alike, and so are サーバー and サーバ: the long vowel at the
  // end of a katakana word is written or left out at will.
  const KATAKANA = /[ァ-ヺ]/;
  const same = (text) => text.normalize("NFKC").toLowerCase().replace(/ς/g, "σ");
  const fold = (text) => same(text).replace(/([ァ-ヺ])ー+(?![ァ-ヺー])/g, "$1");

  // The same, with the place in the text of each character that is left.
  const folded = (text) => {
    const letters = [], places = [];
    for (const { 0: cluster, index } of text.matchAll(/[^][\u0300-\u036f\u3099\u309a\uff9e\uff9f]*/gu)) {
      for (const letter of same(cluster).split("")) {
        letters.push(letter);
        places.push(index);
      }
    }
    let after = "";
    const kept = letters.map(() => true);
    for (let place = letters.length - 1; place >= 0; place--) {
      if (letters[place] !== "ー") {
        after = letters[place];
        continue;
      }
      let before = place;
      while (letters[before] === "ー") before--;
      const drop = KATAKANA.test(letters[before] ?? "") && !KATAKANA.test(after);
      for (let each = before + 1; each <= place; each++) kept[each] = !drop;
      place = before + 1;
      after = "ー";
    }
    const of = (values) => values.filter((_, place) => kept[place]);
    return { text: of(letters).join(""), places: [...of(places), text.length] };
  };

  // A long vowel at the beginning of what is searched may be one that was left out of the text.
  const terms = (query) => [...new Set(fold(query).split(/\s+/).map((term) => term.replace(/^ー+(?![ァ-ヺ])/, "")))].filter(Boolean);

  // Where the terms stand in a text, from and to, in order and apart.
  const marks = (text, looked) => {
    const { text: plain, places } = folded(text);
    const found = [];
    for (const term of looked) {
      for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + term.length)) {
        found.push([places[at], places[at + term.length]]);
      }
    }
    found.sort((one, other) => one[0] - other[0]);
    const apart = [];
    for (const [from, to] of found) {
      const last = apart[apart.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else apart.push([from, to]);
    }
    return apart;
  };

  const element = (name, className, ...within) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...within);
    return made;
  };

  const inWords = (text, found, from = 0, to = text.length) => {
    const pieces = [];
    for (const [start, end] of found) {
      if (end <= from || start >= to) continue;
      pieces.push(text.slice(from, Math.max(start, from)), element("mark", "", text.slice(Math.max(start, from), Math.min(end, to))));
      from = Math.min(end, to);
    }
    return [...pieces, text.slice(from, to)];
  };

  // No character is cut in two, and no short word of letters.
  const whole = (text, place) => {
    const rest = /^[\w’'-]{0,15}(?![\w’'-])/.exec(text.slice(place));
    if (place > 0 && rest && /\w/.test(text[place - 1])) return place + rest[0].length;
    return /[\udc00-\udfff]/.test(text[place] ?? "") ? place + 1 : place;
  };

  const shortened = (text, found) => {
    const first = found.length ? found[0][0] : 0;
    const from = first < LENGTH / 2 ? 0 : whole(text, first - LENGTH / 4);
    const to = Math.min(text.length, whole(text, from + LENGTH));
    return [from ? "…" : "", ...inWords(text, found, from, to), to < text.length ? "…" : ""];
  };

  const tell = (made, { text, lang }, ...within) => {
    if (lang) made.lang = lang;
    made.append(...(within.length ? within : [text]));
    return made;
  };

  // Of each part's texts what is compared, made once.
  const ready = (found) => {
    for (const each of found) {
      each.plain = each.texts.map(({ text }) => fold(text));
      each.head = fold([each.title.text, each.id ?? "", ...(each.names ?? [])].join("\n"));
    }
    return found;
  };

  const UNLOADED = new Error("the texts could not be loaded");
  const loaded = new Map();
  const load = (address) => {
    if (!loaded.has(address)) {
      const asked = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
      const given = asked.catch(() => {
        loaded.delete(address); // so that it is asked for again
        throw UNLOADED;
      });
      loaded.set(address, given.then(ready));
    }
    return loaded.get(address);
  };

  const holds = (each, looked) =>
    looked.every((term) => each.head.includes(term) || each.plain.some((text) => text.includes(term)));

  // The text that holds most of the terms; where the title says it all, the first.
  const best = (each, looked) => {
    const counts = each.plain.map((text) => looked.filter((term) => text.includes(term)).length);
    const most = Math.max(0, ...counts);
    return { told: each.texts[most ? counts.indexOf(most) : 0], most };
  };

  const shown = (each, looked) => {
    const { told, most } = best(each, looked);
    const link = element("a", "");
    link.href = each.link + (most && told.at ? `#${told.at}` : "");
    tell(link, each.title, ...inWords(each.title.text, marks(each.title.text, looked)));
    const item = element("li", "nr-search__result", element("p", "nr-search__title", link));
    if (each.kind) {
      const time = element("time", "", each.day);
      time.dateTime = each.time;
      time.dataset.day = "";
      const facts = element("p", "nr-search__facts", element("span", "", each.kind_name));
      if (each.severity) facts.append(element("span", `nr-severity nr-severity--${each.severity}`, each.severity_name));
      facts.append(time);
      for (const name of each.names) facts.append(element("span", "", ...inWords(name, marks(name, looked))));
      if (looked.some((term) => fold(each.id).includes(term))) {
        facts.append(element("code", "", ...inWords(each.id, marks(each.id, looked))));
      }
      item.append(facts);
    }
    if (told && told.text) {
      const line = element("p", "nr-search__text");
      if (told.label) line.append(element("span", "nr-search__label", told.label));
      line.append(tell(element("span", ""), told, ...shortened(told.text, marks(told.text, looked))));
      item.append(line);
    }
    return item;
  };

  const plural = new Intl.PluralRules(setup.locale);
  const count = (number, forms) => (forms[plural.select(number)] ?? forms.other).replace("{n}", number);

  let turn = 0; // of the newest search: an older one that is still loading ends where it is
  let going = null; // what is searched now: how far, and what was found

  const fits = (each, asked) =>
    (!asked.kind || each.kind === asked.kind) && (!asked.component || each.components.includes(asked.component));

  const report = (asked, state) => {
    const pages = own.hidden ? "" : ` ${count(own.querySelectorAll("li").length, setup.own)}`;
    if (state) said.textContent = state;
    else if (asked.next < setup.parts.length) said.textContent = count(asked.found, setup.some).replace("{day}", asked.day) + pages;
    else if (asked.found || pages) said.textContent = (asked.found ? count(asked.found, setup.all) : setup.pages_only) + pages;
    else said.textContent = setup.none;
    further.hidden = state === setup.searching || asked.next >= setup.parts.length;
  };

  const go = async (asked) => {
    const mine = ++turn;
    const until = asked.found + ENOUGH;
    report(asked, setup.searching);
    try {
      if (setup.pages && !asked.pages && !asked.kind && !asked.component) {
        const pages = (await load(setup.pages)).filter((each) => holds(each, asked.looked));
        if (mine !== turn) return;
        own.querySelector("ul").replaceChildren(...pages.map((each) => shown(each, asked.looked)));
        own.hidden = !pages.length;
        asked.pages = true;
      }
      while (asked.next < setup.parts.length && asked.found < until) {
        const ahead = setup.parts.slice(asked.next, asked.next + AHEAD).map(load);
        for (const each of ahead) each.catch(() => {}); // told below, when its turn has come
        const part = await ahead[0];
        if (mine !== turn) return;
        const found = part.filter((each) => fits(each, asked) && holds(each, asked.looked));
        list.append(...found.map((each) => shown(each, asked.looked)));
        asked.found += found.length;
        asked.next += 1;
        asked.day = part[part.length - 1].day;
      }
      report(asked);
    } catch (error) {
      if (mine !== turn) return;
      if (error !== UNLOADED) throw error;
      report(asked, setup.failed);
    }
  };

  const clear = () => {
    turn += 1;
    going = null;
    list.replaceChildren();
    own.hidden = further.hidden = true;
    said.textContent = "";
  };

  const begin = () => {
    const looked = terms(words.value);
    const asked = JSON.stringify([looked, kind.value, component?.value ?? ""]);
    if (going?.asked === asked && said.textContent !== setup.failed) return;
    clear();
    if (!looked.length) return;
    going = { asked, looked, kind: kind.value, component: component?.value ?? "", next: 0, found: 0, day: "", pages: false };
    go(going);
  };

  // The address always tells what is searched, so that it can be sent to others.
  const address = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(chosen).toString();
    return location.pathname + (query ? `?${query}` : "");
  };
  const search = () => {
    if (address() !== location.pathname + location.search) history.replaceState(null, "", address());
    begin();
  };
  const recall = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of [words, kind, component]) if (field) field.value = asked.get(field.name) ?? "";
    for (const field of [kind, component]) if (field && field.selectedIndex < 0) field.value = "";
    begin();
  };

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 300);
  };
  // While a word is being put together in an input method, what stands there is not yet what is meant.
  words.addEventListener("input", (event) => event.isComposing || soon());
  words.addEventListener("compositionend", soon);
  for (const field of [kind, component]) field?.addEventListener("change", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  further.firstElementChild.addEventListener("click", () => {
    const first = list.children.length;
    go(going).then(() => list.children[first]?.querySelector("a").focus());
  });
  addEventListener("popstate", recall);
  root.querySelector(".nr-search__without").hidden = true;
  form.hidden = false;
  recall();
})();
