// Menus made of <details>: closed by Escape and by a click elsewhere.

const MENUS = "details.site-menu, details.person-menu";

export function closeMenus(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of root.querySelectorAll(MENUS)) {
      if (!menu.open) continue;
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  root.addEventListener("click", (event) => {
    for (const menu of root.querySelectorAll(MENUS)) {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    }
  });
}
