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
