/** One message as an element: quote, photos, words, files, buttons, and when it was said. */

import { desk } from "./desk.js";
import { el, icon } from "./dom.js";
import { rich, safeAddress } from "./richtext.js";
import { moment, time, whole } from "./time.js";
import { say } from "./words.js";

const UNITS = ["B", "KB", "MB", "GB"];

/** 1.2 MB */
export function size(bytes) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const amount = bytes / 1024 ** power;
  return `${power && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[power]}`;
}

/** Whether the seat now played said it. */
export const isMine = (message) => String(message.from) === desk.person;

/** Who said it, as this seat would call them. */
export function sender(message) {
  if (isMine(message)) return say("me");
  return message.author.is_bot ? say("bot") : message.author.title;
}

/** The first words of a message, or what it carries. */
export function gist(message) {
  const words = message.text.trim().split("\n")[0];
  return words || message.files.map(title).join("、");
}

const isPhoto = (file) => file.kind === "photo";

const title = (file) => (isPhoto(file) ? say("photo") : file.name);

function quote(message, jump) {
  const original = desk.messages.find((one) => one.message_id === message.reply_to);
  const words = original
    ? [el("b", {}, sender(original)), el("span", {}, gist(original))]
    : [el("span", {}, say("gone"))];
  return el("button", { type: "button", class: "quote", disabled: !original, onclick: () => jump(message.reply_to) }, ...words);
}

function photo(file, enlarge) {
  const image = el("img", { src: file.url, alt: title(file), loading: "lazy" });
  return el("button", { type: "button", class: "photo", onclick: () => enlarge(file) }, image);
}

function chip(file) {
  const { name } = file;
  const ending = name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "";
  return el(
    "a",
    { class: "chip", href: file.url, download: name },
    el("span", { class: "ending", "aria-hidden": "true" }, ending || icon("file")),
    el("span", { class: "chip-words" }, el("span", { class: "chip-name" }, name), el("span", { class: "chip-size" }, size(file.size))),
  );
}

function key(message, label, press) {
  const href = safeAddress(message.links?.[label]);
  if (href) return el("a", { class: "key", href, target: "_blank", rel: "noopener noreferrer" }, `${label} ↗`);
  return el("button", { type: "button", class: "key", onclick: (event) => press(message, label, event.currentTarget) }, label);
}

/** The buttons of the card, or of the keyboard whose keys say their own label. */
function keyboard(message, acts) {
  const spoken = (label) => el("button", { type: "button", class: "key", onclick: () => acts.say(label) }, label);
  const rows = [
    ...message.buttons.map((row) => row.map((label) => key(message, label, acts.press))),
    ...message.keyboard.map((row) => row.map(spoken)),
  ];
  if (!rows.length) return null;
  return el("div", { class: "keys", role: "group", "aria-label": gist(message) }, ...rows.map((row) => el("div", { class: "keys-row" }, ...row)));
}

/** What happened to the group, in one line. */
function service(happened) {
  if (happened.new_chat_members) return say("joined", happened.new_chat_members.map((one) => one.first_name).join("、"));
  if (happened.left_chat_member) return say("left", happened.left_chat_member.first_name);
  return say("migrated");
}

function footer(message) {
  const when = moment(message.date);
  return el(
    "footer",
    {},
    message.edited && el("span", {}, say("edited")),
    el("time", { datetime: when.toISOString(), title: whole(when) }, time(when)),
  );
}

/** The list item of a message; `acts` are what its parts do: jump, enlarge, press, reply. */
export function bubble(message, acts) {
  if (message.service) return el("li", { class: "service" }, service(message.service));
  const mine = isMine(message);
  const photos = message.files.filter(isPhoto);
  const files = message.files.filter((file) => !isPhoto(file));
  const card = el(
    "article",
    { class: "bubble", "aria-label": `${sender(message)} ${time(moment(message.date))}` },
    !mine && !message.author.is_bot && el("h3", { class: "said-by" }, sender(message)),
    message.reply_to && quote(message, acts.jump),
    photos.length > 0 && el("div", { class: "photos", "data-count": String(Math.min(photos.length, 4)) }, ...photos.map((file) => photo(file, acts.enlarge))),
    message.text && el("div", { class: "words" }, ...rich(message.text, message.entities)),
    ...files.map(chip),
    footer(message),
  );
  const answer = el("button", { type: "button", class: "plain answer", "aria-label": `${say("reply")}：${gist(message)}`, title: say("reply"), onclick: () => acts.reply(message) }, icon("reply"));
  return el(
    "li",
    { class: mine ? "line mine" : "line", "data-message": String(message.message_id) },
    el("div", { class: "said" }, card, answer, keyboard(message, acts)),
  );
}

/** The list item of a message still on its way, or refused. */
export function parcelBubble(parcel, { retry, discard }) {
  const names = parcel.files.map((file) => file.name).join("、");
  const state = parcel.failed
    ? el("footer", {}, el("button", { type: "button", onclick: () => retry(parcel) }, say("retry")), el("button", { type: "button", onclick: () => discard(parcel) }, say("discard")))
    : el("footer", {}, el("span", { class: "dots" }, say("sending")));
  const words = el("div", { class: "words" }, [parcel.text, names].filter(Boolean).join("\n"));
  return el("li", { class: `line mine ${parcel.failed ? "failed" : "pending"}` }, el("div", { class: "said" }, el("article", { class: "bubble" }, words, state)));
}
