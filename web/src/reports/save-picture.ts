/** Gives the browser a file to keep. */
function keep(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

const dataUrl = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`

/** The drawing as an SVG file. */
export function saveSvg(svg: string, name: string): void {
  keep(dataUrl(svg), `${name}.svg`)
}

/** The drawing as a PNG file, twice as fine as on the screen. */
export async function savePng(svg: string, name: string): Promise<void> {
  const image = new Image()
  image.src = dataUrl(svg)
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * 2
  canvas.height = image.height * 2
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  keep(canvas.toDataURL('image/png'), `${name}.png`)
}
