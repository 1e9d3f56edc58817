/*
 * What a reader may want and no page needs: another colour scheme than the system's, code and addresses at a click,
 * the system's way to share a text, and the section that is being read marked in the contents.
 *
 * The scheme is set as soon as this file is here, which is before the style sheet is and so before anything is painted;
 * the buttons wait for the page. Both buttons are made here, so that none is shown where it could do nothing.
 */

const KEY = "scheme";
const SCHEMES = ["auto", "light", "dark"];
const root = document.documentElement;
// A page in another language brings its own words.
const [COPY, COPIED, REFUSED, COLOURS, SHARE, ...NAMES] = root.dataset.words?.split("|")
  ?? ["Copy", "Copied", "Not allowed", "Colours: {scheme}. Change to {next}", "Share", ...SCHEMES];
const named = (scheme) => NAMES[SCHEMES.indexOf(scheme)];

function chosen() {
  try {
    const kept = localStorage.getItem(KEY);
    return SCHEMES.includes(kept) ? kept : "auto";
  } catch {
    return "auto"; // a reader may forbid sites to remember anything
  }
}

function choose(scheme) {
  try {
    if (scheme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, scheme);
  } catch {
    // then it holds for this page
  }
  show(scheme);
}

/** The page and those frames that still hold a page of ours. */
function show(scheme) {
  const frames = [...document.querySelectorAll(".embed iframe")].map((frame) => frame.contentDocument?.documentElement);
  for (const element of [root, ...frames]) {
    if (element && scheme === "auto") delete element.dataset.scheme;
    else if (element) element.dataset.scheme = scheme;
  }
}

function schemeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "scheme-button";
  const name = (scheme) => {
    const next = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
    button.dataset.shown = scheme;
    button.title = COLOURS.replace("{scheme}", named(scheme)).replace("{next}", named(next));
    button.ariaLabel = button.title;
    button.onclick = () => {
      choose(next);
      name(next);
    };
  };
  name(chosen());
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    show(chosen());
    name(chosen());
  });
  return button;
}

/** The button stands in the element around the code, which stays where it is while the code scrolls. */
function copyButton(pre) {
  let frame = pre.closest(".code, div.highlighter-rouge");
  if (!frame) {
    frame = document.createElement("div");
    frame.className = "code";
    pre.replaceWith(frame);
    frame.append(pre);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = COPY;
  button.setAttribute("aria-live", "polite");
  button.onclick = async () => {
    const text = pre.textContent.replace(/\n$/, "");
    button.textContent = await navigator.clipboard.writeText(text).then(() => COPIED, () => REFUSED);
    setTimeout(() => { button.textContent = COPY; }, 2000);
  };
  frame.append(button);
}

/** A click on the mark beside a heading also copies its address. */
function copyAddress(link) {
  link.addEventListener("click", () => navigator.clipboard.writeText(link.href).catch(() => {}));
}

/** A row below a text that opens the system's own sheet of people and programs. */
function shareRow(foot) {
  const row = document.createElement("div");
  row.className = "subcolumns";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "share";
  button.textContent = SHARE;
  const url = location.origin + location.pathname;
  button.onclick = () => navigator.share({ title: document.querySelector("h1").textContent, url }).catch(() => {});
  row.append(button);
  foot.append(row);
}

/** Mark the section that is being read in the contents, where the browser does not do so itself. */
function markSection(contents) {
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    const line = innerHeight / 3;
    const last = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < line);
    links.forEach((link, index) => {
      if (index === last) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66%" });
  for (const heading of headings) if (heading) observer.observe(heading);
}

function ready() {
  document.querySelector(".masthead")?.append(schemeButton());
  if (navigator.clipboard) document.querySelectorAll(".body pre").forEach(copyButton);
  if (navigator.clipboard) document.querySelectorAll(".heading-anchor").forEach(copyAddress);
  if (navigator.share) document.querySelectorAll(".h-entry > .after").forEach(shareRow);
  if (!CSS.supports("scroll-target-group", "auto")) document.querySelectorAll(".contents").forEach(markSection);
  for (const frame of document.querySelectorAll(".embed iframe")) frame.addEventListener("load", () => show(chosen()));
  show(chosen());
}

show(chosen());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();
