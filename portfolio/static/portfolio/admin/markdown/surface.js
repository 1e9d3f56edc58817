// Markdown as the other surface of a body: the same blocks as one text, in the same place of the form. What the text
// becomes is put into the form's blocks while it is written, so that preview, autosave and the buttons take it from there.

import { countAsUnsaved } from "../paste/blocks.js";
import { post } from "../paste/server.js";
import { remember } from "../writing/undo.js";
import { Snapshot, handedOver } from "./blocks.js";
import { holdAutosave, holdWhile, sayNotSaved } from "./hold.js";
import { takePictures } from "./pictures.js";
import { surfaceOf } from "./view.js";

const addresses = document.querySelector("script[data-as-markdown]").dataset;
const PAUSE = 1000; // milliseconds without a key before the blocks follow the text
const PREFERRED = "body-surface"; // in the browser's storage
const NO_ANSWER = "The server did not answer. Your text is still here; try again.";

class MarkdownSurface {
  constructor(body) {
    this.body = body;
    this.view = surfaceOf(body.container[0]);
    this.snapshot = null; // the blocks that the text was made from, while it is shown
    this.text = ""; // the text that the blocks were made from
    this.problems = [];
    this.uploadNotes = []; // what became of files, until somebody writes again
    this.running = null;
    this.left = null; // the text that was left for the blocks, and the blocks as they were then
    this.view.blocksButton.addEventListener("click", () => this.showBlocks());
    this.view.markdownButton.addEventListener("click", () => this.showMarkdown());
    this.view.field.addEventListener("input", () => {
      if (!this.isUploading) this.uploadNotes = [];
      countAsUnsaved(body);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.convert(), PAUSE);
    });
    takePictures(this.view.field, (notes, isUploading) => {
      this.uploadNotes = notes;
      this.isUploading = isUploading;
      this.view.showProblems(this.problems, { notes });
    });
    const form = body.element.closest("form");
    const isBehind = () => this.isBehind;
    this.letAutosaveGoOn = holdAutosave(form, { isBehind, hasErrors: () => this.problems.length > 0 });
    holdWhile(form, {
      isBehind,
      catchUp: () => this.convert(),
      refuse: () => this.view.showProblems(this.problems, { focus: true }),
    });
    if (localStorage.getItem(PREFERRED) === "markdown" && !body.element.querySelector(".w-field--error, .help-critical")) {
      this.showMarkdown({ focus: false });
    }
  }

  get isBehind() {
    return this.snapshot !== null && this.view.field.value !== this.text;
  }

  async showMarkdown({ focus = true } = {}) {
    if (this.snapshot) return;
    this.view.wait("Reading the blocks…");
    await handedOver();
    const snapshot = new Snapshot(this.body);
    const answer = await this.ask(addresses.asMarkdown, snapshot.form());
    if (!answer.errors) {
      remember(null); // Ctrl+Z is the text's own now
      this.snapshot = snapshot;
      const isAsLeft = this.left?.blocks === JSON.stringify(snapshot.states);
      this.view.showMarkdown(isAsLeft ? this.left.text : answer.text, { focus });
      this.original = this.text = this.view.field.value; // with the browser's ends of lines
      localStorage.setItem(PREFERRED, "markdown");
    }
    this.view.showProblems(answer.errors ?? []);
  }

  async showBlocks() {
    if (!this.snapshot) return;
    if (!(await this.convert())) {
      this.view.showProblems(this.problems, { focus: true });
      return;
    }
    this.left = { text: this.view.field.value, blocks: JSON.stringify(this.body.states()) };
    this.snapshot = null;
    this.view.showBlocks();
    localStorage.removeItem(PREFERRED);
  }

  /** Bring the blocks up to the text, one request after the other; returns whether they are. */
  async convert() {
    clearTimeout(this.timer);
    while (this.running) await this.running; // eslint-disable-line no-await-in-loop
    if (!this.isBehind) return this.caughtUp();
    this.running = this.convertOnce();
    const done = await this.running;
    this.running = null;
    if (!done) sayNotSaved(true);
    else if (this.isBehind) return this.convert();
    return done && this.caughtUp();
  }

  caughtUp() {
    if (this.problems.length) { // of a text that was taken back
      this.problems = [];
      this.view.showProblems([]);
    }
    this.letAutosaveGoOn();
    return true;
  }

  async convertOnce() {
    const text = this.view.field.value;
    let notes = [];
    this.problems = [];
    if (text === this.original) this.snapshot.restore();
    else {
      const form = this.snapshot.form();
      form.set("text", new Blob([text], { type: "text/markdown" }));
      const answer = await this.ask(addresses.asBlocks, form);
      if (answer.errors) this.problems = answer.errors;
      else {
        this.snapshot.apply(answer.blocks);
        notes = [...answer.invalid, ...answer.notes];
      }
    }
    if (!this.problems.length) {
      await handedOver();
      this.text = text; // only now: what is sent before would be the blocks of before
    }
    this.view.showProblems(this.problems, { notes: [...this.uploadNotes, ...notes] });
    return this.problems.length === 0;
  }

  async ask(address, form) {
    try {
      return await post(address, form);
    } catch {
      return { errors: [NO_ANSWER] };
    }
  }
}

const opened = new WeakSet();

function open(element) {
  const body = element.rootBlock;
  if (!body?.blockDef.initialChildStates.text || opened.has(element) || !element.closest("form[data-edit-form]")) return;
  opened.add(element);
  new MarkdownSurface(body);
}

document.addEventListener("body-ready", (event) => open(event.detail));
for (const element of document.querySelectorAll("[data-body-blocks]")) open(element);
