/** The colours of the page, for what is drawn by script. */
export type ChartColours = {
  readonly ground: string
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly accent: string
  readonly bad: string
  readonly empty: string
  readonly series: readonly string[]
  readonly rest: string
  readonly font: string
}

// In an order in which neighbours are told apart, also by most who see fewer colours.
const seriesNames = [
  'blue',
  'orange',
  'teal',
  'purple',
  'yellow',
  'livid',
  'red',
  'green',
  'violet',
]

/** Reads the colours as they are now: the light or the dark ones. */
export function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(`--hb-${name}`).trim()
  return {
    ground: read('ground'),
    ink: read('ink'),
    soft: read('ink-soft'),
    line: read('line'),
    accent: read('accent'),
    bad: read('bad'),
    empty: read('hover'),
    series: seriesNames.map((name) => read(`plan-${name}`)),
    rest: read('plan-gray'),
    // Drawings hold it within an attribute.
    font: read('font').replaceAll('"', "'"),
  }
}
