// The first page: takes a question, shows the answer above the earlier ones.
import { answerCard } from "./answer.js";
import { getJson, postJson } from "./api.js";
import { h, sessionId } from "./dom.js";
import { postEvents } from "./stream.js";
import { wordedBox } from "./worded.js";

const form = document.getElementById("ask-form");
const box = document.getElementById("question");
const answers = document.getElementById("answers");
const examples = document.getElementById("examples");
const status = document.getElementById("status");
const options = { judge: answers.dataset.feedback === "yes", manyReports: Number(answers.dataset.reports) > 1 };
const words = answers.dataset.words === "yes";
let running = null;

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 3}px`;
}

function scope() {
  const chosen = (name) => form.elements[name]?.value ? [form.elements[name].value] : [];
  return { reports: chosen("report"), years: chosen("year").map(Number), chapters: chosen("chapter") };
}

form.querySelector(".scope").addEventListener("change", () => {
  const chosen = [...form.querySelectorAll(".scope select")].filter((select) => select.value).map((select) => select.selectedOptions[0].textContent.trim());
  document.getElementById("scope-now").textContent = chosen.length ? `：${chosen.join("，")}` : "";
});

/** What is on the page becomes “earlier questions”, folded. */
function foldEarlier() {
  const old = answers.querySelector(":scope > .answer");
  if (!old) return;
  if (old.classList.contains("failed")) { old.remove(); return; }
  const title = old.querySelector(".asked-question").textContent;
  const short = old.querySelector(".big, .verdict")?.textContent ?? `${old.querySelectorAll(".items li").length} 项`;
  answers.insertBefore(h("details", { class: "earlier" }, h("summary", {}, `${title} —— ${short.slice(0, 40)}`), old), answers.querySelector(":scope > .earlier"));
}

/** Shows an answer in the place of what says that it is being sought. */
function show(answer, waiting, worded = null) {
  const card = answerCard(answer, ask, options, worded);
  waiting.replaceWith(card);
  status.textContent = answer.refused ? `报告里没有说。${answer.reason}` : `回答：${answer.text}`;
  card.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

/** The answer at once, then the sentences of the language model under it. Once the answer stands, no failure takes it away. */
async function showStream(request, waiting, signal) {
  let worded = null;
  try {
    for await (const { name, data } of postEvents("/api/ask/stream", request, { signal })) {
      if (name === "answer") {
        worded = wordedBox(data.refused);
        show(data, waiting, worded.element);
      } else if (name === "wording") worded.begin();
      else if (name === "sentence") worded.add(data);
      else if (name === "done") {
        worded.finish(data.worded);
        if (data.worded?.sentences.length) status.textContent = `语言模型的文字已核对完毕，共 ${data.worded.sentences.length} 句。`;
        return;
      }
    }
  } catch (error) {
    if (!worded || error.name === "AbortError") throw error;
  }
  if (!worded) throw new Error("服务没有答完，请再问一次。");
  worded.fail("语言模型的文字中断了，上面的回答不受影响。");
}

async function ask(question, { remember = true } = {}) {
  question = question.trim();
  if (!question) return;
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  box.value = question;
  fit();
  foldEarlier();
  document.body.classList.add("asked");
  const waiting = h("article", { class: "answer", "aria-busy": "true" }, h("h2", { class: "asked-question" }, question), h("p", { class: "waiting" }, "正在查找"));
  answers.prepend(waiting);
  status.textContent = "正在查找";
  if (remember) history.pushState({ question }, "", `/?q=${encodeURIComponent(question)}`);
  document.title = `${question} · 质量年报问答`;
  try {
    const request = { question, session: sessionId(), ...scope() };
    if (words) await showStream(request, waiting, signal);
    else show(await postJson("/api/ask", request, { signal }), waiting);
  } catch (error) {
    waiting.remove();
    if (error.name === "AbortError") return;
    answers.prepend(h("article", { class: "answer failed", role: "alert" }, h("h2", { class: "asked-question" }, question), h("p", { class: "sentence" }, error.message)));
    status.textContent = "";
  }
}

document.getElementById("anew").addEventListener("click", () => {
  running?.abort();
  sessionId(true);
  answers.replaceChildren();
  document.body.classList.remove("asked");
  history.pushState({}, "", "/");
  box.value = "";
  fit();
  box.focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(box.value);
});
box.addEventListener("input", fit);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask(box.value);
  }
});
window.addEventListener("popstate", () => location.reload());

getJson("/api/examples").then(({ questions }) => {
  examples.querySelector("ul").replaceChildren(...questions.map((question) => h("li", {}, h("button", { type: "button", onclick: () => ask(question) }, question))));
  examples.hidden = questions.length === 0;
}).catch(() => { /* the page works without examples */ });

const first = new URLSearchParams(location.search).get("q");
if (first) ask(first, { remember: false });
