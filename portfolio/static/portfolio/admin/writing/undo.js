// Undo of what happens to whole blocks: a deleted one comes back, and so does what was typed before it became a block.

import { note } from "../paste/note.js";
import { countAsUnsaved } from "../paste/blocks.js";

let last = null;

/** Remember how the last change of a block is taken back, until something else is written. */
export function remember(undo) {
  last = undo;
}

document.addEventListener("block-deleted", ({ detail: { body, index, label, state } }) => {
  const box = note(body, [`${label} deleted.`], () => bringBack());
  const bringBack = () => {
    last = null;
    box.remove();
    body.insert(state, Math.min(index, body.children.length), { focus: true });
    countAsUnsaved(body);
  };
  remember(bringBack);
});

// What is typed in a field is undone by the field itself.
document.addEventListener("beforeinput", () => { last = null; }, true);

document.addEventListener("keydown", (event) => {
  if (!last || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const undo = last;
  last = null;
  undo();
}, true);
