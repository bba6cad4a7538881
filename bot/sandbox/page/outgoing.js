/** Messages on their way: shown at once, sent in order, kept with a way to retry when one is refused. */

import * as api from "./api.js";
import { desk } from "./desk.js";
import { trouble } from "./notices.js";

let waiting = [];
let lane = Promise.resolve();

/** What is still on its way from here, oldest first. */
export const onTheWay = () => waiting.filter((parcel) => parcel.person === desk.person && parcel.chat === desk.chat);

/** Send a draft: `{text, replyTo, files, kind}`. */
export function dispatch(draft) {
  const parcel = { ...draft, person: desk.person, chat: desk.chat, failed: false };
  waiting.push(parcel);
  desk.tell("dispatched");
  queue(parcel);
}

export function retry(parcel) {
  parcel.failed = false;
  queue(parcel);
}

export function discard(parcel) {
  waiting = waiting.filter((one) => one !== parcel);
  desk.tell("messages");
}

function queue(parcel) {
  desk.tell("messages");
  lane = lane.then(() => deliver(parcel));
}

async function deliver(parcel) {
  try {
    await api.send(parcel.person, parcel);
    waiting = waiting.filter((one) => one !== parcel);
    await desk.refresh();
  } catch (refusal) {
    parcel.failed = true;
    trouble(refusal.message);
    desk.tell("messages");
  }
}
