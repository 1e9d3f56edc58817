// Picture files, pasted or dropped, several at once.

import { insertBlocks } from "./blocks.js";
import { note } from "./note.js";
import { convert } from "./server.js";

/** Upload the files one after another, and put their blocks in together, in the order of the files. */
export async function insertPictures(place, files, alt = "") {
  const { body } = place;
  const pictures = files.filter((file) => file.type.startsWith("image/") || /\.(heic|heif|avif)$/i.test(file.name));
  const problems = files.filter((file) => !pictures.includes(file)).map((file) => `Not pasted: ${file.name} is not an image. Link documents in the text.`);
  const blocks = [];
  for (const [place_, picture] of pictures.entries()) {
    note(body, [pictures.length === 1 ? "Uploading the picture…" : `Uploading picture ${place_ + 1} of ${pictures.length}…`]);
    try {
      const answer = await convert("image", { picture, alt: pictures.length === 1 ? alt : "" });
      if (answer.errors) problems.push(...answer.errors.map((error) => `Not pasted: ${error}`));
      else blocks.push(...answer.blocks);
    } catch {
      problems.push(`Not pasted: ${picture.name}. The server did not answer.`);
    }
  }
  const { made, undo } = insertBlocks(place, blocks);
  const count = made.length === 1 ? "1 picture was added." : `${made.length} pictures were added.`;
  const asked = made.length && !alt ? [made.length === 1 ? "Write its alt text." : "Write an alt text for each."] : [];
  note(body, [made.length ? count : "No picture was added.", ...asked, ...problems], made.length ? undo : null);
}
