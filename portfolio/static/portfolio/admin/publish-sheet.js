/* The preview of the publish sheet follows what is entered, and so does the address below its field. */
const sheet = document.querySelector(".publish-sheet")
const look = sheet?.querySelector("iframe")
const address = sheet?.querySelector(".publish-address b")
let timer

async function refresh() {
  const answer = await fetch(sheet.dataset.look, { method: "POST", body: new FormData(sheet) })
  if (answer.ok) look.srcdoc = await answer.text()
}

function later() {
  clearTimeout(timer)
  timer = setTimeout(refresh, 500) // a rich text field hands its text over a moment after the last key
}

for (const event of ["change", "focusout"]) sheet?.addEventListener(event, later)
sheet?.elements.namedItem("slug")?.addEventListener("input", (event) => { address.textContent = event.target.value })

// Wagtail's fields for formatted text and for tags have no name of their own.
window.addEventListener("load", () => {
  for (const field of sheet?.querySelectorAll("[data-field]") ?? []) {
    const label = field.querySelector("label, legend")?.textContent.trim()
    for (const input of field.querySelectorAll(".tagit-new input, [role=textbox], [role=combobox]")) input.setAttribute("aria-label", label)
  }
})
