import { Button, ErrorSummary, FileUpload, PasswordInput } from "govuk-frontend";
import { wireLive } from "./live";
import { wirePasskeys } from "./passkeys";

// Every page works without this; script adds comfort.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

const comforts = { "govuk-button": Button, "govuk-error-summary": ErrorSummary, "govuk-file-upload": FileUpload, "govuk-password-input": PasswordInput };
for (const [name, Comfort] of Object.entries(comforts))
  for (const element of document.querySelectorAll(`[data-module="${name}"]`)) {
    try {
      new Comfort(element as HTMLElement);
    } catch {
      element.removeAttribute("data-module"); // the plain element still works
    }
  }

/** A field that matters only for one answer of another is shown only then. The server takes no notice of it otherwise. */
for (const dependent of document.querySelectorAll<HTMLElement>("[data-shown-for]")) {
  const [field, answers] = (dependent.dataset.shownFor ?? "").split("=");
  const inputs = document.querySelectorAll<HTMLInputElement>(`input[name="${field}"]`);
  const show = () => (dependent.hidden = ![...inputs].some((input) => input.checked && answers?.split(",").includes(input.value)));
  for (const input of inputs) input.addEventListener("change", show);
  show();
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies ?? "");
  if (!(source instanceof HTMLInputElement) || !navigator.clipboard) continue;
  button.hidden = false;
  source.addEventListener("focus", () => source.select());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value);
    button.textContent = "Copied";
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

wireLive();
wirePasskeys();
