export function BrandMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="5.5" fill="var(--accent)" />
      <path d="M13.6 7.1a4.4 4.4 0 1 0 0 5.8" fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
      <circle cx="14.2" cy="10" r="1.3" fill="#fff" />
    </svg>
  )
}
