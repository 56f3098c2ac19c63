// The pressed button says that it waits, but only after 0.4 s: a quick answer shows nothing.
const PATIENCE = 400;
const waiting = new WeakMap();

const pressed = (context) => context.request.submitter ?? (context.sourceElement.matches("a, button") ? context.sourceElement : null);

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const button = pressed(ctx);
  if (button) waiting.set(ctx, setTimeout(() => button.setAttribute("aria-busy", "true"), PATIENCE));
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  clearTimeout(waiting.get(ctx));
  pressed(ctx)?.removeAttribute("aria-busy");
});
