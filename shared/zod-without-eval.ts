import { z } from 'zod'

/**
 * Imported first by the page and its worker: Zod otherwise tries once whether it may compile code, and the content
 * security policy reports that try as a violation. The core has no such policy and keeps the faster way.
 */
z.config({ jitless: true })
