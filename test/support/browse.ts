import { strict as assert } from 'node:assert'
import { load, type Cheerio, type CheerioAPI } from 'cheerio'
import type { Express } from 'express'
import type { Element } from 'domhandler'
import request, { type Agent, type Response } from 'supertest'

type Typed = Readonly<Record<string, string | readonly string[]>>

/** A browser without JavaScript: it keeps cookies, reads the page, and submits the forms that the page has. */
export class Browser {
  readonly agent: Agent
  path = '/'
  status = 0
  response: Response | undefined
  $: CheerioAPI = load('')

  constructor(app: Express, language: string) {
    this.agent = request.agent(app).set('Accept-Language', language).set('Accept', 'text/html')
  }

  async open(path: string): Promise<this> {
    return this.#arrive(path, await this.agent.get(path))
  }

  /** Clicks the link with this text. */
  async follow(text: string): Promise<this> {
    const link = this.$('a').filter((_, a) => this.$(a).text().trim() === text)
    const href = link.first().attr('href')
    assert.ok(href !== undefined, `There is no link "${text}" on ${this.path}`)
    return this.open(
      new URL(href, `http://localhost${this.path}`).pathname + new URL(href, `http://localhost${this.path}`).search,
    )
  }

  /** Fills in and sends the form whose button has this text (or the only form of the main part), hidden fields included. */
  async submit(typed: Typed = {}, button?: string): Promise<this> {
    const form = this.#form(button)
    const body = new URLSearchParams()
    const fields = this.#fieldsOf(form)
    for (const [name, value] of Object.entries(typed)) fields.set(name, [value].flat())
    for (const [name, values] of fields) for (const value of values) body.append(name, value)
    if (button !== undefined) {
      const pressed = form
        .find('button')
        .filter((_, b) => this.$(b).text().trim() === button)
        .first()
      const name = pressed.attr('name')
      if (name !== undefined) body.append(name, pressed.attr('value') ?? '')
    }
    const action = new URL(form.attr('action') ?? '', `http://localhost${this.path}`)
    const target = action.pathname + action.search
    if ((form.attr('method') ?? 'get').toLowerCase() === 'get')
      return this.open(`${action.pathname}?${body.toString()}`)
    return this.#arrive(target, await this.agent.post(target).type('form').send(body.toString()))
  }

  /** Sends a POST that no page offered, with the token of the page that is open. */
  async post(path: string, typed: Typed = {}): Promise<this> {
    const token = this.$('input[name=_csrf]').first().attr('value') ?? ''
    const body = new URLSearchParams({ _csrf: token })
    for (const [name, value] of Object.entries(typed)) for (const one of [value].flat()) body.append(name, one)
    return this.#arrive(path, await this.agent.post(path).type('form').send(body.toString()))
  }

  /** The text of what a selector finds in the page, spaces folded. */
  text(selector = 'body'): string {
    return this.$(selector).text().replace(/\s+/g, ' ').trim()
  }

  /** The messages of the error summary. */
  get errors(): string[] {
    return this.$('.govuk-error-summary__list li')
      .map((_, item) => this.$(item).text().trim())
      .get()
  }

  async #arrive(path: string, response: Response): Promise<this> {
    const target = response.headers['location']
    if (response.status >= 300 && response.status < 400 && target !== undefined) return this.open(target)
    this.path = path
    this.status = response.status
    this.response = response
    this.$ = load(response.text)
    return this
  }

  #form(button: string | undefined): Cheerio<Element> {
    const forms =
      button === undefined
        ? this.$('main form')
        : this.$('form').filter((_, form) =>
            this.$(form)
              .find('button')
              .toArray()
              .some((b) => this.$(b).text().trim() === button),
          )
    assert.ok(
      forms.length > 0,
      `There is no form${button === undefined ? '' : ` with the button "${button}"`} on ${this.path}`,
    )
    return forms.first()
  }

  #fieldsOf(form: Cheerio<Element>): Map<string, string[]> {
    const fields = new Map<string, string[]>()
    form.find('input, select, textarea').each((_, element) => {
      const field = this.$(element)
      const name = field.attr('name')
      const type = field.attr('type')
      if (name === undefined || type === 'submit' || type === 'file') return
      if ((type === 'checkbox' || type === 'radio') && field.attr('checked') === undefined) return
      const value =
        element.tagName === 'select'
          ? (field.find('option[selected]').attr('value') ?? field.find('option').attr('value') ?? '')
          : element.tagName === 'textarea'
            ? field.text().replace(/^\n/, '')
            : (field.attr('value') ?? (type === 'checkbox' ? 'on' : ''))
      fields.set(name, [...(fields.get(name) ?? []), value])
    })
    return fields
  }
}
