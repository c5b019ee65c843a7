/* The entry form: every row saves itself, says so, and keeps what was typed when it cannot.
   htmx sends and swaps; this file only looks after what htmx does not: drafts, retries, filters,
   the Enter key. Texts come from the page (data-text-…), so that they are translated once. */
(() => {
  "use strict";

  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  const live = document.getElementById("entry-live");
  const draftKey = (row) => `ntm-draft:${sheet.dataset.person}:${location.pathname}:${row.dataset.result}`;
  const rows = () => [...sheet.querySelectorAll(".entry-row[data-result]")];
  const rowOf = (element) => (element instanceof Element ? element.closest(".entry-row") : null);
  const fields = (row) => [...row.querySelectorAll("input[name], select[name], textarea[name]")].filter((f) => !f.closest(".entry-conflict"));
  const text = (name) => sheet.getAttribute(`data-text-${name}`) || "";
  let allowed = true;

  // A refused row (422) and a stale one (409) come with their own answer: it is shown.
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "(409|422)", swap: true },
    { code: "[23]..", swap: true },
    { code: "[45]..", swap: false, error: true },
  ];
  htmx.config.timeout = 20000;

  document.documentElement.classList.add("has-entry-script");

  /* ---- what was typed is kept until the server has it ---- */
  const typed = (row) =>
    fields(row)
      .filter((f) => f.type !== "hidden")
      .map((f) => [f.name, f.type === "radio" ? f.value : null, isChoice(f) ? f.checked : f.value]);
  // What stood in the fields before the person touched them; what differs from it is theirs.
  const bases = new WeakMap();
  const touched = (row) => {
    const before = new Map((bases.get(row) || []).map(([name, value, held]) => [`${name}=${value}`, held]));
    return [...new Set(typed(row).filter(([name, value, held]) => before.get(`${name}=${value}`) !== held).map(([name]) => name))];
  };
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

  const storage = (act) => {
    try { return act(window.localStorage); } catch { return null; }  // private windows may refuse
  };
  const versionOf = (row) => row.querySelector("input[type=hidden][name$='-version']");
  // While two versions stand against each other, only "Save mine" may store: whatever else is typed
  // meets the conflict again. No row has the version 0.
  const chosen = new WeakSet();
  const basis = (row) => (row.querySelector(".entry-conflict") && !chosen.has(row) ? "0" : versionOf(row)?.value);
  // The version it was typed against is kept too: an old draft must meet the conflict check.
  const keepDraft = (row) => storage((s) => s.setItem(draftKey(row), JSON.stringify({ version: basis(row), base: bases.get(row), fields: typed(row) })));
  const dropDraft = (row) => storage((s) => s.removeItem(draftKey(row)));

  const restoreDraft = (row) => {
    const draft = storage((s) => s.getItem(draftKey(row)));
    if (!draft) return;
    let differs = false;
    const { version, base, fields: kept } = JSON.parse(draft);
    for (const [name, value, held] of kept) {
      const field = fields(row).find((f) => f.name === name && (value === null || f.value === value));
      if (!field) continue;
      const property = isChoice(field) ? "checked" : "value";
      if (field[property] !== held) { field[property] = held; differs = true; }
    }
    if (!differs) { dropDraft(row); return; }
    if (version) versionOf(row).value = version;
    if (base) bases.set(row, base);
    row.classList.add("is-dirty");
    showUnsaved(row, text("draft"));
  };

  /* ---- a row that could not be saved says why and offers another try ---- */
  const showUnsaved = (row, why, signIn = false) => {
    clearUnsaved(row);
    const box = document.getElementById("unsaved-template").content.cloneNode(true);
    box.querySelector("[data-why]").textContent = why;
    const link = box.querySelector("[data-sign-in]");
    if (link) link.hidden = !signIn;
    row.querySelector(".entry-result").after(box);  // where "saved" would stand
    row.classList.add("is-unsaved");
    live.textContent = `${row.dataset.code}: ${why}`;
  };
  const clearUnsaved = (row) => {
    row.classList.remove("is-unsaved");
    row.querySelector(".entry-unsaved")?.remove();
  };
  // What failed is tried again: the row's own save, or the button that was pressed in it.
  const failed = new WeakMap();
  const retry = (row) => {
    allowed = true;
    const button = failed.get(row);
    failed.delete(row);
    if (button?.isConnected) button.click(); else htmx.trigger(row, "retry");
  };

  const whyFailed = (status, refused, person) => {
    if (person && person !== sheet.dataset.person) return text("other");
    if (refused === "token") return text("old-page");
    if (status === 401) return text("signed-out");
    if (status === 403) return text("forbidden");
    if (status === 404) return text("gone");
    return text("server");
  };

  document.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (row && sheet.contains(row)) { row.classList.add("is-dirty"); keepDraft(row); }
  });

  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.split("; ").find((c) => c.startsWith("csrftoken="));
    if (token) event.detail.headers["X-CSRFToken"] = token.split("=")[1];
    const row = rowOf(event.detail.elt);
    if (!row || event.detail.elt !== row) return;
    event.detail.parameters[`${row.dataset.result}-touched`] = touched(row).join(",");
    event.detail.parameters[`${row.dataset.result}-version`] = basis(row);
    chosen.delete(row);
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const row = rowOf(event.detail.elt);
    if (!row) return;
    row.dataset.sent = JSON.stringify(typed(row));
    row.classList.add("is-saving");
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const row = rowOf(event.detail.elt);
    if (!row) return;
    row.classList.remove("is-saving");
    const status = event.detail.xhr?.status || 0;
    if (status === 0 || status >= 400) {
      // The last that failed: what was typed after a press that failed is not that press any more.
      if (event.detail.elt !== row) failed.set(row, event.detail.elt); else failed.delete(row);
    }
    if (status >= 200 && status < 300) {
      clearUnsaved(row);
      failed.delete(row);
      if (event.detail.elt === row) bases.set(row, JSON.parse(row.dataset.sent));
      if (row.dataset.sent === JSON.stringify(typed(row))) {
        row.classList.remove("is-dirty");
        dropDraft(row);
      }
    } else if (status === 409 || status === 422) {
      clearUnsaved(row);
    }
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const row = rowOf(event.detail.elt);
    const status = event.detail.xhr.status;
    const refused = event.detail.xhr.getResponseHeader("X-Refused");
    const person = event.detail.xhr.getResponseHeader("X-Person");
    if (row) showUnsaved(row, whyFailed(status, refused, person), status === 401);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, (event) => {
      const row = rowOf(event.detail.elt);
      if (row) showUnsaved(row, text("offline"));
    });
  }
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const row = rowOf(event.detail.elt);
    if (row) { merge(row); marked(row); keepFocus(row); }
  });
  // Fields that nobody touched here take over what somebody else has stored meanwhile.
  const merge = (row) => {
    const box = row.querySelector("[data-stored]");
    if (!box) return;
    const stored = JSON.parse(box.dataset.stored);
    const mine = touched(row);
    delete box.dataset.stored;
    const texts = fields(row).filter((f) => f.name in stored);
    const base = texts.map((f) => [f.name, f.type === "radio" ? f.value : null, isChoice(f) ? f.value === stored[f.name] : stored[f.name]]);
    for (const field of texts.filter((f) => !mine.includes(f.name))) {
      if (isChoice(field)) field.checked = field.value === stored[field.name]; else field.value = stored[field.name];
    }
    bases.set(row, base);
    keepDraft(row);
  };
  // A save swaps the row's "keep unchanged" too. Pressed while that save was under way it waits for
  // its turn, and a button that has left the page would never have it.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.id.startsWith("keep-") && target.querySelector("button") && fragment.querySelector("button")) event.detail.shouldSwap = false;
  });
  // A button that leaves with its row must not take the keyboard's place along.
  let pressed = "";
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const held = document.activeElement, row = rowOf(held);
    const leaves = row && (event.detail.target === row || held.closest(".entry-conflict, .entry-unsaved"));
    pressed = leaves ? row.id : "";
  });
  const keepFocus = (row) => {
    if (!pressed || row.id !== pressed) return;
    pressed = "";
    if (document.activeElement !== document.body) return;
    (row.querySelector(".entry-inputs input, .entry-inputs select") || row.querySelector("summary"))?.focus({ preventScroll: true });
  };

  /* ---- after a row's answer: fields in error are marked, the screen reader hears the outcome ---- */
  const marked = (row) => {
    for (const slot of row.querySelectorAll(".field-error[data-for]")) {
      const wrong = slot.textContent.trim() !== "";
      for (const field of fields(row).filter((f) => f.name === slot.dataset.for)) {
        if (wrong) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
    const said = row.querySelector("[data-said]");
    if (said) live.textContent = `${row.dataset.code}: ${said.dataset.said}`;
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const row = rowOf(target);
    if (row && target.closest(".entry-conflict [data-retry]")) chosen.add(row);
    if (row && target.closest("[data-retry]")) retry(row);
    if (row && target.closest("[data-clear]")) { clearAnswers(row); }
    if (target.closest("[data-checks]") && unsaved().length) { event.preventDefault(); showFirst(unsaved()[0]); }
    const chip = target.closest("[data-show]");
    if (chip && sheet.parentElement.contains(chip)) { event.preventDefault(); show(chip); }
    if (target.closest("[data-fold-all]")) fold(target.closest("[data-fold-all]"));
  });
  window.addEventListener("online", () => rows().filter((r) => r.classList.contains("is-unsaved")).forEach(retry));
  window.addEventListener("beforeunload", (event) => {
    if (allowed && unsaved().length) event.preventDefault();
  });

  // Typed and not stored: refused, or without a connection. A save under way is not among them.
  const unsaved = () => rows().filter((r) => r.classList.contains("is-dirty") && !r.classList.contains("is-saving") && (r.classList.contains("is-unsaved") || r.querySelector("[aria-invalid=true], .entry-conflict")));
  const showFirst = (row) => {
    row.hidden = false;
    const part = row.closest(".criterion");
    part.hidden = false;
    part.open = true;
    if (!row.classList.contains("is-unsaved")) live.textContent = `${row.dataset.code}: ${text("first")}`;
    const field = row.querySelector("[aria-invalid=true], .entry-conflict [data-retry]") || row.querySelector("[data-retry], input, select");
    field.focus();
    row.scrollIntoView({ block: "center" });
  };

  const clearAnswers = (row) => {
    for (const field of fields(row)) {
      if (field.type === "hidden" || field.name.endsWith("-note")) continue;
      if (isChoice(field)) field.checked = false; else field.value = "";
    }
    row.classList.add("is-dirty");
    keepDraft(row);
    htmx.trigger(row, "retry");
  };

  /* ---- filters: what stands in the page is hidden or shown, nothing is loaded ---- */
  const show = (chip) => {
    const which = chip.dataset.show;
    for (const other of document.querySelectorAll("[data-show]")) {
      if (other === chip) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current");
    }
    let left = 0;
    for (const row of rows()) {
      const flags = row.querySelector("[data-flags]")?.dataset.flags.split(" ") || [];
      row.hidden = !flags.includes(which);
      left += row.hidden ? 0 : 1;
    }
    for (const part of sheet.querySelectorAll(".criterion")) {
      part.hidden = !part.querySelector(".entry-row:not([hidden])");
      if (which !== "all" && !part.hidden) part.open = true;
    }
    document.getElementById("nothing-here").hidden = left > 0;
    history.replaceState(null, "", which === "all" ? location.pathname : `?show=${which}`);
    live.textContent = `${chip.textContent.trim().replace(/\s+/g, " ")}`;
  };

  const fold = (button) => {
    const open = button.getAttribute("aria-expanded") !== "true";
    for (const part of sheet.querySelectorAll(".criterion")) part.open = open;
    button.setAttribute("aria-expanded", String(open));
    button.querySelector("[data-words]").textContent = open ? button.dataset.close : button.dataset.open;
  };

  /* ---- Enter goes on to the next field instead of sending the whole page ---- */
  sheet.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || !field.name) return;
    event.preventDefault();
    const all = [...sheet.querySelectorAll(".entry-row:not([hidden]) .entry-inputs input, .entry-row:not([hidden]) .entry-inputs select")]
      .filter((f) => f.offsetParent !== null || f.type === "radio");
    const next = all[all.indexOf(field) + 1];
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (next) next.focus();
  });

  /* ---- whoever comes for one row stands in the field that it lacks ---- */
  const arrive = () => {
    const row = /^#row-/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!row) return;
    const note = row.querySelector(".entry-warning:not(.is-answered)") && row.querySelector("[name$='-note']");
    row.closest(".criterion").open = true;
    if (note) note.closest("details").open = true;
    (note || row.querySelector(".entry-inputs :is(input, select)"))?.focus({ preventScroll: true });
    (note || row).scrollIntoView({ block: note ? "center" : "start" });
  };
  window.addEventListener("hashchange", arrive);

  document.body.addEventListener("htmx:load", (event) => {
    const row = event.detail.elt;
    if (!row.matches(".entry-row[data-result]") || !sheet.contains(row)) return;
    bases.set(row, typed(row));
    // A row that came whole, by a button in it, holds what is stored: that was the person's choice.
    if (!row.querySelector(".entry-conflict, .field-error:not(:empty)")) dropDraft(row);
  });
  for (const row of rows()) { bases.set(row, typed(row)); restoreDraft(row); }
  // The browser takes the focus away once more when it has gone to the anchor by itself.
  window.addEventListener("load", () => setTimeout(() => document.activeElement === document.body && arrive()));
})();
