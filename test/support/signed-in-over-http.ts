import { strict as assert } from 'node:assert'

/** Signs in to a server that runs as a process of its own, as a browser without JavaScript does; gives a way to open its pages. */
export async function signInAt(
  address: string,
  email: string,
  password: string,
): Promise<(path: string) => Promise<string>> {
  const cookieOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  const page = await fetch(`${address}/sign-in`)
  const token = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  const answer = await fetch(`${address}/sign-in`, {
    method: 'POST',
    headers: { cookie: cookieOf(page) },
    body: new URLSearchParams({ _csrf: token, email, password }),
    redirect: 'manual',
  })
  assert.equal(answer.status, 303, `${email} could not sign in`)
  const cookie = cookieOf(answer)
  return async (path) => {
    const opened = await fetch(`${address}${path}`, { headers: { cookie } })
    assert.equal(opened.status, 200, `${email} opened ${path}`)
    return opened.text()
  }
}
