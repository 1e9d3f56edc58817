// Polls the progress of a job, and reloads the page when it is done.
const EVERY = 1000;

async function look(section) {
  const response = await fetch(section.dataset.progress, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok) return;
  const progress = await response.json();
  if (!progress.action) {
    window.location.reload();
    return;
  }
  const bar = section.querySelector("progress");
  const step = section.querySelector(".portfolio-progress__step");
  if (progress.total) {
    bar.max = progress.total;
    bar.value = progress.done;
    step.textContent = `${progress.step}: ${progress.done} of ${progress.total}`;
  } else {
    bar.removeAttribute("value");
    if (progress.step) step.textContent = progress.step;
  }
  window.setTimeout(look, EVERY, section);
}

for (const section of document.querySelectorAll("[data-progress]")) window.setTimeout(look, EVERY, section);
