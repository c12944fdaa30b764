// <main or div data-live="/…/events" data-live-part="#agenda, #who">: when the server says that something changed, the page is fetched again and the parts
// are brought up to date in place. What somebody is typing, and where they are, is left alone.

const typedIn = (form: HTMLFormElement) =>
  form.contains(document.activeElement) && document.activeElement?.matches("input, textarea, select") ||
  [...form.elements].some((field) =>
    field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && !["checkbox", "radio", "hidden", "submit"].includes(field.type)) ? field.value !== field.defaultValue
    : field instanceof HTMLInputElement ? field.checked !== field.defaultChecked
    : field instanceof HTMLSelectElement ? [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0
    : false);

// What somebody has typed, or was asked to mend, is not taken away from them.
const keeps = (form: HTMLFormElement) => form.dataset.keep === "true" || typedIn(form);

const same = (old: Node, fresh: Node) =>
  old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (!(old instanceof Element) || !(fresh instanceof Element) || old.id === fresh.id);

/** Makes an element like a fresh one with as few changes as it takes. */
const renew = (old: Node, fresh: Node) => {
  if (old.isEqualNode(fresh)) return;
  if (old instanceof HTMLFormElement && keeps(old)) return;
  if (!(old instanceof Element) || !(fresh instanceof Element)) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old instanceof HTMLInputElement && fresh instanceof HTMLInputElement) {
    old.value = fresh.value;
    old.checked = fresh.checked;
  }
  const ids = new Set([...fresh.children].map((child) => child.id));
  let at: ChildNode | null = old.firstChild;
  const drop = () => {
    const gone = at;
    at = at?.nextSibling ?? null;
    if (!(gone instanceof Element) || ![gone, ...gone.querySelectorAll("form")].some((form) => form instanceof HTMLFormElement && keeps(form))) gone?.remove();
  };
  for (const child of [...fresh.childNodes]) {
    while (at instanceof Element && at.id && !ids.has(at.id)) drop();
    const known: ChildNode | undefined = child instanceof Element && child.id ? [...old.children].find((own) => own.id === child.id) : undefined;
    if (known && known !== at) {
      old.insertBefore(known, at);
      renew(known, child);
    } else if (at && (known || same(at, child))) {
      const next: ChildNode | null = at.nextSibling;
      renew(at, child);
      at = next;
    } else old.insertBefore(document.importNode(child, true), at);
  }
  while (at) drop();
};

const renewParts = (parts: string, fresh: Document) => {
  for (const part of parts.split(",")) {
    const [old, now] = [document.querySelector(part.trim()), fresh.querySelector(part.trim())];
    if (old && now) renew(old, now);
  }
};

const parsed = async (answer: Response) => new DOMParser().parseFromString(await answer.text(), "text/html");

const watch = (place: HTMLElement) => {
  const parts = place.dataset.livePart ?? "#main";
  let stream: EventSource | undefined;
  let [busy, again] = [false, false];
  const look = async (): Promise<void> => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.pathname + location.search, { cache: "no-store", redirect: "manual" });
      if (answer.ok) renewParts(parts, await parsed(answer));
      else if (answer.status === 404 || answer.type === "opaqueredirect") stream?.close(); // gone, or no longer for us
    } catch {
      // no network: the stream notices too, comes back by itself, and then we look again
    } finally {
      busy = false;
    }
    if (again) { again = false; await look(); }
  };
  const open = () => {
    stream?.close();
    stream = new EventSource(place.dataset.live ?? "");
    stream.onopen = look; // what was changed between the page and now
    stream.onmessage = look;
  };
  // A page that nobody looks at needs no stream; browsers have few to give.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stream?.close();
    else open();
  });
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => event.persisted && open()); // back by the browser's button
  if (!document.hidden) open();

  // A short form that is sent again and again need not load the page again each time.
  place.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-live-send")) return;
    event.preventDefault();
    if (form.hasAttribute("data-sending")) return;
    form.setAttribute("data-sending", "");
    const boxes = form.querySelectorAll("textarea");
    for (const box of boxes) box.readOnly = true; // what is typed while the first is on its way would be cleared with it
    const focus = document.activeElement;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])) });
      if (!answer.ok) throw new Error();
      form.reset();
      for (const box of boxes) box.readOnly = false;
      if (focus instanceof HTMLElement) focus.blur(); // the form is renewed with the rest
      renewParts(parts, await parsed(answer));
      const next = document.getElementById(form.id)?.querySelector<HTMLElement>("textarea, input:not([type=hidden])");
      next?.focus();
    } catch {
      for (const box of boxes) box.readOnly = false;
      form.submit(); // the plain way shows what is wrong; a form that did arrive is not taken twice
    } finally {
      form.removeAttribute("data-sending");
    }
  });
};

export const wireLive = () => {
  for (const place of document.querySelectorAll<HTMLElement>("[data-live]:not([data-live=''])")) watch(place);
};
