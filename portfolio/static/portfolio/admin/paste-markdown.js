// Markdown that is pasted into a text block of a body becomes the blocks that it stands for. The server converts it;
// without this script, “Edit as Markdown” does the same.

const address = document.querySelector("script[data-pasted-blocks]").dataset.pastedBlocks;

const SIGNS = [
  /^(---|\+\+\+)\s*\n[\s\S]*?\n(---|\+\+\+)\s*$/m, // front matter
  /^#{1,6} \S/m, // a heading
  /^(```|~~~)/m, // a listing
  /^> \S/m, // a quote
  /^\|.*\|\s*\n\|[\s:|-]+\|/m, // a table
  /^!\[[^\]]*\]\(\S+/m, // a picture
  /^\$\$\s*$/m, // a formula
  /^([-*+]|\d+\.) \S.*\n(([-*+]|\d+\.) |\s{2,})\S/m, // a list
  /\n\s*\n[\s\S]*(\*\*\S|\]\(https?:)/, // paragraphs with marks or links
];

let shiftHeld = false;

/** Pages copied from the web bring their own formatting, which the editor takes in by itself. */
function isFormatted(html) {
  return /<(p|h[1-6]|li|table|blockquote|article)[\s>]/i.test(html);
}

function looksLikeMarkdown(text) {
  return SIGNS.some((sign) => sign.test(text));
}

/** The body that an element stands in, and its part of it. */
function placeOf(target) {
  for (let element = target.closest("[id$='-root']"); element; element = element.parentElement?.closest("[id$='-root']")) {
    const body = element.rootBlock;
    const child = body?.children?.find((part) => part.element.contains(target));
    if (child?.type === "text" && typeof body.insert === "function") return { body, child };
  }
  return null;
}

async function convert(text) {
  const form = new FormData();
  form.set("text", text);
  form.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  const response = await fetch(address, { method: "POST", body: form, credentials: "same-origin" });
  if (response.status === 422) return response.json();
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

function note(body, words, undo) {
  const container = body.element;
  container.parentElement.querySelectorAll(":scope > .pasted-note").forEach((old) => old.remove());
  const box = document.createElement("div");
  box.className = "pasted-note";
  box.setAttribute("role", "status");
  for (const line of words) box.append(Object.assign(document.createElement("p"), { textContent: line }));
  if (undo) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Undo" });
    button.className = "button button-small button-secondary";
    button.addEventListener("click", () => { undo(); box.remove(); });
    box.append(button);
  }
  container.before(box);
}

/** Wagtail takes what a form holds two seconds after it has come up for what is stored: a paste before that is not. */
function countAsUnsaved(body) {
  const form = body.element.closest("form[data-controller~='w-unsaved']");
  if (form) form.dataset.wUnsavedForceValue = "true";
}

function insert({ body, child }, answer) {
  const wasEmpty = !child.getTextLabel?.() && !child.element.querySelector("[contenteditable]").textContent.trim();
  const first = child.index + 1;
  const made = answer.blocks.map((block, place) => body.insert(block, first + place, {}));
  if (wasEmpty && made.length) body.deleteBlock(child.index);
  const title = document.querySelector("#id_title");
  const titled = answer.title && title && !title.value;
  if (titled) {
    title.value = answer.title;
    for (const type of ["input", "change", "keyup"]) title.dispatchEvent(new Event(type, { bubbles: true }));
  }
  countAsUnsaved(body);
  const words = [`Pasted as ${made.length} ${made.length === 1 ? "block" : "blocks"}.`];
  if (titled) words.push("The title was taken from the document.");
  if (answer.summary) words.push(`The document’s summary, for you to copy: ${answer.summary}`);
  if (answer.left_out.length) words.push(`Not taken from its front matter: ${answer.left_out.join(", ")}.`);
  note(body, [...words, ...answer.notes], () => {
    for (const block of made) {
      const index = body.children.indexOf(block);
      if (index >= 0) body.deleteBlock(index);
    }
    if (wasEmpty) body.insert({ type: "text", value: body.blockDef.initialChildStates.text, id: undefined }, Math.min(first - 1, body.children.length), {});
  });
}

async function paste(event) {
  const data = event.clipboardData;
  const text = data?.getData("text/plain") ?? "";
  if (shiftHeld || !(event.target instanceof Element) || !event.target.closest(".Draftail-Editor")) return;
  if (isFormatted(data.getData("text/html")) || !looksLikeMarkdown(text)) return;
  const place = placeOf(event.target);
  if (!place) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  note(place.body, ["Reading the Markdown…"]);
  try {
    const answer = await convert(text);
    if (answer.errors) note(place.body, ["This Markdown cannot be read, and nothing was pasted.", ...answer.errors]);
    else insert(place, answer);
  } catch {
    note(place.body, ["The server did not answer, and nothing was pasted. Paste with Shift held to keep the text as it is."]);
  }
}

document.addEventListener("keydown", (event) => { shiftHeld = event.shiftKey; }, true);
document.addEventListener("keyup", (event) => { shiftHeld = event.shiftKey; }, true);
document.addEventListener("paste", paste, true);
