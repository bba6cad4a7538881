/** Things said once: toasts, the alert a button may answer with, a banner when something fails. */

import { at, el, icon } from "./dom.js";
import { say } from "./words.js";

const TOAST_MS = 4200;
let connection = null;

/** A short answer that goes away by itself. */
export function toast(text) {
  const note = el("p", { class: "toast" }, text);
  at("toasts").append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** An answer that waits to be read. */
export function alertDialog(text) {
  at("alert-text").textContent = text;
  at("alert").showModal();
}

function banner(text, closable) {
  const note = el("p", { class: "banner" }, icon("warning"), el("span", {}, text));
  if (closable) {
    const close = el("button", { type: "button", class: "plain", "aria-label": say("close"), onclick: () => note.remove() });
    close.append(icon("close"));
    note.append(close);
  }
  at("banners").append(note);
  return note;
}

/** Say what failed until it is read and closed; the same words once only. */
export function trouble(text) {
  const open = [...at("banners").children].some((note) => note.textContent === text);
  if (!open) banner(text, true);
}

/** Whether the stream stands: while it does not, one banner says so. */
export function connected(stands) {
  if (!stands) connection ??= banner(say("reconnecting"), false);
  else {
    connection?.remove();
    connection = null;
  }
}

/** Read this out to those who listen rather than look. */
export function announce(text) {
  at("announcer").textContent = text;
}
