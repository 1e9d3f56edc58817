// What the server makes of a paste.

const addresses = document.querySelector("script[data-paste-html]").dataset;

/** Post the fields to "markdown", "html", "text", "address" or "image"; answers of 422 have `errors`. */
export async function convert(kind, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return post(addresses[`paste${kind[0].toUpperCase()}${kind.slice(1)}`], form);
}

export async function post(address, form) {
  form.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  const response = await fetch(address, { method: "POST", body: form, credentials: "same-origin" });
  if (response.status === 413) return { errors: ["This is larger than the server takes."] };
  if (!response.ok && response.status !== 422) throw new Error(response.statusText);
  return response.json();
}
