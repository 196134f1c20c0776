// The stage by itself: parts asked for again and again, clocks that tick, pages that notice change.

const EVERY = 2000;

function shown(seconds) {
  const size = Math.abs(seconds);
  const two = (number) => String(number).padStart(2, "0");
  return `${seconds < 0 ? "+" : ""}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function tick(root) {
  for (const clock of root.querySelectorAll("[data-clock][data-runs]")) {
    const begun = performance.now();
    const left = Number(clock.dataset.clock);
    const timer = setInterval(() => {
      if (!clock.isConnected) {
        clearInterval(timer);
        return;
      }
      const now = left - Math.floor((performance.now() - begun) / 1000);
      clock.textContent = shown(now);
    }, 250);
  }
}

async function asked(address) {
  const answer = await fetch(address, { cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

function again(look) {
  const next = async () => {
    if (document.visibilityState === "visible") await look();
    setTimeout(next, EVERY);
  };
  setTimeout(next, EVERY);
}

function poll(part) {
  const lost = document.querySelector("[data-lost]");
  again(async () => {
    try {
      const made = new DOMParser().parseFromString(await asked(part.dataset.poll), "text/html");
      part.replaceChildren(...made.body.childNodes);
      tick(part);
      if (lost) lost.hidden = true;
    } catch {
      if (lost) lost.hidden = false;
    }
  });
}

function watch(part) {
  const told = part.querySelector("[data-changed]");
  again(async () => {
    try {
      if ((await asked(part.dataset.watch)) === part.dataset.seen) return;
      if (document.querySelector("form[data-touched]")) told.hidden = false;
      else window.location.assign(window.location.pathname + window.location.search);
    } catch {
      // no connection: what is on the page stays, and it is tried again
    }
  });
}

export function followStage(root) {
  tick(root);
  for (const part of root.querySelectorAll("[data-poll]")) poll(part);
  for (const part of root.querySelectorAll("[data-watch]")) watch(part);
}
