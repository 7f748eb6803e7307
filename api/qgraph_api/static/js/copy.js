// Buttons that copy the text they carry.
import { copyFrom } from "./dom.js";

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", () => copyFrom(button, button.dataset.copy));
}
