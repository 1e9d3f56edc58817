// Blocks that the server made, put into a body and taken out again.

import { note } from "./note.js";
import { isEmpty } from "./place.js";

/** Wagtail takes what a form holds two seconds after it has come up for what is stored: a paste before that is not. */
export function countAsUnsaved(body) {
  const form = body.element.closest("form[data-controller~='w-unsaved']");
  if (form) form.dataset.wUnsavedForceValue = "true";
}

/** Put the blocks behind the one pasted into, or in its place when it is empty. Returns what takes them back. */
export function insertBlocks({ body, child }, states) {
  const replaced = child?.type === "text" && isEmpty(child);
  const first = child ? child.index + 1 : body.children.length;
  const made = states.map((state, place) => body.insert(state, first + place, {}));
  if (replaced && made.length) body.deleteBlock(child.index, { quiet: true });
  countAsUnsaved(body);
  focus(made);
  return {
    made,
    undo() {
      for (const block of made) {
        const index = body.children.indexOf(block);
        if (index >= 0) body.deleteBlock(index, { quiet: true });
      }
      if (replaced) {
        const empty = { type: "text", value: body.blockDef.initialChildStates.text, id: undefined };
        body.insert(empty, Math.min(first - 1, body.children.length), { focus: true });
      }
    },
  };
}

/** Go to where the writer goes on: the first alternative text that is asked for, else the end of the last text. */
function focus(made) {
  const alternative = made
    .filter((block) => block.type === "image")
    .map((block) => block.element.querySelector("input[name$='-alt_text']"))
    .find((field) => field && !field.value);
  if (alternative) alternative.focus({ preventScroll: false });
  else if (made.at(-1)?.type === "text") made.at(-1).element.querySelector("[contenteditable]")?.focus({ preventScroll: true });
}

/** Put in what the server answered, with its note above the body. */
export function insertAnswer(place, answer) {
  const { made, undo } = insertBlocks(place, answer.blocks);
  const title = document.querySelector("#id_title");
  const titled = answer.title && title && !title.value;
  if (titled) {
    title.value = answer.title;
    for (const type of ["input", "change", "keyup"]) title.dispatchEvent(new Event(type, { bubbles: true }));
  }
  const lines = [made.length ? `Pasted as ${made.length} ${made.length === 1 ? "block" : "blocks"}.` : "Nothing was pasted."];
  if (titled) lines.push("The title was taken from the document.");
  if (answer.summary) lines.push(`The document’s summary, for you to copy: ${answer.summary}`);
  if (answer.left_out?.length) lines.push(`Not used from its front matter: ${answer.left_out.join(", ")}.`);
  const undescribed = made.filter((block) => block.type === "image" && block.element.querySelector("input[name$='-alt_text']")?.value === "").length;
  if (undescribed) lines.push(undescribed === 1 ? "Write an alt text for the picture." : `Write an alt text for each of the ${undescribed} pictures.`);
  note(place.body, [...lines, ...answer.notes], made.length ? undo : null);
}
