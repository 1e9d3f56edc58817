/* The field below a list of categories or authors: what it names is made, listed and ticked. */

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value

function checkbox(name, { pk, name: label }) {
  const present = document.querySelector(`input[type=checkbox][name="${name}"][value="${pk}"]`)
  if (present) return present
  const row = document.createElement("div")
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value: pk, id: `id_${name}_new_${pk}` })
  const text = document.createElement("label")
  text.htmlFor = box.id
  text.append(box, ` ${label}`)
  row.append(text)
  document.getElementById(`id_${name}`).append(row)
  return box
}

async function add(part) {
  const field = part.querySelector("input")
  const button = part.querySelector("button")
  const status = part.querySelector("[role=status]")
  const name = field.value.trim()
  if (!name || button.disabled) return field.focus()
  button.disabled = true
  status.textContent = ""
  try {
    const form = new FormData()
    form.set("name", name)
    form.set("csrfmiddlewaretoken", token())
    const response = await fetch(part.dataset.newChoice, { method: "POST", body: form, credentials: "same-origin" })
    if (!response.ok && response.status !== 422) throw new Error(response.statusText)
    const answer = await response.json()
    if (answer.errors) {
      status.textContent = answer.errors.join(" ")
      return
    }
    const box = checkbox(part.dataset.choices, answer)
    if (!box.checked) box.click()
    field.value = ""
    status.textContent = `${answer.name} is ticked.`
  } catch {
    status.textContent = "It was not added. Try again."
  } finally {
    button.disabled = false
    field.focus()
  }
}

for (const part of document.querySelectorAll("[data-new-choice]")) {
  part.querySelector("button").addEventListener("click", () => add(part))
  part.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault() // which would submit the form
    add(part)
  })
}
