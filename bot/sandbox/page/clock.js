/** The clock bar: what time it is in the sandbox, and the buttons that make time pass. */

import * as api from "./api.js";
import { desk } from "./desk.js";
import { at } from "./dom.js";
import { announce, toast, trouble } from "./notices.js";
import { day, field, time, weekday, whole } from "./time.js";
import { say } from "./words.js";

let moving = false;

function draw() {
  if (!desk.now) return;
  at("now").dateTime = desk.now.toISOString();
  at("now-day").textContent = day(desk.now);
  at("now-weekday").textContent = weekday(desk.now);
  at("now-time").textContent = time(desk.now);
}

function show(running) {
  moving = running;
  at("clock").toggleAttribute("aria-busy", running);
  at("clock-progress").hidden = !running;
  for (const button of at("clock").querySelectorAll("button")) button.disabled = running;
}

async function move(how) {
  if (moving) return;
  const opener = document.activeElement;
  show(true);
  announce(say("moving"));
  try {
    const done = await api.clock(how);
    await desk.refresh();
    toast(say("moved", whole(desk.now), done.delivered ?? done.sent ?? 0));
  } catch (refusal) {
    trouble(refusal.message);
  } finally {
    show(false);
    opener?.focus?.({ preventScroll: true });
  }
}

function fold(open) {
  at("to-panel").hidden = !open;
  at("to-open").setAttribute("aria-expanded", String(open));
  if (!open) return;
  at("to-field").value = field(desk.now);
  at("to-field").focus();
}

function onSubmit(event) {
  event.preventDefault();
  const to = at("to-field").value;
  if (!to) return;
  fold(false);
  at("to-open").focus();
  move({ to });
}

function onPress(event) {
  const button = event.target.closest("button");
  if (button?.dataset.advance) move({ advance: button.dataset.advance });
  else if (button?.dataset.to) move({ to: button.dataset.to });
}

function setUpPanel() {
  at("to-open").addEventListener("click", () => fold(at("to-panel").hidden));
  at("to-panel").addEventListener("submit", onSubmit);
  at("to").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || at("to-panel").hidden) return;
    fold(false);
    at("to-open").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!at("to").contains(event.target)) fold(false);
  });
}

export function setUpClock() {
  at("clock").addEventListener("click", onPress);
  setUpPanel();
  desk.on("now", draw);
}

/** After a change of language. */
export const redrawClock = draw;
