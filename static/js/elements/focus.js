// Where the focus goes after a swap (never <body>). Another step: its heading. An error: the summary. A sentence about an
// answer: that sentence. Inside a scene the control keeps it while it is still there; else the sentence, else the heading.
let before = null;

const page = () => document.getElementById("page");
const step = () => page()?.querySelector("[data-step]")?.getAttribute("data-step");

// Not what is hidden: a phone shows one part of the mailbox at a time.
const shown = (element) => element && element !== document.body && element.getClientRects().length > 0;

function place(target) {
  if (!shown(target)) return false;
  target.focus({ preventScroll: true });
  return document.activeElement === target;
}

function nameOf(control) {
  if (!control || control === document.body) return null;
  if (control.id) return `#${CSS.escape(control.id)}`;
  const name = control.getAttribute("name");
  return name && `[name="${CSS.escape(name)}"][value="${CSS.escape(control.getAttribute("value") ?? "")}"]`;
}

document.addEventListener("htmx:before:swap", () => {
  before = { address: location.pathname, step: step(), control: nameOf(document.activeElement) };
});

document.addEventListener("htmx:after:swap", () => {
  if (!page()) return;
  const find = (selector) => page().querySelector(selector);
  const heading = find("h1");
  const error = find("[role=alert][tabindex]");
  const sentence = find("[data-outcome]");
  const moved = !before || before.address !== location.pathname || before.step !== step();
  const answered = sentence && (!find("[data-scene]") || find("[data-done]"));

  if (moved) {
    window.scrollTo(0, 0);
    place(error) || place(heading);
  } else if (error) {
    place(error);
    error.scrollIntoView({ block: "center" });
  } else if (answered) {
    place(sentence);
  } else if (!shown(document.activeElement)) {
    place(before.control && find(before.control)) || place(sentence) || place(heading);
  }
  find("[data-pointed]")?.scrollIntoView({ block: "center" });
});
