/** The conversation of one seat: its messages by day, kept where the reader was looking. */

import * as api from "./api.js";
import { bubble, gist, isMine, parcelBubble, sender } from "./bubble.js";
import { insert, replyTo, sendWords } from "./composer.js";
import { desk } from "./desk.js";
import { arrange, at, el } from "./dom.js";
import { alertDialog, announce, toast, trouble } from "./notices.js";
import { discard, onTheWay, retry } from "./outgoing.js";
import { day, dayLine, moment } from "./time.js";
import { rolesOf, say } from "./words.js";

const NEAR_PX = 90;
const lines = new Map();
const days = new Map();
let arriving = true;
let divider = null;
let newest = 0;
let missed = 0;
let sticky = true;
let place = 0;

const acts = { jump, enlarge, press, reply: replyTo, say: sendWords };

async function press(message, label, button) {
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await api.press(desk.person, desk.chat, message.message_id, label);
    await desk.refresh();
    if (!answer.answered) toast(say("noAnswer"));
    else if (answer.alert) alertDialog(answer.toast);
    else if (answer.toast) toast(answer.toast);
  } catch (refusal) {
    trouble(refusal.message);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function jump(id) {
  const line = lines.get(id)?.node;
  if (!line) return;
  sticky = false;
  line.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  line.classList.remove("found");
  requestAnimationFrame(() => line.classList.add("found"));
  line.querySelector(".bubble").addEventListener("animationend", () => line.classList.remove("found"), { once: true });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function enlarge(file) {
  at("picture-image").src = file.url;
  at("picture-image").alt = file.name ?? say("photo");
  at("picture").showModal();
}

function kept(message) {
  const looks = JSON.stringify(message);
  if (lines.get(message.message_id)?.looks !== looks) lines.set(message.message_id, { looks, node: bubble(message, acts) });
  return lines.get(message.message_id).node;
}

function separator(date) {
  const key = day(date);
  if (!days.has(key)) days.set(key, el("li", { class: "day" }, el("span", {}, dayLine(date))));
  return days.get(key);
}

function rows() {
  const nodes = [];
  let before = "";
  let from = null;
  for (const message of desk.messages) {
    const date = moment(message.date);
    if (day(date) !== before) nodes.push(separator(date));
    const node = kept(message);
    if (message.message_id === divider) nodes.push(newHere());
    node.classList.toggle("again", from === message.from && day(date) === before && message.message_id !== divider);
    nodes.push(node);
    before = day(date);
    from = message.from;
  }
  return [...nodes, ...onTheWay().map((parcel) => parcelBubble(parcel, { retry, discard }))];
}

/** Redraw the lines; whoever was at a card's buttons by keyboard stays at that card when it changes. */
function redraw() {
  const held = document.activeElement.closest("[data-message]")?.dataset.message;
  arrange(at("messages"), rows());
  if (held && document.activeElement === document.body) lines.get(Number(held))?.node.querySelector("button.key")?.focus({ preventScroll: true });
}

function newHere() {
  if (!days.has("new")) days.set("new", el("li", { class: "new-here" }, el("span", {}, say("newDivider"))));
  return days.get("new");
}

/** The oldest message that waited unread when the seat was taken. */
function firstUnread() {
  const incoming = desk.messages.filter((message) => !isMine(message));
  return desk.unreadOnArrival ? (incoming.at(-desk.unreadOnArrival)?.message_id ?? null) : null;
}

function arrive() {
  arriving = false;
  divider = firstUnread();
  newest = desk.messages.at(-1)?.message_id ?? 0;
  missed = 0;
}

function countNew() {
  const fresh = desk.messages.filter((message) => message.message_id > newest);
  newest = desk.messages.at(-1)?.message_id ?? newest;
  const heard = fresh.filter((message) => !isMine(message));
  if (heard.length) announce(say("says", sender(heard.at(-1)), heard.at(-1).text || gist(heard.at(-1))));
  if (fresh.some(isMine)) sticky = true;
  missed = sticky ? 0 : missed + heard.length;
}

function draw() {
  if (!desk.person) return;
  const first = arriving;
  if (first) arrive();
  else countNew();
  redraw();
  at("play").hidden = desk.messages.length > 0 || onTheWay().length > 0;
  if (first && divider) {
    sticky = false;
    days.get("new").scrollIntoView({ block: "start" });
  } else if (sticky) toBottom();
  noticePlace();
}

function toBottom() {
  at("scroll").scrollTop = at("scroll").scrollHeight;
}

/** Whether the reader is at the end decides the pill, and whether what stands here has been read; a picture that loads moves nobody. */
function noticePlace() {
  const scroll = at("scroll");
  const away = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
  sticky = away < NEAR_PX || (sticky && scroll.scrollTop >= place);
  place = scroll.scrollTop;
  if (sticky) missed = 0;
  at("pill").hidden = away < NEAR_PX * 4 && !missed;
  at("pill-words").textContent = missed ? say("newMessages", missed) : say("toBottom");
  markRead();
}

async function markRead() {
  if (!sticky || document.hidden || !desk.seat?.unread) return;
  desk.seat.unread = 0;
  desk.tell("people");
  await api.read(desk.person).catch((refusal) => trouble(refusal.message));
}

function room(group) {
  const chat = group?.id ?? null;
  return el("button", { type: "button", "aria-pressed": String(chat === desk.chat), onclick: () => desk.sit(desk.person, chat) }, group?.title ?? say("private"));
}

function head() {
  at("chat-title").textContent = desk.seat?.title ?? say("chooseSeat");
  at("chat-roles").textContent = desk.seat ? rolesOf(desk.seat) : "";
  at("rooms").replaceChildren(...(desk.rooms.length ? [null, ...desk.rooms].map(room) : []));
  document.body.classList.toggle("seated", Boolean(desk.person));
}

function onSeat() {
  arriving = true;
  sticky = true;
  place = 0;
  lines.clear();
  arrange(at("messages"), []);
  at("play").hidden = true;
  head();
}

export function setUpChat() {
  desk.on("seat", onSeat);
  desk.on("people", head);
  desk.on("messages", draw);
  desk.on("dispatched", () => (sticky = true));
  at("scroll").addEventListener("scroll", noticePlace, { passive: true });
  at("board-open").addEventListener("click", () => sendWords("/web"));
  at("pill").addEventListener("click", () => toBottom());
  at("messages").addEventListener("click", (event) => {
    const verb = event.target.closest("[data-verb]");
    if (verb) insert(verb.dataset.verb + " ");
  });
  new ResizeObserver(() => sticky && toBottom()).observe(at("messages"));
  new ResizeObserver(() => sticky && toBottom()).observe(at("scroll"));
  document.addEventListener("visibilitychange", noticePlace);
}

/** After a change of language. */
export function redrawChat() {
  lines.clear();
  days.clear();
  head();
  if (desk.person) arrange(at("messages"), rows());
}
