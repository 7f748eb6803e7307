// Builds elements; text always goes in as text, never as markup.

/** h("p", {class: "x", onclick: f}, "text", child, …); null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Only addresses of this site may become links. */
export function ownPath(link) {
  return typeof link === "string" && /^\/(?!\/)/.test(link) ? link : "#";
}

/** Copies text, also where the page is not served over https and the clipboard API is missing. */
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = h("textarea", { readonly: true, class: "visually-hidden" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("复制没有成功，请手工选择文字复制。");
}

/** Shows on a button for a moment that its work is done. */
export async function copyFrom(button, text) {
  const label = button.textContent;
  try {
    await copyText(text);
    button.textContent = "已复制";
  } catch {
    button.textContent = "没能复制";
  }
  setTimeout(() => { button.textContent = label; }, 1800);
}

/** A name for this tab's conversation, kept until the tab closes or a new conversation begins. */
export function sessionId(fresh = false) {
  let id = null;
  try { id = fresh ? null : sessionStorage.getItem("qgraph-session"); } catch { /* storage may be off */ }
  if (!id) {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    id = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    try { sessionStorage.setItem("qgraph-session", id); } catch { /* then each page is its own conversation */ }
  }
  return id;
}
