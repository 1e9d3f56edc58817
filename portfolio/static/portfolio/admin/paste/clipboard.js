// What the clipboard holds, told from its types and its text.

const MARKDOWN = [
  /^(---|\+\+\+)\s*\n[\s\S]*?\n(---|\+\+\+)\s*$/m, // front matter
  /^#{1,6} \S/m, // a heading
  /^(```|~~~)/m, // a listing
  /^> \S/m, // a quote
  /^\|.*\|\s*\n\|[\s:|-]+\|/m, // a table
  /^!\[[^\]]*\]\(\S+/m, // a picture
  /^\$\$\s*$/m, // a formula
  /^([-*+]|\d+\.) \S.*\n(([-*+]|\d+\.) |\s{2,})\S/m, // a list
  /\n\s*\n[\s\S]*(\*\*\S|\]\(https?:)/, // paragraphs with marks or links
];
const FENCE = /^(```|~~~)|^\|.*\|\s*\n\|[\s:|-]+\|/m;

// A line of a program or of a terminal: brackets and semicolons at its end, words that begin a statement, a prompt.
const CODE_LINE = [
  /[{};]\s*$/,
  /^\s*(def|class|import|from|const|let|var|return|elif|else:|try:|for \(|if \(|while \(|func|fn|function|package|public|private|static|struct|SELECT|INSERT|UPDATE|CREATE|#include|use|export) ?\b/,
  /^\s*(if|for|while|with|except|elif)\b.*:\s*$/,
  /^\s*(\/\/|#!|<\/?[a-z][\w-]*[ >]|[\w.]+\s*=[^=]|[\w.]+\(.*\)\s*$|@\w+)/,
  /^(\$|>>>|\.\.\.|PS [A-Z]:\\[^>]*>|[\w.-]+@[\w.-]+[: ~][^$#]*[$#]) \S/,
];
const BLOCKS = "table, pre, img, blockquote, hr, h1, h2, h3, h4, h5, h6, iframe, ul, ol, dl, figure, math, [style*='mso-list'], div[style*='white-space'], [style*='monospace'], [style*='Courier']";
const ADDRESS = /^https?:\/\/[^\s<>"]+$/i;

export function looksLikeMarkdown(text) {
  return MARKDOWN.some((sign) => sign.test(text));
}

export function looksLikeCode(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  if (lines.length < 2 || FENCE.test(text)) return false;
  const code = lines.filter((line) => CODE_LINE.some((sign) => sign.test(line))).length;
  const indented = lines.filter((line) => /^(\t| {2,})\S/.test(line)).length;
  const prompts = lines.filter((line) => CODE_LINE.at(-1).test(line)).length;
  return CODE_LINE.at(-1).test(lines[0]) && prompts >= 1 ? true : code >= 2 && code + indented >= lines.length / 2 && (indented > 0 || code >= lines.length * 0.7);
}

function looksLikeRows(text) {
  const lines = text.replace(/\r?\n$/, "").split("\n");
  const tabs = lines[0].split("\t").length - 1;
  return lines.length > 1 && tabs > 0 && !lines[0].startsWith("\t") && lines.every((line) => line.split("\t").length - 1 === tabs);
}

/** Whether formatted text has more in it than one paragraph, which the editor takes in by itself. */
function hasBlocks(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const paragraphs = [...page.querySelectorAll("p, div")].filter((element) => element.textContent.trim() && !element.querySelector("p, div"));
  return paragraphs.length > 1 || page.querySelector(BLOCKS) !== null || page.querySelectorAll("br + br").length > 0;
}

/** The text of formatted text: with none there are only pictures. */
function isOnlyPictures(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return !page.body.textContent.trim() && page.querySelector("img") !== null;
}

function isOneListing(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const parts = [...page.body.children].filter((element) => element.textContent.trim());
  return parts.length === 1 && parts[0].matches("pre, div[style*='white-space']");
}

/** The language that a code editor names of what was copied from it. */
function editorLanguage(data) {
  try {
    return JSON.parse(data.getData("vscode-editor-data")).mode ?? "";
  } catch {
    return "";
  }
}

/**
 * What is to become of a paste: { kind, … }, null for what the editor takes in by itself. Files and text are read here
 * at once, because a clipboard is empty when its event is over.
 */
export function read(data) {
  const text = data.getData("text/plain").replaceAll("\r\n", "\n");
  const html = data.getData("text/html");
  const files = [...data.files];
  if (html.includes("data-draftjs-conductor-fragment")) return null; // from another field of formatted text
  if (files.length && (!html || isOnlyPictures(html))) {
    const alt = html ? new DOMParser().parseFromString(html, "text/html").querySelector("img").alt : "";
    return { kind: "files", files, alt };
  }
  if (ADDRESS.test(text.trim())) return { kind: "address", address: text.trim(), text, html };
  const language = editorLanguage(data);
  if (language === "markdown" || (html && isOneListing(html) && !looksLikeCode(text) && FENCE.test(text))) return { kind: "markdown", text };
  if (language === "plaintext" || (language && !text.trim().includes("\n"))) return { kind: "plain", text: text.trim() };
  if (html && hasBlocks(html)) return { kind: "html", html, text, language };
  if (html && /<(p|li|h[1-6]|table|blockquote|article)[\s>]/i.test(html)) return null;
  if (looksLikeCode(text)) return { kind: "code", text, language };
  if (looksLikeMarkdown(text)) return { kind: "markdown", text };
  if (looksLikeRows(text)) return { kind: "rows", text };
  if (!html && /\n\s*\n/.test(text.trim())) return { kind: "paragraphs", html: paragraphs(text), text };
  return null;
}

/** Paragraphs of plain text without the empty lines between them, which would be empty paragraphs. */
function paragraphs(text) {
  const box = document.createElement("div");
  for (const part of text.trim().split(/\n\s*\n/)) {
    const paragraph = document.createElement("p");
    part.split("\n").forEach((line, place) => paragraph.append(...(place ? [document.createElement("br"), line] : [line])));
    box.append(paragraph);
  }
  return box.innerHTML;
}

/** The HTML with each picture that it carries in itself replaced by a name, and these pictures as files. */
export function withoutPictures(html) {
  const pictures = new Map();
  const known = new Map();
  const lean = html.replace(/(\ssrc\s*=\s*)(["'])\s*(data:image\/[^"']+)\2/gi, (whole, before, quote, address) => {
    if (!known.has(address)) {
      const file = fileOf(address.replaceAll(/\s/g, ""));
      if (!file) return whole;
      known.set(address, `pasted:${pictures.size}`);
      pictures.set(known.get(address), file);
    }
    return `${before}"${known.get(address)}"`;
  });
  return { html: lean, pictures };
}

function fileOf(address) {
  const [, type, coded] = /^data:image\/([a-z0-9.+-]+)[^,]*;base64,(.*)$/i.exec(address) ?? [];
  if (!type) return null;
  try {
    const bytes = Uint8Array.from(atob(decodeURIComponent(coded)), (letter) => letter.charCodeAt(0));
    return new File([bytes], `image.${type.replace("jpeg", "jpg").replace("svg+xml", "svg")}`, { type: `image/${type}` });
  } catch {
    return null;
  }
}
