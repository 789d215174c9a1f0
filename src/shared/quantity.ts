declare const quantityBrand: unique symbol
declare const moneyBrand: unique symbol

/** A whole number of units, 0 to 1,000,000. */
export type Quantity = number & { readonly [quantityBrand]: true }
/** An amount in KM (ISO 4217 BAM), at most two decimals, 0 to 1,000,000,000. */
export type Money = number & { readonly [moneyBrand]: true }

export const largestQuantity = 1_000_000
export const largestMoney = 1_000_000_000

export function quantity(value: number): Quantity {
  if (!Number.isInteger(value) || value < 0 || value > largestQuantity) {
    throw new RangeError(`Not a quantity: ${value}`)
  }
  return value as Quantity
}

export function money(value: number): Money {
  if (!(value >= 0 && value <= largestMoney)) throw new RangeError(`Not an amount of money: ${value}`)
  return (Math.round(value * 100) / 100) as Money
}
