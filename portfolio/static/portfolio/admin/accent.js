/* The colour picker beside the accent colour, and how pages in the chosen palette will show it, asked of the server. */
const palettes = document.querySelectorAll("[data-palettes] input")
const palette = () => [...palettes].find((input) => input.checked)?.value ?? ""

for (const field of document.querySelectorAll(".accent-field")) {
  const text = field.querySelector("[data-accent]")
  const picker = field.querySelector("input[type=color]")
  const shown = field.querySelector("[data-accent-shown]")
  let timer

  async function show() {
    const colour = text.value.trim()
    if (colour && !/^#[0-9a-f]{6}$/i.test(colour)) return
    const address = `${field.dataset.accentAddress}?${new URLSearchParams({ colour, palette: palette() })}`
    const answer = await fetch(address)
    if (answer.ok && text.value.trim() === colour) shown.innerHTML = await answer.text()
  }

  function later() {
    clearTimeout(timer)
    timer = setTimeout(show, 150)
  }

  for (const input of palettes) input.addEventListener("change", show)
  if (palettes.length && !palettes[0].checked) show()
  picker.hidden = false
  picker.addEventListener("input", () => {
    text.value = picker.value
    text.dispatchEvent(new Event("change", { bubbles: true }))
    later()
  })
  text.addEventListener("input", () => {
    if (/^#[0-9a-f]{6}$/i.test(text.value.trim())) picker.value = text.value.trim()
    later()
  })
}
