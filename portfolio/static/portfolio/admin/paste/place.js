// Where something is pasted or dropped: a body, one of its blocks, a field.

/** The body that an element stands in, and its block in it; { body, child: null } beside the blocks. */
export function placeOf(target) {
  for (let element = target.closest("[id$='-root']"); element; element = element.parentElement?.closest("[id$='-root']")) {
    const body = element.rootBlock;
    if (typeof body?.insert !== "function" || !body.blockDef?.initialChildStates?.text) continue;
    return { body, child: body.children.find((part) => part.element.contains(target)) ?? null };
  }
  return null;
}

/** What a field for formatted text can hold: "blocks" in a block of text, "prose" in a quote, "line" in a caption. */
export function roomOf(target, place) {
  const editor = target.closest("[data-draftail-editor-wrapper]")?.parentElement.querySelector("input[type='hidden']")?.draftailEditor;
  if (!editor) return null;
  if (!editor.props.blockTypes?.some((type) => type.type.endsWith("list-item"))) return "line";
  return place?.child?.type === "text" ? "blocks" : "prose";
}

/** Whether nothing is written in a block of text. */
export function isEmpty(child) {
  return !child.getTextLabel?.() && !child.element.querySelector("[contenteditable]")?.textContent.trim();
}

const passed = new WeakSet();

/** Paste into a field as if it had come from the clipboard so. */
export function pasteInto(target, html, text) {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  passed.add(event);
  target.dispatchEvent(event);
}

export function isPassed(event) {
  return passed.has(event);
}
