// A form that is sent while its blocks are behind the Markdown waits for them, and is not sent while the text has errors.

import { forgetButton, releaseButtons, rememberButton } from "../pressed-button.js";

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
