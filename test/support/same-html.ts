import { load } from 'cheerio'
import { isTag, isText, type AnyNode, type ParentNode } from 'domhandler'

/** HTML → one line a node, so that two trees can be compared whatever their spaces and the order of their attributes. */
export function outline(html: string): string {
  const lines: string[] = []
  const write = (node: ParentNode, depth: number): void => {
    for (const child of joined(node.children)) {
      const indent = '  '.repeat(depth)
      if (typeof child === 'string') lines.push(indent + child)
      else if (isTag(child)) {
        const attributes = Object.entries(child.attribs)
          .map(([name, value]) => ` ${name}="${value.replace(/\s+/g, ' ').trim()}"`)
          .sort()
          .join('')
        lines.push(`${indent}<${child.name}${attributes}>`)
        write(child, depth + 1)
      }
    }
  }
  write(load(html, null, false).root()[0]!, 0)
  return lines.join('\n')
}

/** Children with their spaces folded; text that is only space says nothing. */
const joined = (nodes: readonly AnyNode[]): (AnyNode | string)[] =>
  nodes.flatMap((node): readonly (AnyNode | string)[] => {
    if (!isText(node)) return [node]
    const text = node.data.replace(/\s+/g, ' ').trim()
    return text === '' ? [] : [text]
  })
