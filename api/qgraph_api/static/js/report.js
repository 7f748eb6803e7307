// The reading page: brings the highlighted sentence into view, follows the reader in the contents, shows names.
import { copyFrom } from "./dom.js";

const first = document.querySelector("mark.hit");
const bar = document.getElementById("hit-bar");

function toHit() {
  first.scrollIntoView({ block: "center" });
  first.focus({ preventScroll: true });
}

if (first) {
  bar.hidden = false;
  document.getElementById("hit-again").addEventListener("click", toHit);
  const copy = document.getElementById("hit-copy");
  copy.addEventListener("click", () => {
    const text = [...document.querySelectorAll("mark.hit")].map((mark) => mark.textContent).join("");
    copyFrom(copy, `${text}\n（出处：${copy.dataset.source}）`);
  });
  // after the browser's own jump to the fragment, which puts the sentence at the very top
  requestAnimationFrame(() => requestAnimationFrame(toHit));
}

const names = document.getElementById("show-names");
names.addEventListener("change", () => document.body.classList.toggle("names-on", names.checked));
document.body.classList.toggle("names-on", names.checked);

if (window.matchMedia("(max-width: 60rem)").matches) document.getElementById("contents-box").open = false;

const lines = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
const headings = [...document.querySelectorAll(".paper :is(h2, h3, h4, h5, h6)[id]")];
let current = null;
function follow() {
  let seen = headings[0];
  for (const heading of headings) {
    if (heading.getBoundingClientRect().top > 140) break;
    seen = heading;
  }
  const line = seen && lines.get(seen.id);
  if (line === current) return;
  current?.removeAttribute("aria-current");
  line?.setAttribute("aria-current", "true");
  const box = line?.closest(".contents");
  if (box) {
    const top = line.offsetTop - box.offsetTop;
    if (top < box.scrollTop + 40 || top > box.scrollTop + box.clientHeight - 60) box.scrollTop = top - box.clientHeight / 2;
  }
  current = line;
}
let waiting = false;
window.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; follow(); });
}, { passive: true });
follow();
