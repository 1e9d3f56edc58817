// Shows the recognised parts of a pasted interview while it is edited. Without this script the buttons do it.

const form = document.querySelector("#interview-text");
const text = form.querySelector("textarea");
const understood = form.querySelector("#understood");
let waiting = 0;
let latest = 0;

async function read() {
  const turn = ++latest;
  if (!text.value.trim()) {
    understood.replaceChildren();
    return;
  }
  understood.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== latest || !page.querySelector("#understood")) return;
    const focused = document.activeElement?.id;
    understood.replaceChildren(...page.querySelector("#understood").childNodes);
    form.elements.read.value = page.querySelector("[name=read]").value;
    if (/^(kind|day)-/.test(focused ?? "")) document.getElementById(focused)?.focus({ preventScroll: true });
  } finally {
    if (turn === latest) understood.removeAttribute("aria-busy");
  }
}

function soon(delay) {
  clearTimeout(waiting);
  waiting = setTimeout(read, delay);
}

text.addEventListener("input", () => soon(500));
understood.addEventListener("change", (event) => {
  if (event.target.matches("select, [type=radio]")) soon(0);
});
