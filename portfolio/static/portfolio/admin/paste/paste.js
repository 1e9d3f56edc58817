// One gate for what is pasted into a page: formatted text, Markdown, code, tables, pictures and addresses become blocks,
// and a field for one line gets the text. Without this script the editor takes in what it can hold.

import { insertAnswer } from "./blocks.js";
import { pasteRange } from "./cells.js";
import { read, withoutPictures } from "./clipboard.js";
import "./drop.js";
import { clear, note } from "./note.js";
import { insertPictures } from "./pictures.js";
import { isEmpty, isPassed, pasteInto, placeOf, roomOf } from "./place.js";
import { convert } from "./server.js";

const NO_ANSWER = "The server did not answer, and nothing was pasted. Paste with Shift held to keep the text as it is.";

let shiftHeld = false;

/** Text for a field of one line. */
function oneLine(text) {
  return text.replaceAll(/\s*\n\s*/g, " ").replaceAll("\t", " ").trim();
}

/** What each kind of content becomes in a block of text; what returns nothing is done. */
const RECEIVERS = {
  markdown: ({ text }) => convert("markdown", { text }),
  html({ html, language, flat }) {
    const lean = withoutPictures(html);
    const fields = { html: new Blob([lean.html], { type: "text/html" }), language: language ?? "", ...Object.fromEntries(lean.pictures) };
    return convert("html", flat ? { ...fields, flat: "1" } : fields);
  },
  code: ({ text, language }) => convert("text", { text, language, kind: "code" }),
  rows: ({ text }) => convert("text", { text, kind: "rows" }),
  address: ({ address }) => convert("address", { address }),
};

async function receive(event, content, place, room) {
  const { target } = event;
  note(place.body, ["Reading what you pasted…"]);
  let answer;
  try {
    answer = await RECEIVERS[content.kind]({ ...content, flat: room === "prose" });
  } catch {
    note(place.body, [NO_ANSWER]);
    return;
  }
  if (answer.errors) {
    note(place.body, ["This cannot be read, and nothing was pasted.", ...answer.errors]);
    return;
  }
  clear(place.body);
  if (!answer.blocks.length && content.kind === "address") {
    pasteInto(target, content.html, content.text);
    if (answer.notes.length) note(place.body, answer.notes);
  } else if (answer.prose && (room === "prose" || !isEmpty(place.child))) {
    pasteInto(target, answer.prose, content.text);
    if (answer.notes.length) note(place.body, ["Pasted as text.", ...answer.notes]);
  } else insertAnswer(place, answer);
}

/** Whether the gate has something to do, and what: null leaves the paste to the editor. */
function decide(content, place, room) {
  if (content === null) return null;
  if (content.kind === "plain" || content.kind === "paragraphs") return "again";
  if (content.kind === "files") return "pictures";
  if (content.kind === "address") return room === "blocks" && isEmpty(place.child) ? "blocks" : null;
  if (room === "prose") return content.kind === "html" ? "blocks" : null;
  return "blocks";
}

function paste(event) {
  if (isPassed(event) || shiftHeld || !(event.target instanceof Element)) return;
  const { target } = event;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (pasteRange(target, placeOf(target), { text, html: event.clipboardData?.getData("text/html") ?? "" })) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (target.matches("input[type='text'], #id_title") && target.closest("form[data-edit-form]")) {
    if (!text.includes("\n")) return;
    event.preventDefault();
    document.execCommand("insertText", false, oneLine(text)); // keeps the field's own undo
    return;
  }
  const place = placeOf(target);
  const room = roomOf(target, place);
  if (!room) return;
  if (room === "line") {
    if (!text) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pasteInto(target, "", oneLine(text));
    return;
  }
  if (!place) return;
  const content = read(event.clipboardData);
  const act = decide(content, place, room);
  if (!act) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (act === "again") pasteInto(target, content.html ?? "", content.text);
  else if (act === "pictures") insertPictures(place, content.files, content.alt);
  else receive(event, content, place, room);
}

document.addEventListener("keydown", (event) => { shiftHeld = event.shiftKey; }, true);
document.addEventListener("keyup", (event) => { shiftHeld = event.shiftKey; }, true);
document.addEventListener("paste", paste, true);
