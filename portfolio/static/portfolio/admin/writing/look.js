// Code, a formula and an embed as readers see them, below their fields while they are edited, and what is wrong with them.

import { placeOf } from "../paste/place.js";
import { post } from "../paste/server.js";

const { blockLook } = document.querySelector("script[data-block-look]").dataset;
const KINDS = ["code", "math", "embed"];
const PAUSE = 600; // milliseconds without a key
const TALLEST = 480; // pixels of what is shown

const watched = new WeakSet();

class BlockLook {
  constructor(child) {
    this.child = child;
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-same-origin"); // no scripts; its height is read from here
    this.frame.title = `${child.blockDef.meta.label}, as readers see it`;
    this.frame.addEventListener("load", () => this.fit());
    this.box = Object.assign(document.createElement("div"), { className: "block-look", hidden: true });
    this.box.append(Object.assign(document.createElement("p"), { textContent: "As readers see it" }), this.frame);
    child.block.container[0].append(this.box);
    for (const type of ["input", "change"]) child.element.addEventListener(type, () => this.later());
    this.show();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  async show() {
    const prefix = `${this.child.prefix}-`;
    const form = new FormData();
    for (const field of this.child.element.querySelectorAll("input, select, textarea")) {
      if (field.name.startsWith(`${prefix}value-`)) form.set(field.name.slice(prefix.length), field.value);
    }
    const asked = new URLSearchParams(form).toString();
    if (asked === this.asked) return;
    this.asked = asked;
    form.set("type", this.child.type);
    let answer;
    try {
      answer = await post(blockLook, form);
    } catch {
      return; // the next key asks again
    }
    if (asked !== this.asked || answer.html === undefined) return;
    this.box.hidden = !answer.html;
    if (answer.html) this.frame.srcdoc = answer.html;
    this.tell(answer.errors);
  }

  /** At the fields, as the form itself says what is wrong when it is sent. */
  tell(errors) {
    for (const [name, field] of Object.entries(this.child.block.childBlocks)) {
      if (errors[name]) field.setError({ messages: [errors[name]] });
      else if (this.errors?.[name]) field.setError(null);
    }
    this.errors = errors;
  }

  fit() {
    const height = this.frame.contentDocument?.documentElement.scrollHeight ?? 0;
    this.frame.style.blockSize = `${Math.min(Math.max(height, 48), TALLEST)}px`;
  }
}

document.addEventListener("focusin", (event) => {
  const child = event.target instanceof Element ? placeOf(event.target)?.child : null;
  if (!child || !KINDS.includes(child.type) || watched.has(child)) return;
  watched.add(child);
  new BlockLook(child);
});
