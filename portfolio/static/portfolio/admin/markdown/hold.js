// A form that is sent while its blocks are behind the Markdown waits for them, and is not sent while the text has errors.
// Autosave waits as well, or it would store the blocks of before and the header would say that the text is saved.

import { forgetButton, releaseButtons, rememberButton } from "../pressed-button.js";
import { contentOf, storeAgain } from "../unsaved.js";

export function holdWhile(form, { isBehind, catchUp, refuse }) {
  let waiting = false;
  window.addEventListener("submit", async (event) => {
    if (event.target !== form || !isBehind()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    waiting = true;
    const { submitter } = event;
    const caughtUp = await catchUp();
    waiting = false;
    if (!caughtUp) {
      forgetButton(form);
      releaseButtons(form);
      refuse();
    } else if (submitter && !submitter.disabled && submitter.form === form) form.requestSubmit(submitter);
    else {
      rememberButton(form, submitter);
      form.requestSubmit();
    }
  }, true);
}

/** What the header says of autosave: nothing while the blocks follow, that it is paused while the text has errors. */
export function sayNotSaved(hasErrors) {
  const indicator = document.querySelector("#w-autosave-indicator");
  if (!indicator) return;
  indicator.dataset.wAutosaveStateValue = hasErrors ? "paused" : "idle";
  indicator.dataset.wTooltipContentValue = hasErrors ? "The Markdown has an error. Correct it to save the page." : "";
}

/** Returns what lets autosave go on once the blocks have caught up. */
export function holdAutosave(form, { isBehind, hasErrors }) {
  let held = null;
  window.addEventListener("w-autosave:save", (event) => {
    if (event.target !== form || !isBehind()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = contentOf(new FormData(form));
    sayNotSaved(hasErrors());
  }, true);
  document.addEventListener("w-autosave:success", ({ target }) => {
    if (target === form && isBehind()) storeAgain(form);
  });
  return () => {
    // Wagtail sees by itself that the form has changed since.
    if (held === contentOf(new FormData(form))) storeAgain(form);
    held = null;
  };
}
