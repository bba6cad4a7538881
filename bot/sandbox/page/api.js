/** The sandbox's control surface over HTTP, and its refusals in plain words. */

import { refusal, say } from "./words.js";

/** What went wrong, in words for the person at the page. */
export class Refusal extends Error {}

async function explain(response) {
  const body = await response.json().catch(() => ({}));
  return response.status < 500 && body.message ? refusal(body.error, body.message) : say("errorServer");
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

function form({ chat, text, replyTo, files, kind }) {
  const data = new FormData();
  if (chat) data.append("chat", String(chat));
  for (const file of files) data.append("file", file, file.name);
  if (text) data.append("caption", text);
  if (replyTo) data.append("reply_to", String(replyTo));
  data.append("as", kind);
  return data;
}

export const state = () => call("/sandbox/state");
export const messages = (id, chat) => call(`${person(id)}/messages${chat ? `?chat=${chat}` : ""}`);
export const commands = (id, chat) => call(`/sandbox/commands?person=${id}${chat ? `&chat=${chat}` : ""}`);
export const events = (after) => call(`/sandbox/events?after=${after}`);
export const read = (id) => post(`${person(id)}/read`, {});
export const press = (id, chat, messageId, button) => post(`${person(id)}/presses?settle=0`, { chat, message_id: messageId, button });
export const clock = (move) => post("/sandbox/clock", move);

/** One message: text alone as JSON; photos or documents with their caption as a form. The bot's answer is not waited for. */
export function send(id, { chat, text, replyTo, files, kind }) {
  const path = `${person(id)}/messages?settle=0`;
  if (files.length) return call(path, { method: "POST", body: form({ chat, text, replyTo, files, kind }) });
  return post(path, { chat, text, reply_to: replyTo });
}
