// Files pasted or dropped into the Markdown of a body: pictures are uploaded, and written where the cursor stands.

import { convert } from "../paste/server.js";

const isPicture = (file) => file.type.startsWith("image/") || /\.(heic|heif|avif)$/i.test(file.name);
const WITHOUT_ALT = "![](";

async function insert(field, files, tell) {
  const problems = files
    .filter((file) => !isPicture(file))
    .map((file) => `Not added: ${file.name} is not a picture. Upload it under Documents, then link it from a text block.`);
  for (const picture of files.filter(isPicture)) {
    tell([...problems, `Uploading ${picture.name}…`], true);
    try {
      const answer = await convert("image", { picture, alt: "" });
      if (answer.errors) problems.push(...answer.errors);
      else write(field, answer.markdown);
    } catch {
      problems.push(`${picture.name}: the server did not answer.`);
    }
  }
  tell(problems, false);
}

/** As a paragraph of its own, with the field's own undo; the cursor goes where the alt text of the first one is missing. */
function write(field, markdown) {
  const cursor = field.selectionEnd;
  const isInAlt = /!\[[^\]\n]*$/.test(field.value.slice(0, cursor)) && /^[^\]\n]*\]\(/.test(field.value.slice(cursor));
  const waits = field.value.slice(0, cursor).endsWith("![") && field.value.startsWith("](", cursor);
  if (isInAlt) {
    const end = endOfParagraph(field.value, cursor);
    field.setSelectionRange(end, end);
  }
  const before = field.value.slice(0, field.selectionStart);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  field.focus();
  document.execCommand("insertText", false, `${gap}${markdown}\n\n`);
  const place = waits ? cursor : before.length + gap.length + 2;
  if (waits || markdown.startsWith(WITHOUT_ALT)) field.setSelectionRange(place, place);
}

function endOfParagraph(text, from) {
  const end = text.indexOf("\n\n", from);
  return end < 0 ? text.length : end + 2;
}

export function takePictures(field, tell) {
  const receive = (event, files) => {
    if (!files.length) return;
    event.preventDefault();
    insert(field, files, tell);
  };
  // Programs that copy a table or a sentence add a picture of it: what they mean is the text.
  field.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    const files = [...(data?.files ?? [])];
    const names = files.map((file) => file.name).join("\n");
    const text = data?.getData("text/plain").trim() ?? "";
    if (!text || text === names) receive(event, files);
  });
  field.addEventListener("dragover", (event) => {
    if ([...(event.dataTransfer?.types ?? [])].includes("Files")) event.preventDefault();
  });
  field.addEventListener("drop", (event) => receive(event, [...(event.dataTransfer?.files ?? [])]));
}
