/** Start: words into the skeleton, views onto the desk, the seat named in the address, then listen. */

import { redrawChat, setUpChat } from "./chat.js";
import { redrawClock, setUpClock } from "./clock.js";
import { reloadCommands } from "./commands.js";
import { redrawComposer, setUpComposer } from "./composer.js";
import { desk } from "./desk.js";
import { at } from "./dom.js";
import { redrawLadder, setUpLadder } from "./ladder.js";
import { connected, trouble } from "./notices.js";
import { drawPlay, setUpPlay } from "./play.js";
import { redrawSeats, setUpSeats } from "./seats.js";
import { fillWords, switchLanguage } from "./words.js";

const named = () => new URLSearchParams(location.hash.slice(1)).get("person");

function follow() {
  const id = named();
  if (id && desk.people.some((seat) => String(seat.id) === id)) desk.sit(id);
}

function onLanguage() {
  switchLanguage();
  for (const redraw of [redrawSeats, redrawChat, redrawClock, redrawLadder, redrawComposer, drawPlay, reloadCommands]) redraw();
}

function setUpDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => (event.target === dialog || event.target.closest("[data-close]")) && dialog.close());
  }
}

async function start() {
  fillWords();
  for (const setUp of [setUpSeats, setUpChat, setUpComposer, setUpClock, setUpLadder, setUpPlay, setUpDialogs]) setUp();
  at("language").addEventListener("click", onLanguage);
  at("skip").addEventListener("click", () => at("scroll").focus());
  desk.on("trouble", trouble);
  desk.on("connection", connected);
  desk.on("seat", (id) => named() !== id && (location.hash = `person=${encodeURIComponent(id)}`));
  addEventListener("hashchange", follow);
  await desk.refresh();
  follow();
  desk.listen();
}

start();
