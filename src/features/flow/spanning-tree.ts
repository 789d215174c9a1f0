/**
 * The basis of the network simplex: a spanning tree over the nodes, hung from an artificial root, in typed arrays.
 * Every node but the root knows its parent, the arc between them, the units on that arc and its own price. All nodes
 * stand in a ring in preorder, so that a subtree is a stretch of the ring: it is moved by a few links, and walked
 * without a stack.
 */
export class SpanningTree {
  readonly root: number
  readonly parent: Int32Array
  readonly arc: Int32Array
  /** 1 where the arc to the parent points to the parent. */
  readonly up: Uint8Array
  readonly flow: Float64Array
  readonly price: Float64Array
  private readonly next: Int32Array
  private readonly previous: Int32Array
  /** Nodes of the subtree, and the last of them in the ring. */
  private readonly size: Int32Array
  private readonly last: Int32Array

  /** Every node hangs from the root, until `plant` is told otherwise. */
  constructor(nodes: number) {
    this.root = nodes
    this.parent = new Int32Array(nodes + 1).fill(nodes)
    this.parent[nodes] = -1
    this.arc = new Int32Array(nodes + 1).fill(-1)
    this.up = new Uint8Array(nodes + 1)
    this.flow = new Float64Array(nodes + 1)
    this.price = new Float64Array(nodes + 1)
    this.next = new Int32Array(nodes + 1)
    this.previous = new Int32Array(nodes + 1)
    this.size = new Int32Array(nodes + 1)
    this.last = new Int32Array(nodes + 1)
  }

  /**
   * Orders the nodes by what `parent` says by now, and prices them so that every arc of the tree costs nothing.
   * @throws RangeError when that is no tree
   */
  plant(costOf: (arc: number) => number): void {
    const { parent, next, previous, size, last } = this
    const order = this.preorder()
    size.fill(1)
    for (let at = order.length - 1; at >= 0; at--) {
      const node = order[at] ?? 0
      const [before, after] = [order[at === 0 ? order.length - 1 : at - 1] ?? 0, order[at + 1] ?? this.root]
      previous[node] = before
      next[node] = after
      last[node] = order[at + (size[node] ?? 1) - 1] ?? node
      const above = parent[node] ?? -1
      if (above >= 0) size[above] = (size[above] ?? 0) + (size[node] ?? 0)
    }
    this.reprice(costOf)
  }

  /** Sets all prices by the arcs of the tree, from the root down. */
  reprice(costOf: (arc: number) => number): void {
    const { root, parent, arc, up, price, next } = this
    price[root] = 0
    for (let node = next[root] ?? root; node !== root; node = next[node] ?? root) {
      const cost = costOf(arc[node] ?? 0)
      price[node] = (price[parent[node] ?? 0] ?? 0) + (up[node] === 1 ? -cost : cost)
    }
  }

  private preorder(): Int32Array {
    const { root, parent } = this
    const firstChild = new Int32Array(root + 1).fill(-1)
    const sibling = new Int32Array(root + 1).fill(-1)
    for (let node = root - 1; node >= 0; node--) {
      const above = parent[node] ?? root
      sibling[node] = firstChild[above] ?? -1
      firstChild[above] = node
    }
    const order = new Int32Array(root + 1)
    const waiting = [root]
    for (let at = 0; ; at++) {
      const node = waiting.pop()
      if (node === undefined) {
        if (at <= root) throw new RangeError('The arcs of the basis make no tree')
        return order
      }
      order[at] = node
      for (let child = firstChild[node] ?? -1; child >= 0; child = sibling[child] ?? -1) waiting.push(child)
    }
  }

  /** Cuts the subtree that hangs at `cut` and hangs it at `node`, one of its own, under `parent`. */
  rehang(node: number, cut: number, { parent, arc, up, flow }: Hanging): void {
    const { size, last, previous } = this
    const [whole, end, before] = [size[cut] ?? 0, last[cut] ?? 0, previous[cut] ?? 0]
    this.resize(this.parent[cut] ?? -1, -whole)
    this.relast(this.parent[cut] ?? -1, end, before)
    const newEnd = this.turnOver(node, cut, parent)
    this.turnArcs(node, cut, { parent, arc, up, flow })
    for (let at = cut; ; at = this.parent[at] ?? 0) {
      last[at] = newEnd
      if (at === node) break
    }
    this.resize(parent, whole)
    this.relast(parent, parent, newEnd)
  }

  /**
   * Moves the stretches of the path from `node` to `cut` behind `parent`, lowest first: what is below `node`, then what
   * is below its parent only, and so on. Sets their sizes; returns the last node moved.
   */
  private turnOver(node: number, cut: number, parent: number): number {
    const { size, last, previous } = this
    const whole = size[cut] ?? 0
    let [tail, taken, takenEnd, gap] = [parent, 0, -1, -1]
    for (let at = node; ; at = this.parent[at] ?? 0) {
      const [end, count] = [last[at] ?? 0, size[at] ?? 0]
      // Where the stretch taken before stood at the end of this one, this one now ends where that began.
      const stop = end === takenEnd ? gap : end
      takenEnd = end
      gap = previous[at] ?? 0
      this.move(at, stop, tail)
      tail = stop
      size[at] = whole - taken
      taken = count
      if (at === cut) return tail
    }
  }

  /** Puts the stretch of the ring from `from` to `to` behind `tail`. */
  private move(from: number, to: number, tail: number): void {
    const { next, previous } = this
    const [before, after] = [previous[from] ?? 0, next[to] ?? 0]
    next[before] = after
    previous[after] = before
    const behind = next[tail] ?? 0
    next[tail] = from
    previous[from] = tail
    next[to] = behind
    previous[behind] = to
  }

  /** Turns the parents from `node` up to `cut` into children. */
  private turnArcs(node: number, cut: number, { parent, arc, up, flow }: Hanging): void {
    for (let child = node; ;) {
      const [oldParent, oldArc] = [this.parent[child] ?? -1, this.arc[child] ?? -1]
      const [oldUp, oldFlow] = [this.up[child] ?? 0, this.flow[child] ?? 0]
      this.parent[child] = parent
      this.arc[child] = arc
      this.up[child] = up
      this.flow[child] = flow
      if (child === cut) return
      parent = child
      child = oldParent
      arc = oldArc
      up = 1 - oldUp
      flow = oldFlow
    }
  }

  private resize(from: number, by: number): void {
    const { size, parent } = this
    for (let node = from; node >= 0; node = parent[node] ?? -1) size[node] = (size[node] ?? 0) + by
  }

  private relast(from: number, old: number, now: number): void {
    const { last, parent } = this
    for (let node = from; node >= 0 && last[node] === old; node = parent[node] ?? -1) last[node] = now
  }

  /** Shifts the prices of the subtree at `top`. */
  shift(top: number, by: number): void {
    const { price, next } = this
    const end = next[this.last[top] ?? 0] ?? 0
    let node = top
    do {
      price[node] = (price[node] ?? 0) + by
      node = next[node] ?? 0
    } while (node !== end)
  }

  /** The node where the paths of two nodes to the root meet. */
  join(one: number, other: number): number {
    const { parent, size } = this
    while (one !== other) {
      const [mine, theirs] = [size[one] ?? 0, size[other] ?? 0]
      if (mine <= theirs) one = parent[one] ?? 0
      if (theirs <= mine) other = parent[other] ?? 0
    }
    return one
  }
}

/** How a node hangs: under whom, by which arc, which points to the parent if `up` is 1, with so many units on it. */
export interface Hanging {
  readonly parent: number
  readonly arc: number
  readonly up: number
  readonly flow: number
}
