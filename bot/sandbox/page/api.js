/** The sandbox's control surface over HTTP, and its refusals in plain words. */

import { say } from "./words.js";

/** What went wrong, in words for the person at the page. */
export class Refusal extends Error {}

const PLAIN = { 404: "errorGone", 409: "errorBusy", 413: "errorTooLarge" };

async function explain(response) {
  const body = await response.json().catch(() => ({}));
  const why = body.error ?? body.description;
  if (response.status >= 500) return say("errorServer");
  if (why) return say("errorRefused", why);
  return say(PLAIN[response.status] ?? "errorServer");
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refusal(say("errorNetwork"));
  }
  if (!response.ok) throw new Refusal(await explain(response));
  return response.json();
}

const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

const person = (id) => `/sandbox/people/${encodeURIComponent(id)}`;

function form({ text, replyTo, files, kind }) {
  const data = new FormData();
  for (const file of files) data.append("file", file, file.name);
  if (text) data.append("caption", text);
  if (replyTo) data.append("reply_to", String(replyTo));
  data.append("as", kind);
  return data;
}

export const state = () => call("/sandbox/state");
export const messages = (id) => call(`${person(id)}/messages`);
export const commands = (id) => call(`/sandbox/commands?person=${encodeURIComponent(id)}`);
export const events = (after) => call(`/sandbox/events?after=${after}`);
export const read = (id) => post(`${person(id)}/read`, {});
export const press = (id, messageId, button) => post(`${person(id)}/presses`, { message_id: messageId, button });
export const clock = (move) => post("/sandbox/clock", move);

/** One message: text alone as JSON; photos or documents with their caption as a form. */
export function send(id, { text, replyTo, files = [], kind = "document" }) {
  const path = `${person(id)}/messages`;
  if (files.length) return call(path, { method: "POST", body: form({ text, replyTo, files, kind }) });
  return post(path, replyTo ? { text, reply_to: replyTo } : { text });
}
