/** The seats on the left (a strip on a phone): who one may be, and where something waits. */

import { desk } from "./desk.js";
import { arrange, at, el } from "./dom.js";
import { rolesOf, say } from "./words.js";

const rows = new Map();

function badge(unread) {
  return unread > 0 && el("span", { class: "badge", "aria-label": say("unread", unread) }, unread > 99 ? "99+" : String(unread));
}

function row(seat) {
  const id = String(seat.id);
  const chosen = id === desk.person;
  const face = el("span", { class: "face", "aria-hidden": "true", "data-role": seat.roles[0] }, [...seat.title][0]);
  const roles = rolesOf(seat);
  const button = el(
    "button",
    { type: "button", class: "seat", "data-seat": id, "aria-current": chosen && "true", tabindex: chosen ? "0" : "-1", onclick: () => desk.sit(id) },
    face,
    el("span", { class: "who" }, el("span", { class: "name" }, seat.title), roles && el("span", { class: "roles" }, roles)),
    badge(seat.unread),
  );
  return el("li", {}, button);
}

function kept(seat) {
  const id = String(seat.id);
  const looks = JSON.stringify([seat, id === desk.person, say("seats")]);
  if (rows.get(id)?.looks !== looks) rows.set(id, { looks, node: row(seat) });
  return rows.get(id).node;
}

function draw() {
  const focused = document.activeElement?.dataset?.seat;
  arrange(at("seat-list"), desk.people.map(kept));
  const buttons = all();
  if (buttons.length && !buttons.some((button) => button.tabIndex === 0)) buttons[0].tabIndex = 0;
  if (focused) find(focused)?.focus({ preventScroll: true });
}

const all = () => [...at("seat-list").querySelectorAll("button")];
const find = (id) => all().find((button) => button.dataset.seat === id);

function rove(from, step) {
  const buttons = all();
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, buttons.indexOf(from) + step))];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

function onKey(event) {
  const step = STEPS[event.key];
  if (step === undefined || event.altKey || !event.target.matches(".seat")) return;
  event.preventDefault();
  rove(event.target, step);
}

/** Alt with an arrow changes the seat from anywhere on the page. */
function onAltArrow(event) {
  if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const seats = desk.people.map((seat) => String(seat.id));
  const here = seats.indexOf(desk.person);
  const next = here < 0 ? 0 : (here + STEPS[event.key] + seats.length) % seats.length;
  if (seats.length) desk.sit(seats[next]);
}

export function setUpSeats() {
  at("seat-list").addEventListener("keydown", onKey);
  document.addEventListener("keydown", onAltArrow);
  desk.on("people", draw);
  desk.on("seat", () => {
    draw();
    find(desk.person)?.scrollIntoView({ block: "nearest", inline: "center" });
  });
}

/** After a change of language. */
export const redrawSeats = draw;
