/** Files on the next message: chosen, pasted or dropped; shown before they go. */

import { size } from "./bubble.js";
import { desk } from "./desk.js";
import { at, el, icon } from "./dom.js";
import { say } from "./words.js";

let files = [];
let changed = () => {};

export const hasFiles = () => files.length > 0;

const isPicture = (file) => /^image\/(png|jpeg|webp|gif)$/.test(file.type);

function add(list) {
  if (!desk.person) return;
  files.push(...list);
  draw();
}

export function clearFiles() {
  files = [];
  at("as-files-box").checked = false;
  draw();
}

/** What is attached, as it is to be sent: the photos together, the rest as files. The tray is empty afterwards. */
export function takeFiles() {
  const asFiles = at("as-files-box").checked;
  const photos = asFiles ? [] : files.filter(isPicture);
  const documents = files.filter((file) => !photos.includes(file));
  clearFiles();
  return [
    { files: photos, kind: "photo" },
    { files: documents, kind: "document" },
  ].filter((bundle) => bundle.files.length);
}

function thumbnail(file) {
  const src = URL.createObjectURL(file);
  return el("img", { class: "thumb", src, alt: "", onload: () => URL.revokeObjectURL(src) });
}

function item(file) {
  const remove = el("button", { type: "button", class: "plain", "aria-label": say("remove", file.name), onclick: () => drop(file) }, icon("close"));
  return el(
    "li",
    {},
    isPicture(file) ? thumbnail(file) : el("span", { class: "thumb" }, icon("file")),
    el("span", { class: "chip-words" }, el("span", { class: "chip-name" }, file.name), el("span", { class: "chip-size" }, size(file.size))),
    remove,
  );
}

function drop(file) {
  files = files.filter((one) => one !== file);
  draw();
  at("text").focus();
}

function draw() {
  at("tray-list").replaceChildren(...files.map(item));
  at("tray").hidden = !files.length;
  at("as-files").hidden = !files.some(isPicture);
  changed();
}

function onPaste(event) {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  add(event.clipboardData.files);
}

function setUpDrop(area) {
  const carries = (event) => desk.person && event.dataTransfer?.types.includes("Files");
  area.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    area.classList.add("dropping");
  });
  area.addEventListener("dragleave", (event) => area.contains(event.relatedTarget) || area.classList.remove("dropping"));
  area.addEventListener("drop", (event) => {
    area.classList.remove("dropping");
    if (!carries(event)) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });
}

/** `onChange` hears of every change to what is attached. */
export function setUpAttachments(onChange) {
  changed = onChange;
  at("attach").addEventListener("click", () => at("file-picker").click());
  at("file-picker").addEventListener("change", () => {
    add(at("file-picker").files);
    at("file-picker").value = "";
    at("text").focus();
  });
  at("text").addEventListener("paste", onPaste);
  setUpDrop(at("chat"));
}
