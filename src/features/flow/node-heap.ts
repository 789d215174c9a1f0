/**
 * A binary heap of nodes by key. A node may be pushed again with a smaller key: `current` holds the key of every node by
 * now, and an entry with another key is passed over.
 */
export class NodeHeap {
  private readonly nodes: number[] = []
  private readonly keys: number[] = []

  constructor(private readonly current: Float64Array) {}

  push(node: number, key: number): void {
    this.nodes.push(node)
    this.keys.push(key)
    let at = this.nodes.length - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if ((this.keys[above] ?? 0) <= key) break
      this.swap(at, above)
      at = above
    }
  }

  /** The node of the smallest key, or -1. */
  pop(): number {
    while (this.nodes.length > 0) {
      const [node, key] = [this.nodes[0] ?? -1, this.keys[0] ?? 0]
      this.removeFirst()
      if (this.current[node] === key) return node
    }
    return -1
  }

  private removeFirst(): void {
    const [node, key] = [this.nodes.pop() ?? -1, this.keys.pop() ?? 0]
    const count = this.nodes.length
    if (count === 0) return
    this.nodes[0] = node
    this.keys[0] = key
    for (let at = 0; ;) {
      const left = 2 * at + 1
      const smaller = left + 1 < count && (this.keys[left + 1] ?? 0) < (this.keys[left] ?? 0) ? left + 1 : left
      if (smaller >= count || (this.keys[smaller] ?? 0) >= key) return
      this.swap(at, smaller)
      at = smaller
    }
  }

  private swap(one: number, other: number): void {
    const [node, key] = [this.nodes[one] ?? -1, this.keys[one] ?? 0]
    this.nodes[one] = this.nodes[other] ?? -1
    this.keys[one] = this.keys[other] ?? 0
    this.nodes[other] = node
    this.keys[other] = key
  }
}
