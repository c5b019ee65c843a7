// The verification page: says what was done, leads to the next row, counts the ticks.
// Everything works without it: each button is a plain form.
(() => {
  "use strict";
  const live = document.getElementById("review-live");
  const rows = () => [...document.querySelectorAll(".review-row")];
  const ticks = () => [...document.querySelectorAll(".review-tick input")];

  // A refused row (422) and a stale one (409) come with their own answer: it is shown.
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "(409|422)", swap: true },
    { code: "[23]..", swap: true },
    { code: "[45]..", swap: false, error: true },
  ];
  htmx.config.timeout = 20000;

  // A key held down presses once: the next row must be read before it is confirmed.
  document.addEventListener("keydown", (event) => {
    if (event.repeat && (event.key === "Enter" || event.key === " ") && event.target.closest?.("button, summary")) event.preventDefault();
  });

  /* ---- after a decision: say it, count it, go on to the next row that waits ---- */
  let decided = null;
  let before = [];
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    decided = event.detail.target.classList.contains("review-row") ? event.detail.target.id : null;
    before = decided ? flagsOf(event.detail.target) : [];
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const row = decided && document.getElementById(decided);
    decided = null;
    if (!row) return;
    count(row);
    const problem = row.querySelector(".review-error");
    if (problem) {
      live.textContent = problem.textContent.trim();
      (row.querySelector("textarea") || row.querySelector("h3 a")).focus();
      return;
    }
    if (!row.dataset.said) return;
    live.textContent = row.dataset.said;
    row.classList.add("is-said");
    next(row).focus();
  });

  const next = (row) => {
    const all = rows();
    const after = all.slice(all.indexOf(row) + 1).find((one) => !one.hidden && one.querySelector(".review-confirm"));
    return (after || row).querySelector("h3 a");
  };

  const flagsOf = (row) => row.dataset.flags.split(" ");

  // By what this row was and is: not every row that is counted stands on the page.
  const count = (row) => {
    const now = flagsOf(row);
    const moved = (name) => now.includes(name) - before.includes(name);
    const add = (number, by) => (number.textContent = Number(number.textContent) + by);
    for (const chip of document.querySelectorAll(".review-bar [data-show]")) add(chip.querySelector("b"), moved(chip.dataset.show));
    const section = row.closest(".review-indicator").id;
    for (const todo of document.querySelectorAll(".review-bar [data-todo]")) {
      if (todo.dataset.todo !== section) continue;
      add(todo.querySelector("b"), moved("todo"));
      const left = Number(todo.querySelector("b").textContent) > 0;
      todo.hidden = !left;
      todo.nextElementSibling.hidden = left;
    }
    for (const number of document.querySelectorAll("[data-tickable]")) number.textContent = ticks().length;
    countTicks();
  };

  /* ---- many at once ---- */
  const countTicks = () => {
    const many = document.querySelector(".review-many");
    if (!many) return;
    const ticked = ticks().filter((tick) => tick.checked).length;
    many.querySelector("[data-ticked]").textContent = ticked ? ` (${ticked})` : "";
    many.querySelector("button").disabled = ticked === 0;
    many.hidden = ticks().length === 0;
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches(".review-tick input")) countTicks();
  });
  document.querySelector("[data-tick-all]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const open = ticks().filter((tick) => !tick.closest(".review-row").hidden);
    const all = open.every((tick) => tick.checked);
    for (const tick of open) tick.checked = !all;
    countTicks();
  });

  /* ---- what could not be sent says so where it was pressed ---- */
  const failed = (event) => {
    const row = event.detail.elt.closest(".review-row");
    const panel = row?.querySelector(".review-panel");
    if (!panel) return;
    row.querySelector(".review-more").open = true;
    let said = panel.querySelector(".review-error");
    if (!said) {
      said = document.createElement("p");
      said.className = "review-error";
      said.setAttribute("role", "alert");
      panel.prepend(said);
    }
    said.textContent = live.dataset.textFailed;
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.body.addEventListener(name, failed);

  countTicks();
})();
