import type { WireAvatars } from './wire.ts'

const sizes = { '16x16': 'small', '24x24': 'medium', '32x32': 'large', '48x48': '' } as const
const pixels: Readonly<Record<string, number>> = { small: 16, medium: 24, large: 32 }

/** Backgrounds on which white letters keep a contrast of 4.5 to 1. */
const colours = [
  '#0b5cad',
  '#1f6f3f',
  '#8a3ffc',
  '#a2191f',
  '#00695c',
  '#8a4b08',
  '#9f1853',
  '#4d5358',
]

const firstAvatarId = 10_100

/**
 * Pictures of a person or a project. The letters stand in the address, so that whoever loads one,
 * which browsers do without a token, learns nothing but what the address says.
 */
export function avatarsOf(
  base: string,
  kind: 'user' | 'project',
  name: string,
  seed: string,
): WireAvatars {
  const id = firstAvatarId + (hashOf(seed) % colours.length)
  const letters = encodeURIComponent(initialsOf(name))
  const url = (size: keyof typeof sizes) => {
    const part = sizes[size] === '' ? '' : `size=${sizes[size]}&`
    return `${base}/secure/${kind}avatar?${part}avatarId=${id}&initials=${letters}`
  }
  return {
    '16x16': url('16x16'),
    '24x24': url('24x24'),
    '32x32': url('32x32'),
    '48x48': url('48x48'),
  }
}

/** First letters of the first and the last word, in capitals. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const picked = words.length > 1 ? [words[0]!, words.at(-1)!] : words
  return picked.map((word) => [...word][0]!.toUpperCase()).join('')
}

/** The picture: letters on a colour. Anything may be asked for; only two letters or digits show. */
export function renderAvatar(query: Readonly<Record<string, unknown>>): string {
  const side = pixels[String(query.size ?? '')] ?? 48
  const id = Number(query.avatarId)
  const colour =
    colours[Number.isSafeInteger(id) ? Math.abs(id - firstAvatarId) % colours.length : 0]!
  const letters = [...String(query.initials ?? '')]
    .filter((one) => /[\p{L}\p{N}]/u.test(one))
    .slice(0, 2)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 48 48">` +
    `<rect width="48" height="48" rx="24" fill="${colour}"/>` +
    `<text x="24" y="24" dy=".35em" text-anchor="middle" fill="#fff" font-family="sans-serif" ` +
    `font-size="20" font-weight="600">${letters.join('')}</text></svg>`
  )
}

function hashOf(text: string): number {
  let hash = 0
  for (const letter of text) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0
  return hash
}
