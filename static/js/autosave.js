// A form that keeps what is typed: a little after the last stroke it is sent as a draft.

const PAUSE = 1500;
const AGAIN = 15000;

function keep(form) {
  const told = form.querySelector("[data-saved]");
  const drawer = form.dataset.keep && `kept:${form.dataset.keep}`;
  let timer = 0;
  let going = false;

  async function send() {
    clearTimeout(timer);
    if (form.dataset.sent || !form.dataset.touched) return;
    if (going) {
      timer = setTimeout(send, PAUSE);
      return;
    }
    going = true;
    delete form.dataset.touched;
    try {
      const answer = await fetch(window.location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1" },
        redirect: "error",
        keepalive: true,
      });
      const { said } = await answer.json();
      told.textContent = said;
      if (!answer.ok) form.dataset.touched = "yes";
      else if (drawer && !form.dataset.touched) sessionStorage.removeItem(drawer);
    } catch {
      form.dataset.touched = "yes";
      told.textContent = told.dataset.failed;
      timer = setTimeout(send, AGAIN);
    } finally {
      going = false;
    }
  }

  const typed = () => [...form.elements].filter((field) => field.name && field.type === "number");

  // what could not be sent yet outlives a reload of the page
  if (drawer && sessionStorage.getItem(drawer)) {
    const kept = JSON.parse(sessionStorage.getItem(drawer));
    for (const field of typed()) field.value = kept[field.name] ?? field.value;
    form.dataset.touched = "yes";
    timer = setTimeout(send, PAUSE);
  }

  form.addEventListener("input", () => {
    form.dataset.touched = "yes";
    if (drawer) {
      const values = Object.fromEntries(typed().map((field) => [field.name, field.value]));
      sessionStorage.setItem(drawer, JSON.stringify(values));
    }
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
}

export function keepAsTyped(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) keep(form);
}
