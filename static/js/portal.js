// The frame of every page: the theme button. Menus are popovers and need no script.
(() => {
  const root = document.documentElement;
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
