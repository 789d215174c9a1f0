/** Arcs at every node: those of node n are `arcs` from first[n] up to first[n + 1]. */
export interface Incidence {
  readonly first: Int32Array
  readonly arcs: Int32Array
}

/** The arcs by the node at one of their ends; those that `isMeant` leaves out are not counted. */
export function incidenceOf(ends: Int32Array, nodes: number, isMeant?: (arc: number) => boolean): Incidence {
  const first = new Int32Array(nodes + 1)
  for (let arc = 0; arc < ends.length; arc++) {
    if (isMeant !== undefined && !isMeant(arc)) continue
    const end = ends[arc] ?? 0
    first[end + 1] = (first[end + 1] ?? 0) + 1
  }
  for (let node = 0; node < nodes; node++) first[node + 1] = (first[node + 1] ?? 0) + (first[node] ?? 0)
  const next = first.slice()
  const arcs = new Int32Array(first[nodes] ?? 0)
  for (let arc = 0; arc < ends.length; arc++) {
    if (isMeant !== undefined && !isMeant(arc)) continue
    const end = ends[arc] ?? 0
    const at = next[end] ?? 0
    arcs[at] = arc
    next[end] = at + 1
  }
  return { first, arcs }
}
