import { lazy, Suspense, useEffect } from 'react'
import { closePalette, openPalette, usePaletteOpen } from './palette-state.ts'

const Palette = lazy(async () => {
  const { Palette } = await import('./palette.tsx')
  return { default: Palette }
})

/** Ctrl-K opens the palette from anywhere; it is fetched when it is first wanted. */
export function PaletteDoor() {
  const isOpen = usePaletteOpen()
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      openPalette()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return isOpen ? (
    <Suspense>
      <Palette onClose={closePalette} />
    </Suspense>
  ) : null
}
