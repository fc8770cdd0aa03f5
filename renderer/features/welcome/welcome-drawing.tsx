const SOURCES = ['endors', 'full-engage', 'spott', 'connect', 'clnt'] as const
const LINES = [24, 18, 27, 14] as const

/** Five sources that flow into one book. Decoration. */
export function WelcomeDrawing() {
  return (
    <svg width="280" height="84" viewBox="0 0 280 84" aria-hidden="true" focusable="false">
      {SOURCES.map((source, index) => {
        const y = 8 + index * 17
        const color = `var(--src-${source})`
        return (
          <g key={source}>
            <path
              d={`M14 ${y} C 110 ${y}, 120 42, 204 42`}
              fill="none"
              stroke={color}
              strokeWidth="1.5"
              opacity=".55"
            />
            <rect x="2" y={y - 6} width="12" height="12" rx="3.5" fill={color} />
          </g>
        )
      })}
      <rect x="204" y="10" width="64" height="64" rx="14" fill="var(--surface)" stroke="var(--border-strong)" />
      {LINES.map((width, index) => {
        const y = 25 + index * 11.5
        return (
          <g key={width}>
            <circle cx="220" cy={y} r="2.5" fill="var(--accent)" />
            <rect x="229" y={y - 2} width={width} height="4" rx="2" fill="var(--border-strong)" />
          </g>
        )
      })}
    </svg>
  )
}
