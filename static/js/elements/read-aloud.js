// <read-aloud> reads what stands before it (or #for, or its own data-words) with the device's own voices.
// A text in two languages is read in two voices. Without any voice for it, the element stays away.
// Nothing plays by itself; leaving or exchanging the text stops it. Says `reading` when it starts, `silent` when it stops.
const speech = window.speechSynthesis;
let reader = null;

const main = (tag) => tag.toLowerCase().split(/[-_]/)[0];

function voiceFor(lang) {
  const voices = speech ? speech.getVoices() : [];
  const same = voices.filter((voice) => main(voice.lang) === main(lang));
  return same.find((voice) => voice.lang.replace("_", "-").toLowerCase() === lang.toLowerCase()) ?? same.find((voice) => voice.localService) ?? same[0];
}

function partsOf(element) {
  const parts = [];
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    const words = walk.currentNode.data.replace(/\s+/g, " ");
    if (!words.trim() || holder.closest("read-aloud, [aria-hidden=true]")) continue;
    const lang = holder.closest("[lang]")?.lang ?? "fr";
    const last = parts.at(-1);
    if (last && last.lang === lang) last.words += words;
    else parts.push({ lang, words });
  }
  return parts;
}

function silence() {
  const was = reader;
  reader = null;
  speech?.cancel();
  was?.quiet();
}

customElements.define("read-aloud", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    speech?.addEventListener("voiceschanged", this);
    this.look();
  }

  disconnectedCallback() {
    speech?.removeEventListener("voiceschanged", this);
    if (reader === this) silence();
  }

  handleEvent(event) {
    if (event.type === "voiceschanged") return this.look();
    event.preventDefault();
    if (reader === this) silence();
    else this.read();
  }

  parts() {
    if (this.dataset.words) return [{ lang: this.lang || this.closest("[lang]").lang, words: this.dataset.words }];
    const text = this.getAttribute("for") ? document.getElementById(this.getAttribute("for")) : this.previousElementSibling;
    return text ? partsOf(text) : [];
  }

  look() {
    this.toggleAttribute("data-voice", this.parts().some((part) => voiceFor(part.lang)));
  }

  read() {
    silence();
    const parts = this.parts().filter((part) => voiceFor(part.lang));
    reader = this;
    this.querySelector("button")?.setAttribute("aria-pressed", "true");
    parts.forEach((part, place) => {
      const said = new SpeechSynthesisUtterance(part.words);
      said.voice = voiceFor(part.lang);
      said.lang = said.voice.lang;
      said.rate = 0.9;
      if (place === parts.length - 1) said.onend = () => reader === this && silence();
      said.onerror = () => reader === this && silence();
      speech.speak(said);
    });
    this.dispatchEvent(new CustomEvent("reading", { bubbles: true }));
  }

  quiet() {
    this.querySelector("button")?.removeAttribute("aria-pressed");
    this.dispatchEvent(new CustomEvent("silent", { bubbles: true }));
  }
});

document.addEventListener("htmx:before:swap", silence);
window.addEventListener("pagehide", silence);
