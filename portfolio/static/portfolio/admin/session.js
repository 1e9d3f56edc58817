// Keeps the form's content when the session has ended: a form is sent only while the user is signed in.
// Otherwise the answer would be the sign-in page, and the text would be lost.

import { forgetButton, releaseButtons, rememberButton } from "./pressed-button.js";

const { session, signIn } = document.querySelector("script[data-session]").dataset;

const NOTICES = {
  ended: "You are no longer signed in. Your text is still here, but it is not saved.",
  away: "The site cannot be reached. Your text is still here, but it is not saved.",
  back: "You are signed in again. Press the button again to save.",
};

const LOOK_EVERY = 3000; // milliseconds, while the notice is shown

const LONGEST_WAIT = 10000; // milliseconds for an answer

let allowed = false;
let notice = null;
let waiting = [];

function hasWords(form) {
  return form.matches("form[data-edit-form]") || Boolean(form.querySelector("textarea, [contenteditable]"));
}

/** "signed in", "ended" or "away"; the forms get the token of the present session. */
async function state() {
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  let token;
  try {
    const response = await fetch(session, { headers, signal: AbortSignal.timeout(LONGEST_WAIT) });
    if (response.status === 403 || response.redirected) return "ended";
    if (!response.ok) return "away";
    token = (await response.json()).csrf_token;
  } catch {
    return "away"; // no answer in time, or one of a proxy
  }
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  return "signed in";
}

function show(kind) {
  if (!notice) {
    notice = Object.assign(document.createElement("div"), { className: "session-notice" });
    notice.setAttribute("role", "alert");
    (document.querySelector("main") ?? document.body).prepend(notice);
  }
  notice.dataset.kind = kind;
  const parts = [Object.assign(document.createElement("p"), { textContent: NOTICES[kind] })];
  if (kind === "ended") {
    const link = Object.assign(document.createElement("a"), { href: signIn, target: "_blank", className: "button" });
    link.textContent = "Sign in in a new tab";
    parts.push(link);
  }
  notice.replaceChildren(...parts);
}

function hide() {
  notice?.remove();
  notice = null;
}

async function send(form, submitter) {
  const found = await state();
  waiting = waiting.filter((other) => other !== form);
  if (found !== "signed in") {
    forgetButton(form); // or the next autosave would be sent with it
    show(found);
    // The admin's own script switches the button off a moment after it was pressed.
    setTimeout(releaseButtons, 100, form);
    return;
  }
  hide();
  allowed = true;
  try {
    if (submitter && !submitter.disabled && submitter.form === form) {
      form.requestSubmit(submitter);
    } else {
      rememberButton(form, submitter);
      form.requestSubmit();
    }
  } finally {
    allowed = false;
  }
}

window.addEventListener("submit", (event) => {
  const form = event.target;
  if (allowed || form.method !== "post" || !hasWords(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.submitter) forgetButton(form); // of an earlier time, when the page stayed
  if (waiting.includes(form)) return;
  waiting.push(form);
  send(form, event.submitter);
}, true);

/** Notice that somebody has signed in again, in another tab. */
async function lookAgain() {
  if (!notice || notice.dataset.kind === "back" || document.visibilityState !== "visible") return;
  if ((await state()) === "signed in" && notice) show("back");
}

document.addEventListener("w-autosave:error", async () => {
  const found = await state();
  if (found === "ended") show(found);
});
document.addEventListener("w-autosave:success", hide);
document.addEventListener("visibilitychange", lookAgain);
setInterval(lookAgain, LOOK_EVERY);
