/**
 * What the page knows. The server's stream only rings the bell; the page then asks what is true now,
 * so a lost event, a second tab or a year passed in a second cannot leave it believing something else.
 */

import * as api from "./api.js";
import { moment } from "./time.js";

const BELLS = ["message", "edited", "deleted", "unread", "ladder"];
const PATIENCE_MS = 60;

class Desk extends EventTarget {
  now = null;
  people = [];
  groups = [];
  person = null;
  messages = [];
  unreadOnArrival = 0;
  ladder = [];
  #seen = 0;
  #dirty = false;
  #pulling = null;
  #bell = null;

  /** Tell the views that `what` changed: seat, people, messages, dispatched, ladder, now, connection, trouble. */
  tell(what, detail = null) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }

  on(what, listener) {
    this.addEventListener(what, (event) => listener(event.detail));
  }

  /** The seat or group now played, as the server describes it. */
  get seat() {
    return [...this.people, ...this.groups].find((one) => String(one.id) === this.person) ?? null;
  }

  /** Take a seat; its messages follow when the server has answered. */
  async sit(id) {
    if (this.person === id) return;
    this.person = id;
    this.messages = [];
    this.unreadOnArrival = this.seat?.unread ?? 0;
    this.tell("seat", id);
    await this.refresh();
  }

  /** Ask for everything that may have changed; many calls at once become one round more. */
  refresh() {
    this.#dirty = true;
    this.#pulling ??= this.#pullWhileDirty().finally(() => (this.#pulling = null));
    return this.#pulling;
  }

  async #pullWhileDirty() {
    while (this.#dirty) {
      this.#dirty = false;
      try {
        await this.#pull();
      } catch (refusal) {
        this.tell("trouble", refusal.message);
      }
    }
  }

  async #pull() {
    const person = this.person;
    const [state, events, messages] = await Promise.all([
      api.state(),
      api.events(this.#seen),
      person ? api.messages(person) : [],
    ]);
    this.people = state.people;
    this.groups = state.groups ?? [];
    this.tell("people");
    this.#clock(state.now);
    this.#climb(events);
    if (person !== this.person) return;
    this.messages = messages;
    this.tell("messages");
  }

  #clock(now) {
    this.now = moment(now);
    this.tell("now");
  }

  #climb(events) {
    const steps = events.filter((event) => event.id > this.#seen);
    if (!steps.length) return;
    this.#seen = steps.at(-1).id;
    this.ladder.push(...steps.filter((event) => event.kind === "ladder"));
    this.tell("ladder");
  }

  /** Listen to the server from now on. */
  listen() {
    const stream = new EventSource("/sandbox/stream");
    stream.onopen = () => {
      this.tell("connection", true);
      this.refresh();
    };
    stream.onerror = () => this.tell("connection", false);
    for (const kind of BELLS) stream.addEventListener(kind, () => this.#ring());
    stream.addEventListener("clock", (event) => this.#clock(JSON.parse(event.data).now));
  }

  #ring() {
    this.#bell ??= setTimeout(() => {
      this.#bell = null;
      this.refresh();
    }, PATIENCE_MS);
  }
}

export const desk = new Desk();
