/** The parts of govuk-frontend that are used; it ships no types of its own. */
declare module "govuk-frontend" {
  type Component = new (root: HTMLElement) => unknown;
  export const Button: Component;
  export const ErrorSummary: Component;
  export const FileUpload: Component;
  export const PasswordInput: Component;
}
