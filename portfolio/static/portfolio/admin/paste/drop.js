// Picture files dropped on a body: behind the block below the pointer, or at the end.

import { insertPictures } from "./pictures.js";
import { placeOf } from "./place.js";

const bringsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

function bodyBelow(event) {
  return bringsFiles(event) && event.target instanceof Element ? placeOf(event.target) : null;
}

let marked = null;

function mark(element) {
  if (marked !== element) marked?.classList.remove("drop-here");
  element?.classList.add("drop-here");
  marked = element;
}

function over(event) {
  const place = bodyBelow(event);
  mark(place && ((place.child ?? place.body).element ?? null));
  if (!place) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
}

function drop(event) {
  mark(null);
  const place = bodyBelow(event);
  if (!place) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  insertPictures(place, [...event.dataTransfer.files]);
}

document.addEventListener("dragover", over, true);
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(null); }, true);
document.addEventListener("drop", drop, true);
