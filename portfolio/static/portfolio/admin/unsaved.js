// What of a form is not stored yet. Wagtail counts all that a form holds as stored when the answer of autosave comes, also
// what was written since the request was made.

/** Not content: tokens, and what Wagtail keeps of the stored version. */
const OWN = /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*)$/;

/** The content of form data as one text to compare, without the named fields. */
export function contentOf(data, without = {}) {
  const fields = [...data].filter(([name]) => !OWN.test(name) && !Object.hasOwn(without, name));
  return JSON.stringify(fields.map(([name, value]) => [name, value instanceof File ? [value.name, value.size] : value]));
}

/** Count the form as changed from now on, without waiting for Wagtail's next look at it, and have autosave store it. */
export function storeAgain(form) {
  form.dataset.wUnsavedForceValue = "true";
  form.dataset.wUnsavedHasEditsValue = "true";
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
}
