/* The composition: what is typed is kept on this device until it is saved, and leaving asks first.
   Without a script the same form saves all sections at once. Texts come from the page. */
(() => {
  "use strict";

  const form = document.getElementById("composition");
  if (!form) return;
  const live = document.getElementById("composition-live");
  const key = `ntm-composition:${form.dataset.person}:${form.dataset.place}`;
  const sections = [...form.querySelectorAll("[data-section]")].map((box) => {
    const name = box.dataset.section;
    const area = form.elements[`text-${name}`];
    return { name, box, area, first: area.value, version: form.elements[`version-${name}`], was: form.elements[`was-${name}`] };
  });
  let dirty = "unsaved" in form.dataset, leaving = false;

  const storage = (act) => { try { return act(window.localStorage); } catch { return null; } };
  const say = (name) => { live.textContent = form.getAttribute(`data-text-${name}`); live.classList.add("is-unsaved"); };
  const touched = (one) => one.area.value !== one.first || "typed" in one.box.dataset;
  const keep = (sent = false) => {
    const kept = sections.filter(touched).map((one) => [one.name, one.area.value, one.version.value, one.was.value, sent]);
    storage((s) => (kept.length ? s.setItem(key, JSON.stringify(kept)) : s.removeItem(key)));
    return kept.length > 0;
  };

  const restore = () => {
    let kept = [];
    try { kept = JSON.parse(storage((s) => s.getItem(key)) || "[]"); } catch { kept = []; }
    let found = false;
    for (const [name, value, version, was, sent] of kept) {
      const one = sections.find((other) => other.name === name);
      // The page itself shows what it could not store; what was sent and stands otherwise is stored.
      if (!one || "typed" in one.box.dataset || value === one.area.value) continue;
      if (sent && was !== one.was.value) continue;
      one.area.value = value;
      one.version.value = version;
      one.was.value = was;
      one.box.closest("details").open = true;
      found = true;
    }
    return found;
  };

  form.addEventListener("input", () => {
    dirty = keep();
    if (dirty) say("typing");
  });
  form.addEventListener("submit", () => { leaving = true; keep(true); });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });

  // "Where am I": the bar names the section that stands at the top, and leads to the list of all.
  const where = form.querySelector("[data-where]"), contents = document.getElementById("contents");
  const headings = [...form.querySelectorAll(".paper-part, .paper-section :is(h2, h3)")];
  const look = () => {
    const above = headings.filter((one) => one.getBoundingClientRect().top < window.innerHeight / 3);
    const here = above.at(-1);
    if (here) where.querySelector("span").textContent = here.textContent;
  };
  let waits = false;
  window.addEventListener("scroll", () => {
    if (waits) return;
    waits = true;
    window.requestAnimationFrame(() => { waits = false; look(); });
  }, { passive: true });
  // A browser brings the caret into view, not the field: who comes by keyboard sees all of it.
  form.addEventListener("keyup", (event) => {
    if (event.key === "Tab" && event.target.matches("textarea")) event.target.scrollIntoView({ block: "nearest" });
  });
  where.addEventListener("click", () => { contents.open = true; contents.querySelector("summary").focus({ preventScroll: true }); });

  if (restore()) { dirty = true; say("draft"); }
  keep();
})();
