// Typed starts: what begins a line in Markdown becomes the block, as soon as it is typed in a text.

import { countAsUnsaved } from "../paste/blocks.js";
import { placeOf } from "../paste/place.js";
import { emptyText, focusBlock } from "./enter.js";
import { remember } from "./undo.js";

const heading = ([marks]) => ["heading", (state) => ({ ...state, level: [String(Math.max(2, marks.length))] })];
const code = ([, language]) => ["code", (state) => ({ ...state, language: language || null })];
const plain = (type) => () => [type, (state) => state];

/** By the key: what the line holds before it, and the block with what it begins with. */
const STARTS = {
  " ": [[/^#{1,6}$/, heading], [/^>$/, plain("quote")], [/^```([\w+#.-]*)$/, code]],
  Enter: [[/^```([\w+#.-]*)$/, code]],
  "-": [[/^--$/, plain("divider")]],
  "[": [[/^!$/, plain("image")]],
  $: [[/^\$$/, plain("math")]],
};

function startAt(key, line) {
  for (const [pattern, block] of STARTS[key] ?? []) {
    const match = pattern.exec(line);
    if (match) return block(match);
  }
  return null;
}

const editorOf = (child) => child.element.querySelector("input[type='hidden'][name$='-value']")?.draftailEditor;
const hasText = (blocks) => blocks.some((block) => block.text);

/** Put the block in the place of its line. What stands below the line follows in a text of its own. */
function replaceLine({ body, child }, raw, line, [type, change]) {
  const before = raw.blocks.slice(0, line);
  const after = raw.blocks.slice(line + 1);
  const textOf = (blocks) => ({ type: "text", value: JSON.stringify({ ...raw, blocks }), id: undefined });
  const index = child.index;
  const kept = hasText(before);
  const state = change(body.blockDef.initialChildStates[type]);
  const made = [body.insert({ type, value: state, id: undefined }, index + 1, {})];
  if (hasText(after)) made.push(body.insert(textOf(after), index + 2, {}));
  else if (type === "divider") made.push(body.insert(emptyText(body), index + 2, {}));
  body.deleteBlock(index, { quiet: true });
  if (kept) made.unshift(body.insert({ ...textOf(before), id: child.id }, index, {}));
  countAsUnsaved(body);
  focusBlock(made[(kept ? 1 : 0) + (type === "divider" ? 1 : 0)]);
  remember(() => {
    for (const block of made) {
      const place = body.children.indexOf(block);
      if (place >= 0) body.deleteBlock(place, { quiet: true });
    }
    const text = body.insert({ ...textOf(raw.blocks), id: child.id }, Math.min(index, body.children.length), {});
    focusBlock(text);
    const editor = editorOf(text);
    editor.onChange(window.DraftJS.EditorState.moveFocusToEnd(editor.getEditorState()));
  });
}

document.addEventListener("keydown", (event) => {
  if (!(event.key in STARTS) || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (!(event.target instanceof Element)) return;
  const place = placeOf(event.target);
  if (place?.child?.type !== "text") return;
  const state = editorOf(place.child)?.getEditorState();
  const selection = state?.getSelection();
  if (!selection?.isCollapsed()) return;
  const content = state.getCurrentContent();
  const block = content.getBlockForKey(selection.getStartKey());
  if (block.getType() !== "unstyled" || selection.getStartOffset() !== block.getLength()) return;
  const start = startAt(event.key, block.getText());
  if (!start || !(start[0] in place.body.blockDef.initialChildStates)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const line = content.getBlocksAsArray().findIndex((one) => one.getKey() === block.getKey());
  replaceLine(place, window.DraftJS.convertToRaw(content), line, start);
}, true);
