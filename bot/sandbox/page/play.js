/** How to play, in three lines: shown before a seat is taken and in a seat where nothing was said yet. */

import { insert } from "./composer.js";
import { desk } from "./desk.js";
import { at, el } from "./dom.js";
import { say } from "./words.js";

const LINES = ["playIssue", "playClaim", "playClock"];

/** Take the office's seat if none is taken, and put the words into the box. */
async function tryOut(words) {
  const office = desk.people.find((seat) => seat.roles.includes("OFFICE")) ?? desk.people[0];
  if (!desk.person && office) desk.sit(String(office.id));
  insert(words);
}

function line(key) {
  const [head, words, sample] = say(key);
  return el(
    "li",
    {},
    el("h3", {}, head),
    el("p", {}, words),
    sample && el("button", { type: "button", class: "sample", onclick: () => tryOut(sample) }, sample),
  );
}

export function drawPlay() {
  at("play-title").textContent = desk.person ? say("emptySeat") : say("chooseSeat");
  const lines = desk.seat && !desk.seat.started ? ["playStart"] : LINES;
  at("play-lines").replaceChildren(...lines.map(line));
}

export function setUpPlay() {
  drawPlay();
  desk.on("seat", drawPlay);
}
