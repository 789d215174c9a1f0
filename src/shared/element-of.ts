/** The element at a place that the caller knows to be there: a miss is the caller's defect. */
export function elementOf<Item>(items: ArrayLike<Item>, place: number): Item {
  const item = items[place]
  if (item === undefined) throw new RangeError(`No element ${place} among ${items.length}`)
  return item
}
