// Picture files pasted or dropped into the Markdown of a body: uploaded, and written where the cursor stands.

import { convert } from "../paste/server.js";

const isPicture = (file) => file.type.startsWith("image/") || /\.(heic|heif|avif)$/i.test(file.name);

async function insert(field, files, tell) {
  const problems = [];
  for (const picture of files) {
    tell([...problems, `Uploading ${picture.name}…`]);
    try {
      const answer = await convert("image", { picture, alt: "" });
      if (answer.errors) problems.push(...answer.errors);
      else write(field, answer.markdown);
    } catch {
      problems.push(`${picture.name}: the server did not answer.`);
    }
  }
  tell(problems);
}

/** As a paragraph of its own, with the field's own undo. */
function write(field, markdown) {
  const before = field.value.slice(0, field.selectionStart);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  field.focus();
  document.execCommand("insertText", false, `${gap}${markdown}\n\n`);
}

export function takePictures(field, tell) {
  const receive = (event, data) => {
    const files = [...(data?.files ?? [])].filter(isPicture);
    if (!files.length) return;
    event.preventDefault();
    insert(field, files, tell);
  };
  field.addEventListener("paste", (event) => receive(event, event.clipboardData));
  field.addEventListener("drop", (event) => receive(event, event.dataTransfer));
}
