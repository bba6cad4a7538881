/* The meeting screen may look again by itself; without this script one reloads the page. */
const EVERY = 30000;
const box = document.getElementById("refresh");
box.closest("[hidden]").hidden = false;

async function again() {
  if (!box.checked || document.hidden) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["section", ".head"]) {
      const fresh = page.querySelectorAll(`main ${part}`);
      const stale = document.querySelectorAll(`main ${part}`);
      if (fresh.length !== stale.length) return location.reload();
      stale.forEach((old, at) => old.outerHTML !== fresh[at].outerHTML && old.replaceWith(fresh[at]));
    }
  } catch {
    // the network is away; the next round tries again
  }
}

setInterval(again, EVERY);
