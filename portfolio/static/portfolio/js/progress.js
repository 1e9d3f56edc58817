// Keeps the progress of a job fresh, and loads the page anew when it is done. Without this people reload.
const EVERY = 1000;

async function look(section) {
  const response = await fetch(section.dataset.progress, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok) return;
  const said = await response.json();
  if (!said.doing) {
    window.location.reload();
    return;
  }
  const bar = section.querySelector("progress");
  const step = section.querySelector(".desk-progress__step");
  if (said.total) {
    bar.max = said.total;
    bar.value = said.done;
    step.textContent = `${said.step}: ${said.done} of ${said.total}`;
  } else {
    bar.removeAttribute("value");
    if (said.step) step.textContent = said.step;
  }
  window.setTimeout(look, EVERY, section);
}

for (const section of document.querySelectorAll("[data-progress]")) window.setTimeout(look, EVERY, section);
