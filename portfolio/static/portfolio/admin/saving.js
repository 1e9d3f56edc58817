// Keeps autosave and the buttons from storing a new page twice, and autosave from trying what cannot be stored.

const LONGEST_WAIT = 15000; // milliseconds; then the button does what it was pressed for all the same

let saving = false;
let sent = false;
let pressed = null;

function titleIsMissing(form) {
  const title = form.elements.namedItem("title");
  return title instanceof HTMLElement && !title.value.trim();
}

/** The button as a hidden field: while its form is stored the button itself is disabled, and would not be sent. */
function send() {
  if (!pressed) return;
  const { form, submitter } = pressed;
  pressed = null;
  saving = false;
  if (submitter?.name) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  }
  form.requestSubmit();
}

document.addEventListener("w-autosave:save", (event) => {
  if (sent || titleIsMissing(event.target)) {
    event.preventDefault();
    event.stopImmediatePropagation(); // nothing is saved, so nobody is told that it is
  } else {
    saving = true;
  }
}, true);

for (const outcome of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(outcome, () => { saving = false; send(); });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-edit-form]")) return;
  if (saving) {
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed ??= { form: event.target, submitter: event.submitter };
    setTimeout(send, LONGEST_WAIT);
  } else {
    sent = true;
  }
}, true);
