/* A comment that could not be sent says so beside its button; what was typed stays in the field. */
(() => {
  "use strict";
  const slotOf = (element) =>
    element instanceof Element ? element.closest("form")?.querySelector("[data-not-sent]") : null;
  const say = (event) => {
    const slot = slotOf(event.detail.elt);
    if (!slot) return;
    const status = event.detail.xhr?.status;
    slot.textContent = slot.getAttribute(status === 401 ? "data-signed-out" : "data-not-sent");
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, say);
  }
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const slot = slotOf(event.detail.elt);
    if (slot) slot.textContent = "";
  });
})();
