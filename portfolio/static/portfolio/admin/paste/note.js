// The note above a body: what a paste became, what of it was not kept, and a button that takes it back.

const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

export function note(body, lines, undo = null) {
  const container = body.element ?? body.container?.[0];
  clear(body);
  const box = document.createElement("div");
  box.className = "pasted-note";
  box.setAttribute("role", "status");
  const [first, ...others] = lines;
  box.append(paragraph(first));
  if (undo) box.append(button("Undo", () => { undo(); box.remove(); }));
  box.append(button("Close", () => box.remove()));
  if (others.length) {
    const list = document.createElement("ul");
    for (const line of others) {
      const item = document.createElement("li");
      item.append(...linked(line));
      list.append(item);
    }
    box.append(list);
  }
  container.before(box);
  return box;
}

export function clear(body) {
  (body.element ?? body.container?.[0]).parentElement.querySelectorAll(":scope > .pasted-note").forEach((old) => old.remove());
}

function paragraph(line) {
  const element = document.createElement("p");
  element.append(...linked(line));
  return element;
}

function button(words, act) {
  const element = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  element.className = "button button-small button-secondary";
  element.addEventListener("click", act);
  return element;
}

/** The words of a line, with links to the addresses in it: an image that was not pasted can be saved from there. */
function linked(line) {
  return line.split(ADDRESS).filter(Boolean).map((part) =>
    ADDRESS.test(part)
      ? Object.assign(document.createElement("a"), { href: part, textContent: part, target: "_blank", rel: "noopener noreferrer" })
      : part,
  );
}
