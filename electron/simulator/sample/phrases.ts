export const TAGS = [
  'enterprise',
  'priority',
  'vip',
  'design',
  'wholesale',
  'renewal',
  'press',
  'pilot',
  'référence',
  'newsletter',
  'events',
  'partner',
  'needs call',
] as const

export const JOB_TITLES = [
  'CEO',
  'Head of Press',
  'Marketing Manager',
  'Developer',
  'Founder',
  'Office Manager',
  'Directrice artistique',
  'Geschäftsführerin',
  'Buyer',
  'Head of Operations',
  'Producer',
  'Chief of Staff',
  'Design Lead',
  'Account Manager, Northern Europe',
] as const

export const DEPARTMENTS = ['Sales', 'Operations', 'Design', 'Procurement', 'Finance', 'Communication'] as const

export const PRODUCTS = ['Catalogue', 'Subscription, yearly', 'Website', 'Brand kit', 'Workshop'] as const
export const SERVICES = ['Printing', 'Consulting', 'Maintenance', 'Photography', 'Translation'] as const

export const NOTES = [
  'Met at conference.',
  'Prefers a call before ten.',
  'Prefers e-mail.',
  'Invoice goes to the accounting office, not to the studio.',
  'Asked for samples in the spring; send the new paper list.',
  'Speaks French and Dutch.',
  'Met at Offprint Arles. Sends proofs on Thursdays.',
  'Contract ends in March. Ask in January, not later.',
  'Knows Sara from the old team.\nSecond contact: the workshop, mornings only.',
  'Wants everything in writing — “no surprises”.',
  'Ordered twice, paid early, never complained.',
  'Do not call on Fridays 🙂',
  'Référence: catalogue 2025, 3 000 ex.',
] as const

export const TESTIMONIAL_TEXTS = [
  'We have worked with many studios; this is the first that called before we had to.',
  'Solid work, on time, and the invoice matched the quote.',
  'Our customers noticed the difference in the first week.',
  'Une équipe attentive, du premier croquis à la livraison.',
  'Sehr zuverlässig. Wir haben für das nächste Jahr schon zugesagt.',
  'They told us what not to buy. That is why we stayed.',
  'The handover was so clear that our intern could run it.',
  '丁寧で早い対応に感謝しています。',
  'Good result, though the second round took a while.',
  'Nunca habíamos tenido un lanzamiento tan tranquilo.',
  'I recommend them to every colleague who asks, and to some who do not.',
  'Honest about the budget, generous with their time.',
  'Команда зробила більше, ніж обіцяла.',
  'Fine.',
  'Three launches, no drama, and a printed book we are proud of. Even the parts nobody sees are well made.',
] as const
