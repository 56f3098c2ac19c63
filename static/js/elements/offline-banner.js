// <offline-banner> shows itself when an answer could not be sent or what came back is no page of ours (a proxy in trouble).
// The page stays as it is, with what was typed: pressing again sends it again, and `once` makes it count once.
customElements.define("offline-banner", class extends HTMLElement {
  connectedCallback() {
    for (const name of ["htmx:error", "htmx:before:swap", "htmx:after:swap"]) document.addEventListener(name, this);
    window.addEventListener("online", this);
  }

  disconnectedCallback() {
    for (const name of ["htmx:error", "htmx:before:swap", "htmx:after:swap"]) document.removeEventListener(name, this);
    window.removeEventListener("online", this);
  }

  handleEvent(event) {
    const ctx = event.detail?.ctx;
    if (event.type === "htmx:error" && ctx && !ctx.response) this.show();
    else if (event.type === "htmx:before:swap" && !/\sid="?page"?[\s>]/.test(ctx.text)) {
      event.preventDefault();
      this.show();
    } else if (event.type !== "htmx:error" && event.type !== "htmx:before:swap") this.hide();
  }

  show() {
    const words = this.querySelector("template").content.cloneNode(true);
    this.querySelector("[role=status]").replaceChildren(words);
  }

  hide() {
    this.querySelector("[role=status]").replaceChildren();
  }
});
