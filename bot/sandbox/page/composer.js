/** Writing a message: the text kept per seat, what it answers, Enter to send. */

import { gist, sender } from "./bubble.js";
import { clearFiles, hasFiles, setUpAttachments, takeFiles } from "./attachments.js";
import { closeCommands, menuTakes, setUpCommands, suggest } from "./commands.js";
import { desk } from "./desk.js";
import { at } from "./dom.js";
import { dispatch } from "./outgoing.js";
import { say } from "./words.js";

const drafts = new Map();
let answering = null;

const place = () => `${desk.person}/${desk.chat}`;

/** Answer this message with the next one. */
export function replyTo(message) {
  answering = message;
  drawReply();
  at("text").focus();
}

function drawReply() {
  at("replying").hidden = !answering;
  if (!answering) return;
  at("replying-who").textContent = `${say("replyingTo")} ${sender(answering)}`;
  at("replying-what").textContent = gist(answering);
}

function cancelReply() {
  answering = null;
  drawReply();
}

/** Put words into the box, ready to be finished. */
export function insert(words) {
  at("text").value = words;
  fit();
  at("text").focus();
}

function fit() {
  const box = at("text");
  drafts.set(place(), box.value);
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  at("send").disabled = !box.value.trim() && !hasFiles();
  suggest(box.value);
}

function submit(event) {
  event?.preventDefault();
  const text = at("text").value.trim();
  if (!desk.person || (!text && !hasFiles())) return;
  const replyTo = answering?.message_id ?? null;
  const bundles = takeFiles();
  if (!bundles.length) dispatch({ text, replyTo, files: [], kind: null });
  bundles.forEach((bundle, index) => dispatch({ ...bundle, replyTo, text: index ? "" : text }));
  cancelReply();
  insert("");
}

/** Send these words as they stand. */
export function sendWords(words) {
  at("text").value = words;
  submit();
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (menuTakes(event)) return;
  if (event.key === "Enter" && !event.shiftKey) submit(event);
  else if (event.key === "Escape" && answering) cancelReply();
}

function onSeat() {
  cancelReply();
  closeCommands();
  at("text").value = drafts.get(place()) ?? "";
  at("text").disabled = false;
  clearFiles();
  if (matchMedia("(pointer: fine)").matches && document.activeElement === document.body) at("text").focus();
}

export function setUpComposer() {
  at("composer").addEventListener("submit", submit);
  at("text").addEventListener("keydown", onKey);
  at("text").addEventListener("input", fit);
  at("replying-cancel").addEventListener("click", () => {
    cancelReply();
    at("text").focus();
  });
  setUpAttachments(fit);
  setUpCommands({ insert, sendWords });
  desk.on("seat", onSeat);
}

/** After a change of language. */
export const redrawComposer = drawReply;
