/** Messages on their way: shown at once, sent in order, kept with a way to retry when one is refused. */

import * as api from "./api.js";
import { desk } from "./desk.js";
import { trouble } from "./notices.js";

let waiting = [];
let lane = Promise.resolve();
let count = 0;

/** What is still on its way from this seat, oldest first. */
export const onTheWay = (person) => waiting.filter((draft) => draft.person === person);

/** Send a draft: `{text, replyTo, files, kind}`. */
export function dispatch(draft) {
  const parcel = { ...draft, person: desk.person, key: ++count, failed: false };
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
