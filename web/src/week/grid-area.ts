/** A cell of the grid by row and column. */
export type Place = { readonly row: number; readonly column: number }

export const lastColumn = 6

/** Cells from corner to corner. */
export type Area = {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The cells between two corners. */
export function areaOf(a: Place, b: Place): Area {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  }
}

export function isIn({ top, bottom, left, right }: Area, { row, column }: Place): boolean {
  return top <= row && row <= bottom && left <= column && column <= right
}

export function placesIn({ top, bottom, left, right }: Area): Place[] {
  const places: Place[] = []
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1) places.push({ row, column })
  return places
}
