/** One event of a progress stream, as JSON. */
interface Step {
  readonly value: number
  readonly max: number
  /** The same in the reader's language. */
  readonly text: string
  readonly finished?: boolean
}

const isStep = (data: unknown): data is Step =>
  typeof data === 'object' && data !== null && 'value' in data && 'max' in data && 'text' in data

/** Shows the steps that the server streams, and reads the page again after the last. */
export function followProgress(element: HTMLElement): void {
  const url = element.dataset['progressUrl']
  const bar = element.querySelector('progress')
  const words = element.querySelector('[role=status]')
  if (url === undefined || bar === null || words === null) return
  const stream = new EventSource(url)
  stream.addEventListener('message', (event: MessageEvent<string>) => {
    const step: unknown = JSON.parse(event.data)
    if (!isStep(step)) return
    bar.max = step.max
    bar.value = step.value
    bar.textContent = step.text
    words.textContent = step.text
    if (step.finished === true) {
      stream.close()
      location.reload()
    }
  })
}
