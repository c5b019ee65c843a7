/* Files behind a row: chosen, dropped, pasted or photographed, sent one after the other with their
   progress, tried again when the connection broke. Works on the entry form (a block in each row)
   and on a row's own page. Nothing in the rows' fields is touched. Texts: #evidence-texts. */
(() => {
  "use strict";

  const texts = document.getElementById("evidence-texts");
  if (!texts) return;
  const text = (name) => texts.getAttribute(`data-text-${name}`) || "";
  const live = document.getElementById("entry-live");
  const say = (words) => { if (live) live.textContent = words; };
  const zoneOf = (element) => (element instanceof Element ? element.closest(".entry-row, [data-drop-zone]") : null);
  const blockIn = (zone) => zone?.querySelector("[data-evidence]");
  const queue = [];
  let busy = null;

  document.documentElement.classList.add("has-evidence-script");

  /* ---- one file on its way: a line with its name, its progress and what happened ---- */
  const listIn = (zone) => {
    let list = zone.querySelector(".evidence-queue");
    if (!list) {
      list = document.createElement("ul");
      list.className = "evidence-queue";
      blockIn(zone).after(list);
    }
    return list;
  };
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm btn-secondary";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };
  const add = (zone, files) => {
    for (const file of files) {
      const line = document.createElement("li");
      line.innerHTML = '<b></b><span class="evidence-queue-acts"></span><p class="evidence-says"></p>';
      line.querySelector("b").textContent = file.name;
      listIn(zone).append(line);
      const job = { zone, file, line };
      const max = Number(texts.dataset.max);
      if (!file.size) fail(job, text("empty"), false);
      else if (file.size > max) fail(job, text("large"), false);
      else { queue.push(job); says(job, text("waiting")); }
    }
    next();
  };
  const says = (job, words) => { job.line.querySelector(".evidence-says").textContent = words; };
  const acts = (job, ...buttons) => job.line.querySelector(".evidence-queue-acts").replaceChildren(...buttons);
  const dismiss = (job) => button(text("dismiss"), () => job.line.remove());

  const fail = (job, words, again = true) => {
    job.line.querySelector("progress")?.remove();
    job.line.classList.add("is-failed");
    job.failed = again;
    says(job, words);
    acts(job, ...(again ? [button(text("retry"), () => retry(job))] : []), dismiss(job));
    say(`${job.file.name}: ${words}`);
  };
  const retry = (job) => {
    if (!job.failed || !job.line.isConnected) return;
    job.failed = false;
    job.line.classList.remove("is-failed");
    acts(job);
    says(job, text("waiting"));
    queue.push(job);
    next();
  };

  /* ---- one at a time: on a thin line two files only slow each other down ---- */
  const next = () => {
    if (busy || !queue.length) return;
    busy = queue.shift();
    send(busy);
  };
  const done = () => { busy = null; next(); };

  const send = (job) => {
    const block = blockIn(job.zone);
    if (!block) { fail(job, text("forbidden"), false); done(); return; }
    const body = new FormData();
    body.append("files", job.file, job.file.name);
    body.append("shown", block.dataset.shown || "row");
    const bar = document.createElement("progress");
    bar.className = "bar";
    bar.max = 100;
    bar.setAttribute("aria-label", `${job.file.name}: ${text("sending")}`);
    job.line.append(bar);
    says(job, text("sending"));
    const request = new XMLHttpRequest();
    request.open("POST", block.dataset.evidence);
    request.setRequestHeader("HX-Request", "true");
    const token = document.cookie.split("; ").find((c) => c.startsWith("csrftoken="));
    if (token) request.setRequestHeader("X-CSRFToken", token.split("=")[1]);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const share = Math.floor((100 * event.loaded) / event.total);
      bar.value = share;
      says(job, share < 100 ? `${text("sending")} ${share} %` : text("checking"));
    });
    request.addEventListener("load", () => { answered(job, request); done(); });
    for (const name of ["error", "abort", "timeout"]) {
      request.addEventListener(name, () => { fail(job, text("offline")); done(); });
    }
    request.send(body);
  };

  const answered = (job, request) => {
    let body = null;
    try { body = JSON.parse(request.responseText); } catch { body = null; }
    const status = request.status;
    if (body?.html) replace(job.zone, body.html);
    if (status === 200 && body) {
      const words = body.sentences.join(" ");
      say(words);
      job.line.querySelector("progress")?.remove();
      if (body.quiet) job.line.remove();
      else { says(job, words); acts(job, dismiss(job)); }
    } else if (body?.sentences) {
      fail(job, body.sentences.map((s) => s.replace(`${job.file.name}: `, "")).join(" "), status === 503);
    } else if (status === 401) fail(job, text("signed-out"));
    else if (status === 403 || status === 404) fail(job, text("forbidden"), false);
    else fail(job, text("server"));
  };

  const replace = (zone, html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = template.content.firstElementChild;
    const old = zone.querySelector(`#${CSS.escape(fresh.id)}`);
    const open = old?.querySelector("details")?.open;
    old?.replaceWith(fresh);
    if (open && fresh.querySelector(":scope > details")) fresh.querySelector(":scope > details").open = true;
    camera(zone);
  };

  /* ---- choosing, and the phone's camera ---- */
  const pick = (zone, withCamera) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = !withCamera;
    input.accept = withCamera ? "image/*" : texts.dataset.accept;
    if (withCamera) input.setAttribute("capture", "environment");
    input.addEventListener("change", () => add(zone, [...input.files]));
    input.click();
  };
  const camera = (root) => {
    for (const block of root.querySelectorAll("[data-evidence]")) {
      if (block.querySelector(".evidence-camera")) continue;
      const made = document.createElement("button");
      made.type = "button";
      made.className = "evidence-add evidence-camera";
      made.dataset.camera = "";
      made.textContent = text("camera");
      const after = block.querySelector("[data-add]");
      if (after) after.after(made); else block.append(made);
    }
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-add], [data-camera]") : null;
    const zone = zoneOf(target);
    if (!target || !blockIn(zone)) return;
    event.preventDefault();
    pick(zone, "camera" in target.dataset);
  });
  const form = document.querySelector(".evidence-upload");
  form?.addEventListener("submit", (event) => {
    const input = form.querySelector("input[type=file]");
    if (!input.files.length) return;  // the server says what is missing
    event.preventDefault();
    add(zoneOf(form), [...input.files]);
    input.value = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* ---- dropping onto a row, pasting while one is in it ---- */
  const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  let over = null;
  const mark = (zone) => {
    if (over === zone) return;
    over?.classList.remove("is-drop-target");
    zone?.classList.add("is-drop-target");
    over = zone;
  };
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();  // a file dropped beside a row must not replace the page
    const zone = zoneOf(event.target);
    const takes = Boolean(blockIn(zone));
    event.dataTransfer.dropEffect = takes ? "copy" : "none";
    mark(takes ? zone : null);
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(null); });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const zone = zoneOf(event.target);
    mark(null);
    if (blockIn(zone)) add(zone, [...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    const zone = zoneOf(event.target) || document.querySelector("[data-drop-zone]");
    if (!files.length || !blockIn(zone)) return;
    event.preventDefault();
    add(zone, files.map(named));
  });
  const named = (file) => {
    if (file.name && !/^image\.\w+$/.test(file.name)) return file;
    const now = new Date();
    const moment = `${now.getHours()}h${String(now.getMinutes()).padStart(2, "0")}`;
    return new File([file], `${text("pasted")} ${moment}.${file.type.split("/")[1] || "png"}`, { type: file.type });
  };

  /* ---- the connection comes back; the page is left while a file is under way ---- */
  window.addEventListener("online", () => {
    for (const line of document.querySelectorAll(".evidence-queue .is-failed")) {
      [...line.querySelectorAll("button")].find((b) => b.textContent === text("retry"))?.click();
    }
  });
  window.addEventListener("beforeunload", (event) => { if (busy || queue.length) event.preventDefault(); });

  /* ---- a row that came anew from the server asks for its block ---- */
  const later = () => {
    for (const place of document.querySelectorAll("[data-evidence-later]")) {
      const url = place.dataset.evidenceLater;
      place.removeAttribute("data-evidence-later");
      fetch(url, { headers: { "HX-Request": "true" } })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
        .then((html) => { if (place.isConnected) replace(zoneOf(place), html); })
        .catch(() => {});  // the link to the row's own page stays
    }
  };
  document.body.addEventListener("htmx:afterSettle", later);
  camera(document);
})();
