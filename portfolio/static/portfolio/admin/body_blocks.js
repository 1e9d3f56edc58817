// The blocks of a body in the page's form, as Wagtail's with three differences: a block of an unknown type is shown and
// never offered; an empty body offers a text to begin with; a deleted block is reported, so that it can come back.
{
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  /** What a block holds, in the form in which Wagtail puts blocks in: formatted text as JSON. */
  const storable = (state) => {
    if (state?.getCurrentContent) return JSON.stringify(window.DraftJS.convertToRaw(state.getCurrentContent()));
    if (Array.isArray(state)) return state.map(storable);
    if (state && Object.getPrototypeOf(state) === Object.prototype) {
      return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, storable(value)]));
    }
    return state;
  };

  /** What a block holds now. Wagtail's table block does not note what is written in its caption. */
  const stateOf = (child) => {
    if (child.block.captionInput) child.block.caption = child.block.captionInput.value;
    return storable(child.getState());
  };

  const startButton = (body) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "body-start" });
    button.textContent = "Write here, or paste from anywhere";
    button.addEventListener("click", () => {
      const text = body.insert({ type: "text", value: body.blockDef.initialChildStates.text, id: undefined }, 0, {});
      text.element.querySelector("[contenteditable='true']")?.focus();
    });
    return button;
  };

  class BodyBlocksDefinition extends StreamBlockDefinition {
    constructor(name, groups, initialStates, meta) {
      super(name, groups, initialStates, meta);
      this.groupedChildBlockDefs = groups.filter(([, blocks]) => blocks.every((block) => block.name !== "unknown"));
    }

    render(...args) {
      const body = super.render(...args);
      const { blockCountChanged, deleteBlock } = body;
      const container = body.container[0];
      const start = this.initialChildStates.text ? startButton(body) : document.createElement("span");
      container.append(start);
      container.dataset.bodyBlocks = "";
      body.states = () => body.children.map(stateOf);
      body.blockCountChanged = () => {
        blockCountChanged.call(body);
        start.hidden = body.children.length > 0;
      };
      body.deleteBlock = (index, { quiet = false } = {}) => {
        const child = body.children[index];
        const detail = quiet ? null : { body, index, label: child.blockDef.meta.label, state: stateOf(child) };
        deleteBlock.call(body, index);
        if (detail) container.dispatchEvent(new CustomEvent("block-deleted", { bubbles: true, detail }));
      };
      start.hidden = body.children.length > 0;
      // In the page a moment later, when it is the root block of its field.
      queueMicrotask(() => document.dispatchEvent(new CustomEvent("body-ready", { detail: container })));
      return body;
    }
  }

  window.telepath.register("portfolio.blocks.BodyBlocks", BodyBlocksDefinition);
}
