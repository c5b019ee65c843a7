// A picture in an <img> knows neither our letters nor the dark: drawn into the page it has both.
// Without a script, or when it does not come, the picture stays as it is.
(() => {
  const draw = async (image) => {
    const answer = await fetch(image.currentSrc || image.src);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (drawn.localName !== "svg") return;
    drawn.removeAttribute("font-family");
    for (const text of drawn.querySelectorAll("[font-family]")) text.removeAttribute("font-family");
    // Its words are one picture, named as the <img> was.
    drawn.querySelector(":scope > title")?.remove();
    drawn.setAttribute("aria-label", image.alt);
    drawn.classList.add("drawn");
    image.replaceWith(document.importNode(drawn, true));
  };
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target).catch(() => {});
    }
  }, { rootMargin: "600px" });
  for (const image of document.querySelectorAll(".charts .chart img")) seen.observe(image);
})();
