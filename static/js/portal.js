// The frame of every page: the theme button, a form pressed twice goes once, and nothing typed is
// left behind at sign-out. Menus are popovers and need no script.
(() => {
  // The second of two quick presses, or a key held down: the first is still on its way. Both would
  // act once, but only the answer to the second would be read.
  const sentAt = new WeakMap();
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (event.timeStamp - (sentAt.get(event.target) ?? -Infinity) < 1000) event.preventDefault();
    sentAt.set(event.target, event.timeStamp);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    try {
      const drafts = Object.keys(localStorage).filter((key) => key.startsWith("ntm-draft:"));
      if (drafts.length && !window.confirm(event.target.dataset.signOut)) event.preventDefault();
      else for (const key of drafts) localStorage.removeItem(key);
    } catch {
      // A private window keeps nothing anyway.
    }
  });
  const root = document.documentElement;
  // What stays at the top must not hide what the keyboard comes to.
  const bar = document.querySelector(".entry-bar, .review-bar");
  if (bar) new ResizeObserver(() => root.style.setProperty("--held", `${(bar.offsetHeight ? bar : bar.firstElementChild).offsetHeight}px`)).observe(document.body);
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    const show = () => button.setAttribute("aria-pressed", root.dataset.bsTheme === "dark");
    button.hidden = false;
    show();
    new MutationObserver(show).observe(root, { attributeFilter: ["data-bs-theme"] });
    button.addEventListener("click", () => {
      const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      root.dataset.bsTheme = theme;
      try {
        localStorage.setItem("theme", theme);
      } catch {
        // The choice then lasts for this page only.
      }
    });
  }
})();
