// A range of cells pasted into a table: it fills the cells from the one pasted into, with rows and columns as needed.

import { countAsUnsaved } from "./blocks.js";

/** The rows of a range, as spreadsheets put it on the clipboard: tabs, and quotes around cells with line ends. */
function rangeOf(text, html) {
  const source = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  if (!source.includes("\t") && !(source.includes("\n") && /<t[dr][\s>]/i.test(html))) return null;
  const rows = [];
  for (const [, separator, quoted, plain] of `\n${source}`.matchAll(/(\t|\n)(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))/g)) {
    if (separator === "\n") rows.push([]);
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replaceAll(/\s+/g, " ").trim());
  }
  return rows;
}

/** Where in a table an element stands: { table, row, column }, row -1 for the headings; null outside of a table. */
function placeInTable(target, child) {
  const table = child?.type === "table" ? child.block : null;
  const cell = table && target.closest("td, th");
  if (!cell || !table.container[0].contains(cell)) return null;
  const column = cell.cellIndex - 1; // the first has the buttons of the row
  const row = cell.matches("th") ? -1 : cell.parentElement.sectionRowIndex;
  return column >= 0 && column < table.columns.length ? { table, row, column } : null;
}

function write(cell, text) {
  const editor = cell.widget.input.draftailEditor;
  const { ContentState, EditorState } = window.DraftJS;
  editor.onChange(EditorState.push(editor.getEditorState(), ContentState.createFromText(text), "insert-characters"));
}

/** Fill the cells with the range from the clipboard; returns whether there was one and a table to take it. */
export function pasteRange(target, place, { text, html }) {
  const start = placeInTable(target, place?.child);
  const rows = start && rangeOf(text, html);
  if (!rows) return false;
  const { table, row, column } = start;
  const width = Math.max(...rows.map((cells) => cells.length));
  while (table.columns.length < column + width) table.insertColumn(table.columns.length, table.columns.at(-1).blockDef);
  while (table.rows.length < row + rows.length) table.insertRow(table.rows.length);
  // A new cell draws its editor first.
  setTimeout(() => {
    rows.forEach((cells, down) => cells.forEach((cell, right) => {
      if (row + down < 0) table.columns[column + right].headingInput.value = cell;
      else write(table.rows[row + down].blocks[column + right], cell);
    }));
    countAsUnsaved(place.body);
  });
  return true;
}
