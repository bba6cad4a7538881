/** Text with Telegram's entities as elements: offsets count UTF-16 units, as JavaScript's strings do. */

import { el } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const WEB = new Set(["http:", "https:", "mailto:"]);

/** The address if a browser may follow it, else null: `javascript:` and its like stay plain text. */
export function safeAddress(address) {
  try {
    return WEB.has(new URL(address).protocol) ? address : null;
  } catch {
    return null;
  }
}

function wrap(entity, content, raw) {
  if (entity.type === "text_link" || entity.type === "url") {
    const href = safeAddress(entity.url ?? raw);
    if (href) return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...content);
  }
  if (entity.type === "bot_command") return el("button", { type: "button", class: "verb", "data-verb": raw }, ...content);
  if (entity.type === "spoiler") return el("span", { class: "spoiler", tabindex: "0" }, ...content);
  return TAGS[entity.type] ? el(TAGS[entity.type], {}, ...content) : el("span", {}, ...content);
}

function build(text, start, end, queue) {
  const nodes = [];
  let here = start;
  while (queue.length && queue[0].offset < end) {
    const entity = queue.shift();
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < here || stop <= entity.offset) continue;
    if (entity.offset > here) nodes.push(text.slice(here, entity.offset));
    nodes.push(wrap(entity, build(text, entity.offset, stop, queue), text.slice(entity.offset, stop)));
    here = stop;
  }
  if (here < end) nodes.push(text.slice(here, end));
  return nodes;
}

/** Nodes for `text`; entities may nest, the outer one first. */
export function rich(text, entities = []) {
  const queue = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, queue);
}
