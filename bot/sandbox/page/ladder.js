/** The running list at the right: what the ladder did, when, and by which step; a drawer on narrow screens. */

import { desk } from "./desk.js";
import { arrange, at, el } from "./dom.js";
import { dayLine, moment, time } from "./time.js";
import { say, spoken } from "./words.js";

const KEY = "lingti.ladder";
const NARROW = matchMedia("(max-width: 1080px)");
const lines = new Map();
let looked = 0;

function people(step) {
  const ids = new Set((step.people ?? []).map(String));
  const seats = desk.people.filter((seat) => ids.has(String(seat.id)));
  return seats.map((seat) =>
    el("button", { type: "button", class: "to-seat", "aria-label": say("sitDown", seat.title), onclick: () => visit(seat) }, seat.title),
  );
}

function visit(seat) {
  if (NARROW.matches) open(false);
  desk.sit(String(seat.id));
}

/** A step says `text` and, where the process tells, `why` in both languages, its `level` and whom it reached. */
function line(step) {
  const when = moment(step.at);
  return el(
    "li",
    { class: "step", "data-level": step.level ?? "info" },
    el("p", { class: "to-whom" }, el("time", { datetime: when.toISOString() }, time(when)), ...people(step)),
    el("p", { class: "what" }, step[`text_${spoken()}`]),
    el("p", { class: "why" }, step[`why_${spoken()}`]),
  );
}

function kept(step) {
  if (!lines.has(step.id)) lines.set(step.id, line(step));
  return lines.get(step.id);
}

function heading(when) {
  return el("li", { class: "day" }, dayLine(when));
}

function draw() {
  const nodes = [];
  let before = "";
  for (const step of [...desk.ladder].reverse()) {
    const when = moment(step.at);
    if (dayLine(when) !== before) nodes.push(heading(when));
    before = dayLine(when);
    nodes.push(kept(step));
  }
  arrange(at("steps"), nodes);
  at("ladder-empty").hidden = nodes.length > 0;
  count();
}

/** How many steps were taken since the list was last open. */
function count() {
  if (isOpen()) looked = desk.ladder.length;
  at("ladder-count").textContent = desk.ladder.length > looked ? String(desk.ladder.length - looked) : "";
}

/** Open or close it; wide screens remember the choice, a drawer starts closed. */
function open(wanted) {
  document.body.classList.toggle("ladder-open", wanted);
  at("ladder").inert = !wanted;
  at("ladder-toggle").setAttribute("aria-expanded", String(wanted));
  count();
  if (!NARROW.matches) localStorage.setItem(KEY, wanted ? "open" : "closed");
  else (wanted ? at("ladder-close") : at("ladder-toggle")).focus();
}

const isOpen = () => document.body.classList.contains("ladder-open");

function settle() {
  const wanted = !NARROW.matches && localStorage.getItem(KEY) !== "closed";
  document.body.classList.toggle("ladder-open", wanted);
  at("ladder").inert = !wanted;
  at("ladder-toggle").setAttribute("aria-expanded", String(wanted));
}

export function setUpLadder() {
  settle();
  NARROW.addEventListener("change", settle);
  at("ladder-toggle").addEventListener("click", () => open(!isOpen()));
  at("ladder-close").addEventListener("click", () => open(false));
  at("veil").addEventListener("click", () => open(false));
  at("ladder").addEventListener("keydown", (event) => event.key === "Escape" && NARROW.matches && open(false));
  desk.on("ladder", draw);
}

/** After a change of language. */
export function redrawLadder() {
  lines.clear();
  draw();
}
