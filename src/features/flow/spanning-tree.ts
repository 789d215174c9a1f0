/**
 * The basis of the network simplex: a spanning tree over the nodes, hung from an artificial root, in typed arrays.
 * Every node but the root knows its parent, the arc between them, the units on that arc and its own price.
 */
export class SpanningTree {
  readonly root: number
  readonly parent: Int32Array
  readonly arc: Int32Array
  /** 1 where the arc to the parent points to the parent. */
  readonly up: Uint8Array
  readonly flow: Float64Array
  readonly price: Float64Array
  readonly depth: Int32Array
  private readonly firstChild: Int32Array
  private readonly next: Int32Array
  private readonly previous: Int32Array

  constructor(nodes: number) {
    this.root = nodes
    this.parent = new Int32Array(nodes + 1).fill(-1)
    this.arc = new Int32Array(nodes + 1).fill(-1)
    this.up = new Uint8Array(nodes + 1)
    this.flow = new Float64Array(nodes + 1)
    this.price = new Float64Array(nodes + 1)
    this.depth = new Int32Array(nodes + 1)
    this.firstChild = new Int32Array(nodes + 1).fill(-1)
    this.next = new Int32Array(nodes + 1).fill(-1)
    this.previous = new Int32Array(nodes + 1).fill(-1)
  }

  attach(node: number, parent: number, arc: number, up: number, flow: number): void {
    const { firstChild, next, previous } = this
    const first = firstChild[parent] ?? -1
    this.parent[node] = parent
    this.arc[node] = arc
    this.up[node] = up
    this.flow[node] = flow
    previous[node] = -1
    next[node] = first
    if (first >= 0) previous[first] = node
    firstChild[parent] = node
  }

  private detach(node: number): void {
    const [before, after] = [this.previous[node] ?? -1, this.next[node] ?? -1]
    if (before >= 0) this.next[before] = after
    else this.firstChild[this.parent[node] ?? 0] = after
    if (after >= 0) this.previous[after] = before
  }

  /** Cuts the subtree that hangs at `cut` and hangs it at `node`, one of its own, under `parent`. */
  rehang(node: number, cut: number, parent: number, arc: number, up: number, flow: number): void {
    let child = node
    for (;;) {
      const [oldParent, oldArc] = [this.parent[child] ?? -1, this.arc[child] ?? -1]
      const [oldUp, oldFlow] = [this.up[child] ?? 0, this.flow[child] ?? 0]
      this.detach(child)
      this.attach(child, parent, arc, up, flow)
      if (child === cut) return
      parent = child
      child = oldParent
      arc = oldArc
      up = 1 - oldUp
      flow = oldFlow
    }
  }

  /** Shifts the prices of the subtree at `top` and sets its depths, in preorder without a stack. */
  shift(top: number, by: number): void {
    const { parent, price, depth, firstChild, next } = this
    let node = top
    for (;;) {
      price[node] = (price[node] ?? 0) + by
      depth[node] = (depth[parent[node] ?? 0] ?? 0) + 1
      let down = firstChild[node] ?? -1
      while (down < 0) {
        if (node === top) return
        down = next[node] ?? -1
        if (down < 0) node = parent[node] ?? top
      }
      node = down
    }
  }

  /** The nodes in an order in which every parent comes before its children; the root first. */
  preorder(): Int32Array {
    const order = new Int32Array(this.root + 1)
    order[0] = this.root
    for (let at = 0, end = 1; at < end; at++) {
      for (let child = this.firstChild[order[at] ?? 0] ?? -1; child >= 0; child = this.next[child] ?? -1) {
        order[end++] = child
      }
    }
    return order
  }

  /** The node where the paths of two nodes to the root meet. */
  join(one: number, other: number): number {
    const { parent, depth } = this
    while (one !== other) {
      if ((depth[one] ?? 0) >= (depth[other] ?? 0)) one = parent[one] ?? 0
      else other = parent[other] ?? 0
    }
    return one
  }
}
