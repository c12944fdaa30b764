/** Passkeys need script: the browser speaks with the device. Buttons stay hidden where that is not possible. */
export function wirePasskeys(): void {
  if (!("PublicKeyCredential" in window) || typeof PublicKeyCredential.parseCreationOptionsFromJSON !== "function") return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      const answer = form.elements.namedItem("Credential") as HTMLInputElement;
      if (answer.value) return;
      event.preventDefault();
      void ask(form, answer);
    });
  }
}

async function ask(form: HTMLFormElement, answer: HTMLInputElement): Promise<void> {
  const problem = form.querySelector<HTMLElement>("[data-problem]");
  if (problem) problem.textContent = "";
  try {
    const response = await fetch(form.dataset.passkeyOptions ?? "", {
      method: "POST",
      body: new URLSearchParams({ __RequestVerificationToken: (form.elements.namedItem("__RequestVerificationToken") as HTMLInputElement).value }),
    });
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    const options = await response.json();
    const credential =
      form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    if (!credential) return;
    answer.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    const cancelled = error instanceof DOMException && error.name === "NotAllowedError";
    if (problem) problem.textContent = cancelled ? "Nothing was changed: the passkey was not used." : "The passkey did not work here. Another way to sign in is below.";
  }
}
