/** Our sign. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--hb-accent)" />
      <path
        d="M9 8v16M9 16h14M23 8v16"
        stroke="var(--hb-accent-ink)"
        strokeWidth="3.4"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  )
}
