"use strict";
// Checks the answers, writes them to a file that people can read, and takes such a file in again (see saved.py).
(() => {
  const known = JSON.parse(document.getElementById("known").textContent);
  const said = known.said;
  const byId = id => document.getElementById(id);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const form = document.querySelector("form");

  // ------------------------------------------------------------------------------------------------ the questions
  class Question {
    constructor(place) {
      this.place = place;
      this.id = place.dataset.field;
      this.kind = place.dataset.kind;
      this.parent = place.dataset.parent || "";
      this.isRequired = "required" in place.dataset;
      this.box = place.querySelector("[data-box]");
      this.radios = [...place.querySelectorAll("input[type=radio]")];
      this.options = [...place.querySelectorAll("option")].slice(1);
      this.label = place.querySelector("label, legend").firstChild.textContent.trim();
      this.fault = byId(`e-${this.id}`);
      this.hints = this.box.getAttribute("aria-describedby") || "";
    }

    get value() {
      if (this.radios.length) return (this.radios.find(radio => radio.checked) || { value: "" }).value;
      return this.box.value.replace(/\r\n?/g, "\n").trim();
    }

    set value(value) {
      if (this.radios.length) for (const radio of this.radios) radio.checked = value !== "" && radio.value === value;
      else this.box.value = value;
    }

    get target() { return this.radios[0] || this.box; }

    // What stands in the file: a choice with its code, for what it is called may change.
    get written() {
      if (!this.value) return "";
      if (this.radios.length) return this.radios.find(radio => radio.checked).dataset.word;
      const option = this.options.find(each => each.value === this.value);
      return option ? `${option.textContent} [${option.value}]` : usual(this.kind, this.value);
    }

    // Takes what stands in a file; tells whether it fits.
    take(text) {
      if (this.radios.length) {
        const radio = this.radios.find(each => each.value && fold(each.dataset.word) === fold(text));
        this.value = radio ? radio.value : "";
      } else if (this.box.tagName === "SELECT") {
        const code = (/\[([^[\]]+)\]\s*$/.exec(text) || ["", text])[1];
        const fits = this.choices();
        const option = fits.find(each => each.value === code) || fits.find(each => each.textContent === text);
        this.value = option ? option.value : "";
      } else {
        this.value = text;
      }
      return this.value !== "" || !text.trim();
    }

    // The choices that go with what was chosen before.
    choices() {
      const chosen = this.parent && questions.has(this.parent) ? questions.get(this.parent).value : "";
      return this.options.filter(option => !this.parent || option.dataset.parent === chosen);
    }

    limit() {
      const fits = this.choices(), before = this.value;
      while (this.box.options.length > 1) this.box.remove(1);
      this.box.append(...fits);
      this.box.value = fits.some(option => option.value === before) ? before : "";
      this.place.hidden = !fits.length;
    }

    show(message) {
      this.fault.textContent = message;
      this.fault.hidden = !message;
      this.place.classList.toggle("is-wrong", Boolean(message));
      const described = [this.hints, message ? this.fault.id : ""].filter(Boolean).join(" ");
      if (described) this.box.setAttribute("aria-describedby", described);
      else this.box.removeAttribute("aria-describedby");
      if (message) this.box.setAttribute("aria-invalid", "true");
      else this.box.removeAttribute("aria-invalid");
    }
  }

  const questions = new Map();
  for (const place of form.querySelectorAll("[data-field]")) {
    const question = new Question(place);
    questions.set(question.id, question);
  }
  const value = id => (questions.has(id) ? questions.get(id).value : "");

  // --------------------------------------------------------------------------------------------- what answers mean
  const two = number => String(number).padStart(2, "0");
  const written = day => `${two(day.getDate())}-${two(day.getMonth() + 1)}-${day.getFullYear()}`;
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim().toLowerCase();

  const months = new Map();
  for (const language of [known.language, "en", "nl"]) {
    for (const length of ["short", "long"]) {
      const name = new Intl.DateTimeFormat(language, { month: length });
      for (let n = 0; n < 12; n += 1) months.set(name.format(new Date(2024, n, 1)).toLowerCase().replace(".", ""), n + 1);
    }
  }

  function dayOf(text) {
    const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
      || /^(\d{1,2})[-/. ]+(\d{1,2}|\p{L}+)[-/. ]+(\d{4}|\d{2})$/u.exec(text)
      || /^(\d{2})(\d{2})(\d{4})$/.exec(text);
    if (!parts) return null;
    const [day, month, year] = parts[1].length === 4 ? [parts[3], parts[2], parts[1]] : parts.slice(1);
    const n = /\d/.test(month) ? Number(month) : months.get(month.toLowerCase()) || 0;
    const whole = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
    const found = new Date(whole, n - 1, Number(day));
    return found.getDate() === Number(day) && found.getMonth() === n - 1 && whole >= 1900 ? found : null;
  }

  const MONEY = /^-?(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?:\d{1,2}|-))?$|^-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,2}$/;
  const bare = text => text.replace(/euro?|€|'/gi, "").trim();

  function centsOf(text) {
    const amount = bare(text);
    if (!MONEY.test(amount)) return null;
    const parts = /^(-?)(.*?)(?:[.,](\d{1,2}|-))?$/.exec(amount);
    const whole = Number(parts[2].replace(/\D/g, ""));
    return (parts[1] ? -1 : 1) * (whole * 100 + Number((parts[3] || "").replace("-", "").padEnd(2, "0")));
  }

  function isPhone(text) {
    if (!/^\+?[\d\s().\-/]+$/.test(text)) return false;
    const digits = text.replace("(0)", "").replace(/\D/g, "");
    if (text.startsWith("+") || digits.startsWith("00")) return digits.length >= 9 && digits.length <= 17;
    return digits.length === 10 || (/^0[89]/.test(digits) && digits.length >= 8 && digits.length <= 11);
  }

  // A postcode of another country is taken as it is.
  const isPostcode = text => (/^\d{4}/.test(text) ? /^[1-9]\d{3}\s?(?:[a-z]{2}|\d)?$/i.test(text) : /\d/.test(text) && text.length <= 16);

  // What is wrong with an answer by itself, by its kind.
  const FORMS = {
    date: text => (dayOf(text) ? "" : said.date),
    integer: text => (/^[+-]?\d{1,9}$/.test(text) ? "" : said.number),
    money: text => (centsOf(text) === null ? said.money : ""),
    email: text => (/^[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+$/.test(text) ? "" : said.email),
    phone: text => (isPhone(text) ? "" : said.phone),
    postcode: text => (isPostcode(text) ? "" : said.postcode),
  };

  // An answer in the spelling that cannot be misread.
  function usual(kind, text) {
    const day = kind === "date" ? dayOf(text) : null;
    return day ? written(day) : text;
  }

  // ------------------------------------------------------------------------------------------------------- the rules
  const coded = id => ({ yes: "True", no: "False" }[value(id)] || value(id));
  const holds = rule => Object.entries(rule.is).every(([id, codes]) => codes.includes(coded(id)))
    && rule.filled.every(value) && !rule.empty.some(value);

  function amountOf(id) {
    const text = value(id);
    if (!text) return null;
    return questions.get(id).kind === "money" ? centsOf(text) : Number(text);
  }

  const compared = sign => (rule, id) => {
    const one = dayOf(value(id)), other = dayOf(value(rule.other));
    return one && other && (one - other) * sign < 0 ? rule.text[""] : "";
  };

  // What each kind of rule says of a field; nothing while it holds.
  const RULES = {
    required: (rule, id) => (value(id) ? "" : questions.get(id).options.length ? said.choose : rule.text[""]),
    any_of: (rule, id) => (id === rule.fields[0] && !rule.groups.some(group => group.every(value)) ? rule.text[""] : ""),
    named: (rule, id) => (value(id) && (rule.values.includes(fold(value(id))) || !/\p{L}/u.test(value(id))) ? rule.text[""] : ""),
    not_future: (rule, id) => { const day = dayOf(value(id)); return day && day > new Date() ? rule.text[""] : ""; },
    not_before_day: (rule, id) => { const day = dayOf(value(id)); return day && day < dayOf(rule.day) ? rule.text[""] : ""; },
    not_before: compared(1),
    not_after: compared(-1),
    between: (rule, id) => {
      const amount = amountOf(id);
      if (amount === null || Number.isNaN(amount)) return "";
      if (rule.minimum !== null && amount < rule.minimum) return rule.text.low;
      return rule.maximum !== null && amount > rule.maximum ? rule.text.high : "";
    },
    allowed: (rule, id) => (value(id) && !rule.values.includes(coded(id)) ? rule.text[""] : ""),
  };

  function faultOf(question) {
    if (question.place.hidden) return "";
    const text = question.value;
    if (!text && question.isRequired) return question.options.length || question.radios.length ? said.choose : said.required;
    if (text.length > known.longest) return filled(said.too_long, { over: text.length - known.longest });
    const own = text && FORMS[question.kind] ? FORMS[question.kind](text) : "";
    if (own) return own;
    for (const rule of known.rules) {
      const told = rule.fields.includes(question.id) && holds(rule) ? RULES[rule.kind](rule, question.id) : "";
      if (told) return told;
    }
    return "";
  }

  // ------------------------------------------------------------------------------------------- telling what is wrong
  const summary = byId("summary");
  const title = document.title;

  function tell(wrong) {
    const lines = [...wrong].map(question => {
      const line = document.createElement("li"), link = document.createElement("a");
      link.href = `#${question.target.id || question.box.id}`;
      link.textContent = `${question.label}${/[?!.:]$/.test(question.label) ? "" : ":"} ${question.fault.textContent}`;
      link.addEventListener("click", event => { event.preventDefault(); question.target.focus(); });
      line.append(link);
      return line;
    });
    summary.querySelector("ul").replaceChildren(...lines);
    summary.hidden = !lines.length;
    document.title = lines.length ? `${said.fault}: ${title}` : title;
  }

  // Takes whoever fills it in to a part of the page, its beginning on top.
  function reach(part) {
    part.focus({ preventScroll: true });
    part.scrollIntoView();
  }

  // Shows all that is wrong; tells whether nothing is.
  function check() {
    for (const question of questions.values()) question.show(faultOf(question));
    const wrong = [...questions.values()].filter(question => question.fault.textContent);
    tell(wrong);
    if (wrong.length) reach(summary);
    return !wrong.length;
  }

  // A message goes once it is mended; what is wrong elsewhere stays as it was told.
  function mended(left) {
    const shown = [...questions.values()].filter(question => question.fault.textContent);
    for (const question of shown) {
      const now = faultOf(question);
      if (!now || question === left) question.show(now);
    }
    if (shown.length) tell(shown.filter(question => question.fault.textContent));
  }

  // --------------------------------------------------------------------------------------------------------- the file
  function fileText(isDraft, now) {
    const told = known.written, at = { day: written(now), time: `${two(now.getHours())}.${two(now.getMinutes())}` };
    const lines = [`${known.title.toUpperCase()} [registerkit ${known.version}]`, ""];
    if (isDraft) lines.push(told.draft);
    lines.push(filled(known.organisation ? told.of : told.when, { ...at, organisation: known.organisation }));
    lines.push(known.email ? filled(told.mail, { email: known.email }) : told.send, told.go_on, "");
    for (const block of form.querySelectorAll(".block")) {
      lines.push(`== ${block.querySelector("h2").textContent} ==`, "");
      for (const place of block.querySelectorAll("[data-field]")) {
        const question = questions.get(place.dataset.field), answer = question.written;
        if (place.hidden || (!answer && !isDraft)) continue;  // A draft shows what is open still.
        lines.push(`${question.label} [${question.id}]`, ...answer.split("\n").map(line => (line ? known.indent + line : "")), "");
      }
    }
    lines.push(`== ${told.end} [registerkit] ==`, "");
    return `\ufeff${lines.join("\r\n")}`;
  }

  let isChanged = false;

  function save(isDraft) {
    const now = new Date();
    const stamp = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}`;
    const name = `${known.file}${isDraft ? `-${known.written.name_draft}` : ""}-${stamp}.txt`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([fileText(isDraft, now)], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    isChanged = false;
    return name;
  }

  // Returns the questions and answers of a file, and whether it is whole; null when this form did not make it.
  function answersIn(text) {
    const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
    const mark = new RegExp(`^\\S.*\\[registerkit ${known.version}\\]\\s*$`);
    const first = lines.slice(0, 5).findIndex(line => mark.test(line));
    if (first < 0) return null;
    const found = [];
    for (const line of lines.slice(first + 1)) {
      if (/^==.*\[registerkit\] ==\s*$/.test(line)) return { found, isWhole: true };
      const question = /^(\S.*?) ?\[([A-Za-z_]\w*)\]\s*$/.exec(line);
      if (question) found.push({ label: question[1], id: question[2], lines: [] });
      else if (found.length && /^(\s|$)/.test(line)) {
        found[found.length - 1].lines.push(line.startsWith(known.indent) ? line.slice(known.indent.length) : line.trimStart());
      }
    }
    return { found, isWhole: false };
  }

  function decoded(bytes) {
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "";
    if (wide) return new TextDecoder(wide).decode(bytes);
    try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); }
    catch { return new TextDecoder("windows-1252").decode(bytes); }
  }

  async function reopen(file) {
    const saved = file.size > 4e6 ? null : answersIn(decoded(new Uint8Array(await file.arrayBuffer())));
    if (!saved) return said.foreign;
    if (isChanged && !confirm(said.replace)) return "";
    for (const question of questions.values()) { question.value = ""; question.show(""); }
    tell([]);
    const unfit = [];
    for (const one of saved.found) {
      const question = questions.get(one.id), text = one.lines.join("\n").replace(/^\n+|\n+$/g, "");
      if (!question || !question.take(text)) { if (text) unfit.push(one.label); }
      followParents();
    }
    refresh();
    isChanged = false;
    const told = [saved.isWhole ? said.reopened : said.broken];
    if (unfit.length) told.push(filled(said.unfit, { labels: unfit.join("’, ‘") }));
    return told.join(" ");
  }

  // ------------------------------------------------------------------------------------------------------ what happens
  const done = byId("done");
  let shared = null;
  const followParents = () => { for (const question of questions.values()) if (question.parent) question.limit(); };

  function refresh() {
    followParents();
    for (const question of questions.values()) question.place.classList.toggle("is-empty", !question.value);
    for (const rule of known.rules) {
      if (rule.kind !== "required") continue;
      for (const id of rule.fields) {
        const question = questions.get(id), mark = question.place.querySelector(".needed");
        if (mark && !question.isRequired) mark.hidden = !holds(rule);
      }
    }
  }

  form.addEventListener("input", () => {
    isChanged = true;
    done.hidden = true;
    byId("drafted").textContent = "";
    refresh();
  });
  form.addEventListener("focusout", event => {
    const place = event.target.closest("[data-field]");
    const question = place && questions.get(place.dataset.field);
    if (!question || place.contains(event.relatedTarget)) return;
    const text = usual(question.kind, question.value);
    if (question.kind === "date" && text !== question.value) question.value = text;
    mended(question);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (!check()) return;
    const name = save(false), file = byId("done-file"), mail = byId("mail");
    file.textContent = filled(file.dataset.text, { file: name });
    shared = new File([fileText(false, new Date())], name, { type: "text/plain" });
    byId("share").hidden = !(navigator.canShare && navigator.canShare({ files: [shared] }));
    if (mail) {
      const values = { title: known.title, name: value(known.name), file: name };
      const [subject, body] = [known.subject, known.body].map(text => filled(text, values).trim());
      mail.href = `mailto:${known.email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replace(/\n/g, "\r\n"))}`;
    }
    byId("drafted").textContent = "";
    done.hidden = false;
    reach(done);
  });
  byId("draft").addEventListener("click", () => {
    byId("drafted").textContent = filled(said.draft, { file: save(true) });
  });
  // On most telephones the file can go straight into an e-mail; who changes his mind there has done nothing wrong.
  byId("share-button").addEventListener("click", () => {
    navigator.share({ files: [shared], title: known.title }).catch(() => {});
  });
  byId("print").addEventListener("click", () => window.print());
  byId("reopen").addEventListener("change", async event => {
    const [file] = event.target.files;
    if (file) byId("reopened").textContent = await reopen(file);
    event.target.value = "";
  });
  addEventListener("beforeunload", event => { if (isChanged) event.preventDefault(); });
  addEventListener("beforeprint", () => {
    for (const area of form.querySelectorAll("textarea")) area.style.height = area.value ? `${area.scrollHeight + 8}px` : "";
  });
  for (const part of document.querySelectorAll(".with-script")) part.hidden = false;
  refresh();
})();
