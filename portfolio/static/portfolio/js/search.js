/*
 * Search as you type. The form and its page work without this file; it asks for the same page while somebody writes,
 * and shows its results in place. Arrow keys go through them, and a result opens at the words that were found.
 */

const DELAY = 150;
const field = document.getElementById("search-words");
const form = field?.form;
let timer;
let asked = new AbortController();

async function search() {
  asked.abort();
  asked = new AbortController();
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form));
  try {
    const response = await fetch(url, { signal: asked.signal });
    if (response.ok) show(new DOMParser().parseFromString(await response.text(), "text/html"), url);
  } catch {
    // The next letter was quicker, or there is no network: the button still works.
  }
}

function show(page, url) {
  for (const part of ["#results", ".tally"]) document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  document.title = page.title;
  history.replaceState(null, "", url);
}

function links() {
  return [...document.querySelectorAll("#results :is(.entries .title, .titles) a")];
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = links();
  const index = all.indexOf(document.activeElement);
  if (event.key === "Escape" && index >= 0) field.focus();
  if (!step || (index < 0 && (document.activeElement !== field || step < 0))) return;
  event.preventDefault();
  (all[index + step] ?? (step < 0 ? field : all[index]))?.focus();
}

/** Browsers scroll to the text in such a fragment; others pass over it. */
function leadToWords(event) {
  const link = event.target.closest("#results .entries .title a");
  const words = link?.closest(".entry").querySelector(".line mark")?.textContent;
  if (words && !link.hash) link.hash = `:~:text=${encodeURIComponent(words).replaceAll("-", "%2D")}`;
}

if (form && document.getElementById("results")) {
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, DELAY);
  });
  document.addEventListener("keydown", move);
  document.addEventListener("click", leadToWords);
}
