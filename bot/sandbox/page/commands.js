/** The menu of commands: opens on "/" or its button, narrows while one types. */

import * as api from "./api.js";
import { desk } from "./desk.js";
import { at, el } from "./dom.js";
import { trouble } from "./notices.js";
import { say } from "./words.js";

let known = [];
let shown = [];
let active = -1;
let pinned = false;
let box = null;

async function load() {
  const { person, chat } = desk;
  try {
    const commands = await api.commands(person, chat);
    if (person === desk.person && chat === desk.chat) known = commands;
  } catch (refusal) {
    trouble(refusal.message);
  }
}

const isOpen = () => !at("commands").hidden;

export function closeCommands() {
  pinned = false;
  at("commands").hidden = true;
  at("text").setAttribute("aria-expanded", "false");
  at("commands-open").setAttribute("aria-expanded", "false");
  at("text").removeAttribute("aria-activedescendant");
}

/** Show what fits the words typed so far; nothing once they hold a space. */
export function suggest(words) {
  const typed = /^\/(\S*)$/.exec(words);
  if (!typed && !(pinned && !words)) return closeCommands();
  const sought = (typed?.[1] ?? "").toLowerCase();
  shown = known.filter(({ command, description }) => command.startsWith(sought) || (sought && description.toLowerCase().includes(sought)));
  active = 0;
  draw();
}

function option({ command, description }, index) {
  return el(
    "li",
    { role: "option", id: `command-${index}`, "aria-selected": String(index === active), onclick: () => pick(index, true), onpointermove: () => mark(index) },
    el("code", {}, `/${command}`),
    el("span", {}, description),
  );
}

function draw() {
  const options = shown.map(option);
  at("commands").replaceChildren(...(options.length ? options : [el("li", { class: "none" }, say("noCommand"))]));
  at("commands").hidden = false;
  at("text").setAttribute("aria-expanded", "true");
  at("commands-open").setAttribute("aria-expanded", "true");
  mark(shown.length ? Math.max(active, 0) : -1);
}

function mark(index) {
  active = index;
  [...at("commands").querySelectorAll("[role=option]")].forEach((node, i) => node.setAttribute("aria-selected", String(i === index)));
  if (index < 0) return at("text").removeAttribute("aria-activedescendant");
  at("text").setAttribute("aria-activedescendant", `command-${index}`);
  at(`command-${index}`).scrollIntoView({ block: "nearest" });
}

function pick(index, send) {
  const { command } = shown[index];
  closeCommands();
  if (send) box.sendWords(`/${command}`);
  else box.insert(`/${command} `);
}

/** Whether the open menu used this key: arrows walk, Enter sends, Tab completes, Escape closes. */
export function menuTakes(event) {
  if (!isOpen() || (!shown.length && event.key !== "Escape")) return false;
  if (event.key === "ArrowDown") mark((active + 1) % shown.length);
  else if (event.key === "ArrowUp") mark((active - 1 + shown.length) % shown.length);
  else if (event.key === "Enter" && !event.shiftKey) pick(active, true);
  else if (event.key === "Tab" && !event.shiftKey) pick(active, false);
  else if (event.key === "Escape") closeCommands();
  else return false;
  event.preventDefault();
  return true;
}

/** `composer` offers `insert(words)` and `sendWords(words)`. */
export function setUpCommands(composer) {
  box = composer;
  desk.on("seat", load);
  at("commands-open").addEventListener("click", () => {
    if (isOpen()) return closeCommands();
    pinned = true;
    at("text").focus();
    suggest(at("text").value.startsWith("/") ? at("text").value : "");
  });
  document.addEventListener("pointerdown", (event) => {
    if (isOpen() && !at("composer").contains(event.target)) closeCommands();
  });
}

/** After a change of language: the server may describe them otherwise. */
export const reloadCommands = () => desk.person && load();
