/** The colours somebody may give a bar. */
export const colors = [
  'Red',
  'Orange',
  'Yellow',
  'Green',
  'Blue',
  'Purple',
  'Violet',
  'Livid',
  'Teal',
  'Silver',
  'Olive',
  'Gray',
] as const

export type Color = (typeof colors)[number]
