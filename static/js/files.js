/* Names what was chosen in a choice of files, with its size (components/file_choice.html). */
(() => {
  "use strict";

  const write = (value) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  const sizeOf = (bytes) => (bytes >= 1048576 ? `${write(bytes / 1048576)} MB` : `${write(Math.ceil(bytes / 1024))} kB`);
  const line = (file) => {
    const made = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = file.name;
    made.append(name, ` · ${sizeOf(file.size)}`);
    return made;
  };
  const show = (input) => {
    const list = input.closest(".file-choice").querySelector(".file-chosen");
    const none = document.createElement("li");
    none.className = "file-none";
    none.textContent = list.dataset.none;
    list.replaceChildren(...(input.files.length ? [...input.files].map(line) : [none]));
  };

  const all = () => document.querySelectorAll(".file-input").forEach(show);
  document.documentElement.classList.add("has-file-script");
  document.addEventListener("change", (event) => {
    if (event.target instanceof Element && event.target.matches(".file-input")) show(event.target);
  });
  window.addEventListener("pageshow", all);  // a browser that goes back may still hold the files
  all();
})();
