/** What of GOV.UK Frontend (which ships no types) is used here. */
declare module 'govuk-frontend' {
  interface Behaviour {
    new (element: Element): unknown
    readonly moduleName: string
  }
  export const Button: Behaviour
  export const CharacterCount: Behaviour
  export const ErrorSummary: Behaviour
  export const NotificationBanner: Behaviour
  export const PasswordInput: Behaviour
  export const ServiceNavigation: Behaviour
  export const SkipLink: Behaviour
  /** Starts the behaviour on every element of the page that names it in `data-module`. */
  export function createAll(behaviour: Behaviour): readonly unknown[]
}
