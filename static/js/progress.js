/* Files that are being made: the list looks again by itself, with growing pauses, until all are made.
   Only the file whose state has changed is drawn anew, in the room that it had: nothing moves, and
   the focus stays. Without a script the page says to load it again. Texts come from the page. */
(() => {
  "use strict";

  const FIRST = 1500, LONGEST = 20000, GROWTH = 1.4, PATIENCE = 30 * 60 * 1000;

  const watch = (box) => {
    const live = box.querySelector("[data-progress-live]");
    const note = box.querySelector("[data-progress-note]");
    const begun = Date.now();
    let pause = FIRST, failures = 0;
    const list = () => box.querySelector("ul");
    const tell = (text) => { if (note) note.textContent = note.getAttribute(`data-text-${text}`); };

    // Of a draft that was changed meanwhile the files are thrown away: then there is nothing to have.
    const outcome = () => ["failed", "done"].find((state) => box.querySelector(`[data-state="${state}"]`)) ?? "gone";

    const draw = (fresh) => {
      const said = [];
      for (const now of fresh.querySelectorAll("[data-file]")) {
        const old = box.querySelector(`[data-file="${CSS.escape(now.dataset.file)}"]`);
        if (!old || old.dataset.state === now.dataset.state) continue;
        const held = old.contains(document.activeElement);
        if (now.dataset.state !== "running") said.push(now.dataset.said);
        old.replaceWith(now);
        if (held) now.querySelector("a, button").focus({ preventScroll: true });
      }
      list().toggleAttribute("data-under-way", fresh.hasAttribute("data-under-way"));
      if (said.length) live.textContent = said.join(". ");
      return said.length > 0;
    };

    const look = async () => {
      if (document.hidden) return document.addEventListener("visibilitychange", look, { once: true });
      let answer = null;
      try {
        answer = await fetch(box.dataset.progress, { headers: { "HX-Request": "true" }, cache: "no-store" });
      } catch { answer = null; }
      if (answer?.ok) {
        const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = parsed.querySelector("ul.paper-made");
        if (!fresh) return tell("stopped");
        failures = 0;
        pause = draw(fresh) ? FIRST : Math.min(pause * GROWTH, LONGEST);
        if (!fresh.hasAttribute("data-under-way")) return tell(outcome());
      } else {
        // Signed out, or the draft is gone: asking again would not help. A lost connection may.
        failures += 1;
        if ((answer && answer.status < 500) || failures > 5) return tell("stopped");
        pause = Math.min(pause * 2, LONGEST);
      }
      if (Date.now() - begun > PATIENCE) return tell("stopped");
      window.setTimeout(look, pause);
    };

    if (!list()?.hasAttribute("data-under-way")) return;
    tell("waiting");
    window.setTimeout(look, pause);
  };

  document.querySelectorAll("[data-progress]").forEach(watch);
})();
