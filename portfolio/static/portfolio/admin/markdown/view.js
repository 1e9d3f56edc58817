// What is seen of the two surfaces: the switch above the body, the field for Markdown, and what is wrong with its text.

const HOW = "What you do not edit stays exactly as it is. A line <!-- block … --> stands for a block that has no Markdown form: move or delete the line to move or delete the block.";

let count = 0;

function element(tag, { dataset, attributes, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  Object.assign(made.dataset, dataset);
  for (const [name, value] of Object.entries(attributes ?? {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function switchButton(words, pressed) {
  return element("button", { type: "button", textContent: words, attributes: { "aria-pressed": pressed } });
}

export function surfaceOf(blocks) {
  count += 1;
  const blocksButton = switchButton("Blocks", true);
  const markdownButton = switchButton("Markdown", false);
  const how = element("p", { className: "help", id: `body-markdown-how-${count}`, textContent: HOW });
  const problems = element("div", { className: "body-markdown-problems", hidden: true, tabIndex: -1, attributes: { role: "status" } });
  const field = element("textarea", {
    rows: 24,
    spellcheck: true,
    id: `body-markdown-${count}`,
    attributes: { "aria-label": "Body as Markdown", "aria-describedby": how.id },
  });
  const status = element("span", { className: "body-switch-status", attributes: { role: "status" } });
  const box = element("div", { className: "body-markdown", hidden: true }, how, problems, field);
  const buttons = element("div", { className: "body-switch", attributes: { role: "group", "aria-label": "Write the body in" } });
  buttons.append(blocksButton, markdownButton, status);
  blocks.before(buttons, box);

  const show = (markdown) => {
    status.textContent = "";
    box.hidden = !markdown;
    blocks.hidden = markdown;
    blocksButton.setAttribute("aria-pressed", !markdown);
    markdownButton.setAttribute("aria-pressed", markdown);
  };

  /** A line of the list; one that begins with “Line 3:” leads there. */
  const problem = (words) => {
    const item = element("li");
    const [, number, rest] = /^Line (\d+): ([\s\S]*)$/.exec(words) ?? [];
    if (!number) item.append(words);
    else {
      const button = element("button", { type: "button", textContent: `Line ${number}` });
      button.addEventListener("click", () => selectLine(field, Number(number)));
      item.append(button, `: ${rest}`);
    }
    return item;
  };

  return {
    blocksButton,
    markdownButton,
    field,
    wait(words) {
      status.textContent = words;
    },
    showMarkdown(text, { focus }) {
      field.value = text;
      show(true);
      if (focus) {
        field.setSelectionRange(0, 0);
        field.focus();
      }
    },
    showBlocks() {
      show(false);
      problems.hidden = true;
    },
    showProblems(errors, { notes = [], focus = false } = {}) {
      status.textContent = "";
      const lines = [...errors, ...notes];
      problems.classList.toggle("is-error", errors.length > 0);
      problems.hidden = lines.length === 0;
      const words = errors.length ? "Not saved: the text has errors. It is kept here; the preview shows it as it was before them." : "The page shows the text. Please note:";
      problems.replaceChildren(element("p", { textContent: words }), element("ul", {}, ...lines.map(problem)));
      if (focus && lines.length) problems.focus();
    },
  };
}

function selectLine(field, number) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
}
