// The audit page: a finding is marked as explained, or the mark taken back, and the list keeps its place.
import { postJson } from "./api.js";

const total = document.getElementById("audit-count");

async function mark(item, body) {
  const status = item.querySelector(".mark-status");
  try {
    await postJson(`/api/audit/${encodeURIComponent(item.dataset.finding)}`, body);
  } catch (error) {
    status.textContent = error.message;
    return;
  }
  item.classList.toggle("done", !body.undo);
  for (const part of item.querySelectorAll(".finding-mark > :not(.mark-status)")) part.hidden = true;
  status.textContent = body.undo ? "已取消，以后会再列出" : "已标为“已核对”，以后不再列出";
  if (!body.undo && total) total.textContent = String(Number(total.textContent) - 1);
}

for (const item of document.querySelectorAll(".finding")) {
  const form = item.querySelector(".note-form");
  const explain = item.querySelector("[data-explain]");
  const open = (yes) => {
    form.hidden = !yes;
    explain.hidden = yes;
    (yes ? form.querySelector("input") : explain).focus();
  };
  explain?.addEventListener("click", () => open(true));
  form?.querySelector("[data-cancel]").addEventListener("click", () => open(false));
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    mark(item, { note: form.querySelector("input").value.trim() });
  });
  item.querySelector("[data-undo]")?.addEventListener("click", () => mark(item, { undo: true }));
}
