// Enter goes on: from the title to the body, from a heading to the text below it. In no field does it send the form.

import { placeOf } from "../paste/place.js";

const FIELDS = "form[data-edit-form] input:is([type='text'], [type='url'], [type='email'], [type='number'], :not([type]))";
const OWN_ENTER = "[role='dialog'], [role='combobox'], .tagit, .w-combobox"; // what chooses or adds with Enter itself

export function emptyText(body) {
  return { type: "text", value: body.blockDef.initialChildStates.text, id: undefined };
}

/**
 * Go to the first field of a block at once. Wagtail does so a moment later, and what is typed meanwhile is lost. Fields in
 * a closed group stand first and cannot have the focus.
 */
export function focusBlock(block) {
  const written = block.type === "code" ? "textarea" : "[contenteditable='true'], textarea, input:not([type='hidden']), select";
  const fields = block.element.querySelectorAll(written);
  [...fields].find((field) => field.checkVisibility())?.focus();
}

function bodyOf(form) {
  for (const root of form.querySelectorAll("[id$='-root']")) {
    if (root.rootBlock?.blockDef?.initialChildStates?.text) return root.rootBlock;
  }
  return null;
}

/** The text at this place of a body: the one that is there, else a new one; or the body's Markdown while that is shown. */
function goToText(body, index) {
  if (body.element.hidden) {
    body.element.previousElementSibling.querySelector("textarea").focus();
    return;
  }
  const next = body.children[index];
  focusBlock(next?.type === "text" ? next : body.insert(emptyText(body), index, {}));
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(target instanceof Element) || !target.matches(FIELDS) || target.closest(OWN_ENTER)) return;
  event.preventDefault();
  if (target.id === "id_title") {
    const body = bodyOf(target.form);
    if (body) goToText(body, 0);
    return;
  }
  const place = placeOf(target);
  if (place?.child?.type === "heading") goToText(place.body, place.child.index + 1);
}, true);
