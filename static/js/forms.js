// Forms: sent once, and not left by mistake with something typed.

export function guardForms(root) {
  for (const form of root.querySelectorAll("form[method='post']")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      for (const button of form.querySelectorAll("button[type='submit']")) {
        button.setAttribute("aria-disabled", "true");
      }
    });
  }
  for (const form of root.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => {
      form.dataset.touched = "yes";
    });
  }
  window.addEventListener("beforeunload", (event) => {
    const open = root.querySelector("form[data-guard][data-touched]:not([data-sent])");
    if (open) event.preventDefault();
  });
  // back to a page kept by the browser: its forms may be sent again
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of root.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) {
        button.removeAttribute("aria-disabled");
      }
    }
  });
}
