// The blocks of a body while its Markdown is edited: what they were when the Markdown was made, and what the text makes of
// them. A block that was not edited keeps its place in the form with everything that it holds.

import { countAsUnsaved } from "../paste/blocks.js";

const HANDED_OVER = 350; // milliseconds until a field for formatted text has handed its text over to the form

/** Blocks of plain fields, which can be given another state; those with formatted text are made anew. */
const PLAIN = ["code", "markdown", "html", "math"];

export const handedOver = () => new Promise((done) => { setTimeout(done, HANDED_OVER); });

const markOf = ({ type, value }) => JSON.stringify({ type, value });

function setText(child, json) {
  const editor = child.element.querySelector("input[type='hidden'][name$='-value']").draftailEditor;
  const content = window.DraftJS.convertFromRaw(JSON.parse(json));
  editor.onChange(window.DraftJS.EditorState.push(editor.getEditorState(), content, "insert-fragment"));
}

export class Snapshot {
  /** The fields of the body and the states of its blocks as they are now. */
  constructor(body) {
    this.body = body;
    this.fields = [];
    const form = body.element.closest("form");
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith(`${body.prefix}-`)) this.fields.push([name, name.endsWith("-id") && !value ? crypto.randomUUID() : value]);
    }
    this.states = body.states();
    // What each block of the form shows: one of the snapshot by its number, or the state that the text was given.
    this.shown = new Map(body.children.map((child, index) => [child, index]));
  }

  /** What the server needs to know of the body. */
  form() {
    const form = new FormData();
    for (const [name, value] of this.fields) form.append(name, value);
    form.set("prefix", this.body.prefix);
    return form;
  }

  /** Put the form back as it was. */
  restore() {
    this.apply(this.states.map((_, kept) => ({ kept })));
  }

  /** Make the form hold these blocks, which the server made of the text; the less is touched the better. */
  apply(blocks) {
    const wanted = blocks.map((block) => ("kept" in block
      ? { mark: block.kept, state: this.states[block.kept] }
      : { mark: markOf(block), state: block }));
    const waiting = [...this.body.children];
    const take = (test) => {
      const index = waiting.findIndex(test);
      return index < 0 ? null : waiting.splice(index, 1)[0];
    };
    for (const one of wanted) one.child = take((child) => this.shown.get(child) === one.mark);
    const canHold = (child, state) => child.type === state.type && (child.type === "text" || PLAIN.includes(child.type));
    for (const one of wanted.filter(({ child }) => !child)) {
      one.child = take((child) => child.id === one.state.id && canHold(child, one.state));
      one.child ??= take((child) => typeof this.shown.get(child) === "string" && canHold(child, one.state));
      if (one.child) this.change(one);
    }
    const changed = waiting.length > 0;
    for (const child of waiting) this.remove(child);
    this.arrange(wanted, changed);
  }

  change({ child, state, mark }) {
    if (child.type === "text") setText(child, state.value);
    else child.setState(state);
    child.id = state.id;
    child.element.querySelector(`input[name='${child.prefix}-id']`).value = state.id ?? "";
    this.shown.set(child, mark);
    countAsUnsaved(this.body);
  }

  remove(child) {
    this.body.deleteBlock(this.body.children.indexOf(child), { quiet: true });
    child.element.querySelector("[data-panel]")?.remove(); // or its fields would be sent with every autosave
    this.shown.delete(child);
  }

  arrange(wanted, removed) {
    const { body } = this;
    let changed = removed;
    for (const [index, { child, state, mark }] of wanted.entries()) {
      if (!child) {
        this.shown.set(body.insert(state, index, {}), mark);
        changed = true;
      } else if (body.children.indexOf(child) !== index) {
        body.moveBlock(body.children.indexOf(child), index);
        changed = true;
      }
    }
    if (changed) countAsUnsaved(body);
  }
}
