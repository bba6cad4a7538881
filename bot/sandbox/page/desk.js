/**
 * What the page knows. The server's stream only rings the bell; the page then asks what is true now,
 * so a lost event, a second tab or a year passed in a second cannot leave it believing something else.
 */

import * as api from "./api.js";
import { moment } from "./time.js";

const BELLS = ["message", "edited", "deleted", "unread", "ladder", "clock"];
const PATIENCE_MS = 60;

class Desk extends EventTarget {
  now = null;
  people = [];
  groups = [];
  person = null;
  chat = null;
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

  /** The seat now played, as the server describes it. */
  get seat() {
    return this.people.find((seat) => String(seat.id) === this.person) ?? null;
  }

  /** The groups this seat is in. */
  get rooms() {
    return this.groups.filter((group) => group.members.some((id) => String(id) === this.person));
  }

  /** Take a seat, in its chat with the bot or in a group; the messages follow when the server has answered. */
  async sit(id, chat = null) {
    if (this.person === id && this.chat === chat) return;
    this.person = id;
    this.chat = chat;
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
    const { person, chat } = this;
    const [state, events, messages] = await Promise.all([
      api.state(),
      api.events(this.#seen),
      person ? api.messages(person, chat) : [],
    ]);
    this.people = state.people;
    this.groups = state.groups;
    this.tell("people");
    this.#clock(state.now);
    this.#climb(events);
    if (person !== this.person || chat !== this.chat) return;
    this.messages = messages;
    this.tell("messages");
  }

  #clock(now) {
    this.now = moment(now);
    this.tell("now");
  }

  #climb(events) {
    const steps = events.filter((step) => step.id > this.#seen);
    if (!steps.length) return;
    this.#seen = steps.at(-1).id;
    this.ladder.push(...steps);
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
  }

  #ring() {
    this.#bell ??= setTimeout(() => {
      this.#bell = null;
      this.refresh();
    }, PATIENCE_MS);
  }
}

export const desk = new Desk();
