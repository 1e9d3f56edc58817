// Shows the recognised parts of a pasted text while it is edited. Without this script the buttons do it.

const form = document.querySelector("#pasted-text");
const text = form.querySelector("textarea");
const recognised = form.querySelector("#recognised-parts");
let waiting = 0;
let latest = 0;

function openDetails() {
  return [...recognised.querySelectorAll("details[id]")].filter((details) => details.open).map((details) => details.id);
}

async function showParts() {
  const turn = ++latest;
  if (!text.value.trim()) {
    recognised.replaceChildren();
    return;
  }
  recognised.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== latest || !page.querySelector("#recognised-parts")) return;
    const focused = document.activeElement?.id;
    const open = openDetails();
    recognised.replaceChildren(...page.querySelector("#recognised-parts").childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    form.elements.parsed_text.value = page.querySelector("[name=parsed_text]").value;
    if (/^(kind|day|start)-/.test(focused ?? "")) document.getElementById(focused)?.focus({ preventScroll: true });
  } finally {
    if (turn === latest) recognised.removeAttribute("aria-busy");
  }
}

function soon(delay) {
  clearTimeout(waiting);
  waiting = setTimeout(showParts, delay);
}

text.addEventListener("input", () => soon(500));
recognised.addEventListener("change", (event) => {
  if (event.target.matches("select, [type=radio], [type=checkbox]")) soon(0);
});
