import type { ReactNode } from 'react'
import classes from './testimonial.module.css'

const STAR = 'M12 17.75l-6.17 3.24 1.18-6.87-5-4.87 6.9-1L12 2l3.09 6.25 6.9 1-5 4.87 1.18 6.87z'

/** A rating as stars, named `4 of 5`. Nothing where there is none: not every testimonial is rated. */
export function RatingStars(props: { readonly rating: number | null }): ReactNode {
  if (props.rating === null) return null
  const full = Math.round(Math.min(5, Math.max(0, props.rating)))
  return (
    <span className={classes.stars} role="img" aria-label={`${formatRating(props.rating)} of 5`}>
      {[1, 2, 3, 4, 5].map((star) => (
        <svg
          key={star}
          viewBox="0 0 24 24"
          width="14"
          height="14"
          aria-hidden="true"
          data-full={star <= full || undefined}
        >
          <path d={STAR} />
        </svg>
      ))}
    </span>
  )
}

function formatRating(rating: number): string {
  return Number.isInteger(rating) ? String(rating) : rating.toFixed(1)
}
