// Stores the pressed button as a hidden field: a button that is disabled meanwhile is not sent with the form.

const SELECTOR = "input[data-pressed-button]";

/** Remember ``button``; a form that is sent again without one keeps what it was first pressed with. */
export function rememberButton(form, button) {
  if (!button) return;
  forgetButton(form);
  if (!button.name) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
  field.dataset.pressedButton = "";
  form.append(field);
}

export function forgetButton(form) {
  form.querySelector(SELECTOR)?.remove();
}

/** Let the buttons be pressed again: the admin switches one off for half a minute when it is pressed. */
export function releaseButtons(form) {
  const buttons = [...form.elements, ...document.querySelectorAll(`button[form="${form.id}"]`)];
  for (const button of buttons) {
    if (button.matches("[data-controller~=w-progress]")) button.setAttribute("data-w-progress-loading-value", "false");
  }
}
