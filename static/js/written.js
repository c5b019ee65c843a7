/* The written report saves itself a moment after typing, and keeps what was typed on this device until
   the portal has it. Without a script the Save button does the same. Texts come from the page. */
(() => {
  "use strict";

  const form = document.getElementById("written");
  if (!form) return;
  const live = document.getElementById("written-live");
  const key = `ntm-written:${form.dataset.person}:${location.pathname}`;
  const PAUSE = 1500;
  const text = (name) => form.getAttribute(`data-text-${name}`) || "";
  const parts = [...form.querySelectorAll("[data-part]")].map((box) => {
    const name = box.dataset.part;
    const field = (what) => form.elements[`${name}-${what}`];
    return { name, box, area: field("text"), nothing: field("nothing"), version: field("version"), was: field("was"), error: document.getElementById(`error-${name}`), left: box.querySelector("[data-left]") };
  });
  let timer = 0, running = false, stopped = false, leaving = false, dirty = false;

  const say = (words, wrong = false) => {
    live.textContent = words;
    live.classList.toggle("is-unsaved", wrong);
  };
  const storage = (act) => { try { return act(window.localStorage); } catch { return null; } };
  const state = () => parts.map((p) => [p.name, p.area.value, p.nothing.checked, p.version.value, p.was.value]);
  const keep = () => storage((s) => s.setItem(key, JSON.stringify(state())));
  const drop = () => storage((s) => s.removeItem(key));

  const restore = () => {
    const kept = storage((s) => s.getItem(key));
    if (!kept) return false;
    let differs = false;
    for (const [name, value, nothing, version, was] of JSON.parse(kept)) {
      const part = parts.find((p) => p.name === name);
      // A part that was not touched then shows what stands in the portal now.
      if (!part || (value === part.area.value && nothing === part.nothing.checked)) continue;
      part.area.value = value;
      part.nothing.checked = nothing;
      part.version.value = version;
      part.was.value = was;
      differs = true;
    }
    if (!differs) drop();
    return differs;
  };

  const fit = (part) => {
    const left = Number(part.left.dataset.limit) - part.area.value.length;
    part.left.textContent = left < 2000 ? `${left.toLocaleString(document.documentElement.lang)} ${text("left")}` : "";
  };
  const showErrors = (errors) => {
    for (const part of parts) {
      const error = errors[part.name] || "";
      part.error.textContent = error;
      part.area.classList.toggle("is-invalid", Boolean(error));
      if (error) part.area.setAttribute("aria-invalid", "true"); else part.area.removeAttribute("aria-invalid");
    }
  };

  const failed = (status, answer) => {
    if (status === 401) { say(text("signed-out"), true); stopped = true; return; }
    if (status >= 500) { say(text("server"), true); return; }
    say(answer.detail || text("server"), true);
    showErrors(answer.errors || {});
    // Somebody else wrote, or the report was sent meanwhile: the page's own form shows both texts.
    if (status === 409 || status === 403) stopped = true;
  };

  const save = async () => {
    if (running || stopped) return;
    running = true;
    const sent = JSON.stringify(state().map((one) => one.slice(0, 3)));
    const data = new FormData(form);
    data.set("do", "save");
    say(text("saving"));
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin" });
      const body = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : {};
      if (answer.ok) {
        for (const [name, held] of Object.entries(body.parts)) {
          const part = parts.find((p) => p.name === name);
          part.version.value = held.version;
          part.was.value = held.was;
        }
        showErrors({});
        const now = JSON.stringify(state().map((one) => one.slice(0, 3)));
        if (now === sent) { dirty = false; drop(); say(body.saved); } else { keep(); timer = setTimeout(save, PAUSE); }
      } else {
        failed(answer.status, body);
      }
    } catch {
      say(text("offline"), true);
    } finally {
      running = false;
    }
  };

  const touched = () => {
    dirty = true;
    keep();
    if (!stopped) say(text("typing"));
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", (event) => {
    const part = parts.find((p) => p.box.contains(event.target));
    if (part) fit(part);
    touched();
  });
  window.addEventListener("online", () => { if (dirty) save(); });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });

  /* ---- Word puts HTML into the clipboard: its paragraphs, lists and tables become lines ---- */
  form.addEventListener("paste", (event) => {
    const area = event.target;
    const html = event.clipboardData?.getData("text/html");
    if (!html || !(area instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    // Its looks are left out before it is read: our policy would complain about them.
    const plain = html.replace(/<style[\s\S]*?<\/style\s*>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, "");
    const words = lines(new DOMParser().parseFromString(plain, "text/html").body);
    // As if typed, so that the browser's own undo takes it back.
    if (!document.execCommand("insertText", false, words)) area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  });
  const BLOCKS = /^(P|DIV|H[1-6]|TR|UL|OL|TABLE|BLOCKQUOTE|SECTION|ARTICLE)$/;
  const lines = (root) => {
    let out = "";
    const newline = () => { if (out && !out.endsWith("\n") && !/(^|\n)(- |\d+\. )$/.test(out)) out += "\n"; };
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        const words = node.data.replace(/[\s\u00a0]+/g, " ");
        if (words !== " " || (out && !/[\n ]$/.test(out))) out += /[\n ]$/.test(out) ? words.trimStart() : words;
        return;
      }
      if (!(node instanceof Element) || /^(STYLE|SCRIPT|TITLE|HEAD|META|LINK)$/.test(node.tagName)) return;
      const block = BLOCKS.test(node.tagName);
      if (block || node.tagName === "BR") newline();
      if (node.tagName === "LI") {
        newline();
        const list = node.parentElement;
        const at = [...(list?.children || [])].filter((one) => one.tagName === "LI").indexOf(node);
        out += list?.tagName === "OL" ? `${(list.start || 1) + at}. ` : "- ";
      }
      if (/^T[DH]$/.test(node.tagName) && node.previousElementSibling) out += "; ";
      node.childNodes.forEach(walk);
      if (block || node.tagName === "LI") newline();
    };
    walk(root);
    return out.split("\n").map((line) => line.replace(/^[o·•●○▪§\uf0b7\uf0a7–—][\s\u00a0]+/, "- ").trim()).join("\n").trim();
  };

  parts.forEach(fit);
  if (restore()) { say(text("draft")); touched(); } else if ("unsaved" in form.dataset) { dirty = true; keep(); }
  parts.forEach(fit);
})();
