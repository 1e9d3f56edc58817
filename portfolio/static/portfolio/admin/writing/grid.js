// Tab in a table goes from cell to cell, row by row. The buttons of a row are reached with Shift and Tab, and those below
// the table with Tab from the last cell.

import { placeOf } from "../paste/place.js";

const FIELD = "input.column-heading, [contenteditable='true']";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!(event.target instanceof Element) || !event.target.matches(FIELD)) return;
  const child = placeOf(event.target)?.child;
  if (child?.type !== "table") return;
  const cells = [...child.element.querySelectorAll(".typed-table-block table :is(th, td)")];
  const fields = cells.map((cell) => cell.querySelector(FIELD)).filter(Boolean);
  const next = fields[fields.indexOf(event.target) + 1];
  if (!fields.includes(event.target) || !next) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  next.focus();
}, true);
