// Prevents autosave and the buttons from storing a new page twice, and autosave from saving a page without a title or
// from taking for stored what was written while it was storing.

import { rememberButton } from "./pressed-button.js";
import { contentOf, storeAgain } from "./unsaved.js";

const LONGEST_WAIT = 15000; // milliseconds to wait for a running autosave

let saving = false;
let stored = null; // the form data of the running autosave
let sent = false;
let held = null;
let timer = 0;

// A page that comes back from the browser's memory has not been sent.
window.addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });

function titleIsMissing(form) {
  const title = form.elements.namedItem("title");
  return title instanceof HTMLElement && !title.value.trim();
}

function send() {
  if (!held) return;
  const form = held;
  held = null;
  saving = false;
  clearTimeout(timer);
  form.requestSubmit();
}

document.addEventListener("w-autosave:save", (event) => {
  if (sent || held || titleIsMissing(event.target)) {
    event.preventDefault();
    event.stopImmediatePropagation(); // so that the indicator does not say "saved"
  } else {
    saving = true;
    stored = event.detail.formData;
  }
}, true);

// The form counts as stored by now; a button that waits stores it whole.
document.addEventListener("w-autosave:success", ({ target, detail }) => {
  if (!stored || held) return;
  const updates = detail.response?.field_updates ?? {}; // the server's own
  if (contentOf(stored, updates) !== contentOf(new FormData(target), updates)) storeAgain(target);
});

for (const outcome of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(outcome, () => { saving = false; send(); });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-edit-form]")) return;
  if (saving) {
    event.preventDefault();
    event.stopImmediatePropagation();
    rememberButton(event.target, event.submitter);
    held = event.target;
    clearTimeout(timer);
    timer = setTimeout(send, LONGEST_WAIT);
  } else {
    sent = true;
  }
}, true);
