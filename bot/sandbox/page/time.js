/** The moment as people at the college read it: always Beijing time, wherever the browser sits. */

import { spoken } from "./words.js";

const ZONE = "Asia/Shanghai";
const made = new Map();

function format(options) {
  const locale = spoken() === "en" ? "en-GB" : "zh-CN";
  const key = locale + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
  return made.get(key);
}

/** Seconds since 1970, or ISO 8601 with an offset, as a Date. */
export const moment = (value) => new Date(typeof value === "number" ? value * 1000 : value);

/** 2026年3月2日 */
export const day = (date) => format({ year: "numeric", month: "long", day: "numeric" }).format(date);

/** 星期一 */
export const weekday = (date) => format({ weekday: "long" }).format(date);

/** 08:30 */
export const time = (date) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);

/** 3月2日 星期一; Monday 2 March */
export function dayLine(date) {
  const parts = [format({ month: "long", day: "numeric" }).format(date), weekday(date)];
  return (spoken() === "en" ? parts.reverse() : parts).join(" ");
}

/** 3月2日 星期一 08:30 */
export const whole = (date) => `${dayLine(date)} ${time(date)}`;

/** 2026-03-02T08:30, as a datetime-local field wants it. */
export const field = (date) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short", timeStyle: "short" }).format(date).replace(" ", "T");
