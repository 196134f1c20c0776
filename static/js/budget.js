// A budget's sums and caps follow what is typed; what counts is what the server adds up.

const MONEY = /^[¥￥]?\s*(\d[\d,]{0,19})(?:\.(\d{1,2}))?$/;

function fenOf(text) {
  const [, yuan, rest = ""] = MONEY.exec(text.trim()) ?? [];
  if (!yuan) return null;
  return BigInt(yuan.replaceAll(",", "")) * 100n + BigInt(rest.padEnd(2, "0"));
}

function said(fen) {
  const yuan = (fen / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `¥${yuan}.${(fen % 100n).toString().padStart(2, "0")}`;
}

function amountOf(row) {
  const box = (name) => row.querySelector(`[name$="-${name}"]`);
  const quantity = box("quantity").value.trim();
  const price = fenOf(box("unit_price_fen").value);
  if (box("DELETE")?.checked || price === null || !/^\d{1,7}$/.test(quantity)) return null;
  return { fen: price * BigInt(quantity), group: box("group").value, source: box("source").value };
}

function addUp(form, page, { ceiling, cap }) {
  const sums = { asked: 0n, seed: 0n, buyer: 0n, own: 0n, total: 0n };
  Object.assign(sums, { activity: 0n, management: 0n, tax: 0n });
  for (const row of form.querySelectorAll(".rows__row")) {
    const line = amountOf(row);
    row.querySelector("[data-amount]").textContent = line ? said(line.fen) : "—";
    if (!line) continue;
    sums.total += line.fen;
    sums[line.group] += line.fen;
    sums[line.source] += line.fen;
    if (line.source !== "own") sums.asked += line.fen;
  }
  sums.room = (sums.total * cap) / 100n;
  for (const place of page.querySelectorAll("[data-sum]")) {
    place.textContent = said(sums[place.dataset.sum]);
  }
  const least = fenOf(form.querySelector("[name='least_fen']").value) ?? 0n;
  const faults = {
    ceiling: sums.asked > ceiling,
    cap: sums.management > sums.room,
    least: least > sums.asked,
  };
  for (const [name, holds] of Object.entries(faults)) {
    for (const note of page.querySelectorAll(`[data-fault="${name}"]`)) note.hidden = !holds;
  }
  const share = ceiling ? Number((sums.asked * 1000n) / ceiling) / 10 : 0;
  const meter = page.querySelector("[data-budget] .meter");
  meter.dataset.state = sums.asked >= ceiling ? "full" : "part";
  meter.querySelector(".meter__part")?.setAttribute("width", `${Math.min(share, 100)}%`);
  meter.querySelector(".meter__value").textContent = `${Math.round(share)} %`;
}

export function addUpBudgets(page) {
  const budget = page.querySelector("[data-budget]");
  const form = page.querySelector("form .rows")?.closest("form");
  if (!budget || !form) return;
  const limits = { ceiling: BigInt(budget.dataset.ceiling), cap: BigInt(budget.dataset.cap) };
  const follow = () => addUp(form, page, limits);
  for (const note of page.querySelectorAll("[data-live]")) note.hidden = false;
  for (const note of page.querySelectorAll("[data-still]")) note.hidden = true;
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  follow();
}
