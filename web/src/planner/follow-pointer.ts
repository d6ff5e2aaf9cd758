const farEnough = 4

type Start = { readonly clientX: number; readonly clientY: number }

type Follower = {
  /** The pointer went on, once it is far enough away to be meant. */
  readonly onMove: (move: PointerEvent) => void
  /** It was let go, after having been moved. */
  readonly onDrop: (up: PointerEvent) => void
  /** It is over, dropped or not. */
  readonly onEnd: () => void
}

/** Follows a pressed pointer wherever it goes, until it is let go or Escape calls it off. */
export function followPointer(start: Start, { onMove, onDrop, onEnd }: Follower): void {
  let isDragging = false
  const move = (event: PointerEvent) => {
    if (!isDragging && !isFar(start, event)) return
    isDragging = true
    event.preventDefault()
    onMove(event)
  }
  const drop = (event: PointerEvent) => {
    stop()
    if (isDragging) onDrop(event)
  }
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    stop()
  }
  const stop = () => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', drop)
    window.removeEventListener('pointercancel', stop)
    window.removeEventListener('keydown', cancel, true)
    onEnd()
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', drop)
  window.addEventListener('pointercancel', stop)
  window.addEventListener('keydown', cancel, true)
}

/** Whether a hand has moved by more than it trembles. */
export function isFar(from: Start, to: Start, pixels = farEnough): boolean {
  return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) >= pixels
}
