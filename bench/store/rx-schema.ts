const text = { type: 'string' } as const
const key = { type: 'string', maxLength: 200 } as const

/** A client as RxDB wants it described, with the four indexes that the others have. */
export const RX_SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  additionalProperties: true,
  properties: {
    id: { type: 'string', maxLength: 100 },
    name: key,
    email: key,
    company: key,
    updatedAt: { type: 'string', maxLength: 40 },
    ...Object.fromEntries(
      ['phone', 'status', 'notes', 'jobTitle', 'location', 'createdAt'].map((name) => [name, text]),
    ),
    tags: { type: 'array', items: text },
  },
  required: ['id', 'name', 'email', 'company', 'updatedAt'],
  indexes: ['name', 'email', 'company', 'updatedAt'],
} as const
