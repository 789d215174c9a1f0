/** A person at a running server, over real HTTP: keeps cookies and the token of forms. */
export class Visitor {
  readonly #cookies = new Map<string, string>()
  #token = ''

  constructor(private readonly address: string) {}

  async open(path: string): Promise<string> {
    const response = await this.#send(path)
    const text = await response.text()
    this.#token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? this.#token
    return text
  }

  /** Status and address of the answer; rejects when the server is gone. */
  async post(path: string, typed: Readonly<Record<string, string>> = {}): Promise<{ status: number; to: string }> {
    const body = new URLSearchParams({ _csrf: this.#token, ...typed })
    const response = await this.#send(path, { method: 'POST', body })
    await response.text()
    return { status: response.status, to: response.headers.get('location') ?? '' }
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.open('/sign-in')
    const { status } = await this.post('/sign-in', { email, password })
    if (status !== 303) throw new Error(`Signing in was answered with ${status}`)
  }

  async #send(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, accept: 'text/html', 'accept-language': 'en' }
    const response = await fetch(`${this.address}${path}`, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return response
  }
}
