import type { AppError } from '../../../shared/app-error.ts'
import { clientIdSchema } from '../../../shared/ids.ts'
import type { ReadClient } from '../../../shared/imports/read-client.ts'
import {
  FIELD_KEYS,
  type FieldKey,
  type Fields,
  type FieldValue,
  isEmptyFieldValue,
} from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { routeEdit } from '../../../shared/sync/route-edit.ts'
import type { Book } from '../book.ts'
import { inSlices } from '../in-slices.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import { joinName } from '../projection/join-name.ts'
import { statusView } from '../projection/status-view.ts'
import { routeInput } from '../routing.ts'
import type { StoreContext } from '../store-context.ts'
import type {
  ClientRow,
  DuplicateChoice,
  ImportChoices,
  ImportDuplicate,
  ImportPlan,
  ImportTarget,
} from '../store-contract.ts'
import { createDuplicateFinder, findKnown, type KnownClients, keysOfFields, type Match } from './find-duplicates.ts'
import { type FitTarget, fitClient } from './fit-client.ts'
import { type ImportSession, type PlannedRow, pause, sessionOf } from './import-session.ts'
import { LISTED } from './read-import.ts'

const ROWS_PER_TURN = 1_000
const PREVIEWED = 5

/** What the import would do now, row by row, kept for `import.take`. */
export async function planImport(
  context: StoreContext,
  input: { readonly importId: string; readonly target: ImportTarget; readonly choices: ImportChoices },
): Promise<Result<ImportPlan, AppError>> {
  const { book } = context
  const session = sessionOf(book, input.importId)
  if (session === null) return err({ code: 'missing', what: 'import' })
  const source = input.target.sourceId === null ? null : book.sources.get(input.target.sourceId)
  if (source === undefined) return err({ code: 'missing', what: 'source' })
  const deviceOnly = input.target.deviceOnly || source === null || source.creates === null
  const fit: FitTarget = {
    creates: deviceOnly ? null : (source?.creates ?? null),
    nameStyle: source?.nameStyle ?? 'full',
    statusOptions: statusOptionsOf(book, input.target.sourceId),
  }
  const { clients } = session
  const fitted: ReturnType<typeof fitClient>[] = []
  const wanted = new Set<string>()
  for (const [index, read] of clients.entries()) {
    const one = fitClient(read, fit)
    fitted.push(one)
    for (const key of one.fields === null ? [] : keysOfFields(one.fields)) wanted.add(key)
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await pause()
  }
  const known = await knownClients(context, session, wanted)
  const finder = createDuplicateFinder(known, (clientId) => rowOf(context, clientId))
  const rows: PlannedRow[] = []
  let namesApart = 0
  for (const [index, read] of clients.entries()) {
    const { fields, remarks, tookNameApart } = fitted[index] ?? fitClient(read, fit)
    if (tookNameApart) namesApart++
    const name = nameOf(read, fields)
    const match = fields === null ? null : finder.find(read, fields)
    const existing = match === null || match.clientId === null ? null : (rowOf(context, match.clientId) ?? null)
    rows.push({
      index,
      line: read.line,
      name,
      fields,
      remarks: remarks.map((remark) => ({ ...remark, line: read.line, name })),
      match,
      existing,
      fills: existing === null || fields === null ? {} : fillsOf(book, existing, fields),
    })
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await pause()
  }
  // Read in another way meanwhile: these rows are of no use any more.
  if (session.clients !== clients) return err({ code: 'cancelled' })
  session.plan = { target: input.target, choices: input.choices, rows }
  return ok(planView(context, session, rows, { deviceOnly, namesApart, fit }))
}

/** Looked for once, however often the plan is made anew, as long as nothing changes and nothing else is looked for. */
async function knownClients(
  { book, view, clock }: StoreContext,
  session: ImportSession,
  wanted: ReadonlySet<string>,
): Promise<KnownClients> {
  const before = session.known
  if (before !== null && before.version === view.version() && [...wanted].every((key) => before.wanted.has(key))) {
    return before.found
  }
  const version = view.version()
  const found = await inSlices(clock, findKnown(view, wanted, madeBy(book, session.importId)))
  session.known = { version, wanted, found }
  return found
}

/** What is to become of a row. */
export function fateOf(row: PlannedRow, choices: ImportChoices): DuplicateChoice | 'refused' {
  if (row.fields === null) return 'refused'
  if (row.match === null) return 'import'
  const choice = choices.rows[row.index] ?? choices.all
  if (choice !== 'fill') return choice
  return Object.keys(row.fills).length === 0 ? 'skip' : 'fill'
}

function planView(
  { book }: StoreContext,
  { plan }: ImportSession,
  rows: readonly PlannedRow[],
  how: { readonly deviceOnly: boolean; readonly namesApart: number; readonly fit: FitTarget },
): ImportPlan {
  const choices = plan?.choices ?? { all: 'skip', rows: {} }
  const count = { import: 0, fill: 0, skip: 0, refused: 0 }
  let fillSends = 0
  for (const row of rows) {
    const fate = fateOf(row, choices)
    count[fate]++
    if (fate === 'fill' && row.existing !== null && sends(book, row.existing, row.fills)) fillSends++
  }
  const found = rows.filter((row) => row.match !== null)
  const remarks = rows.flatMap((row) => row.remarks)
  const shown = rows.filter((row) => fateOf(row, choices) === 'import').slice(0, PREVIEWED)
  return {
    total: rows.length,
    creates: count.import,
    fills: count.fill,
    skips: count.skip,
    refused: count.refused,
    sends: how.deviceOnly ? 0 : count.import,
    fillSends,
    staysHere: how.deviceOnly
      ? []
      : fieldsOf(rows, choices).filter((field) => how.fit.creates?.includes(field) !== true),
    namesApart: how.namesApart,
    duplicates: found.slice(0, LISTED).flatMap((row) => (row.match === null ? [] : duplicateOf(row, row.match))),
    duplicateCount: found.length,
    // What cannot come in at all stands first.
    remarks: [...remarks.filter(isRefusal), ...remarks.filter((each) => !isRefusal(each))].slice(0, LISTED),
    remarkCount: remarks.length,
    preview: shown.map(({ line, name, fields }) => ({
      line,
      name,
      fields: fields ?? {},
      statusLabel: typeof fields?.status === 'string' ? statusView(fields.status, how.fit.statusOptions).label : null,
    })),
  }
}

/** Every field that some new client has. */
function fieldsOf(rows: readonly PlannedRow[], choices: ImportChoices): readonly FieldKey[] {
  const used = new Set<string>()
  for (const row of rows) {
    if (fateOf(row, choices) === 'import') for (const field of Object.keys(row.fields ?? {})) used.add(field)
  }
  return FIELD_KEYS.filter((field) => used.has(field))
}

function isRefusal(remark: { readonly code: string }): boolean {
  return remark.code === 'refused'
}

function duplicateOf(row: PlannedRow, match: Match): ImportDuplicate {
  const { index, line, name, fields, existing } = row
  const by = match.why === 'email' ? fields?.email : match.why === 'phone' ? fields?.phone : fields?.company
  return {
    index,
    line,
    name,
    detail: typeof by === 'string' ? by : '',
    why: match.why,
    ofLine: match.ofLine,
    client:
      existing === null
        ? null
        : {
            clientId: existing.clientId,
            name: existing.name,
            company: existing.company,
            email: existing.email,
            phone: existing.phone,
            sourceIds: existing.sourceIds,
          },
    fills: Object.keys(row.fills) as FieldKey[],
  }
}

/** Never over what is there, and never a name or a status: those are the client's own. */
const NOT_FILLED: ReadonlySet<FieldKey> = new Set(['name', 'firstName', 'lastName', 'status'])

function fillsOf(book: Book, existing: ClientRow, fields: Fields): Fields {
  const head = book.heads.get(existing.recordId)
  if (head === undefined) return {}
  const shown = effectiveFields(head.fields, book.overlays.get(existing.recordId)?.fields ?? {})
  const fills: Partial<Record<FieldKey, FieldValue>> = {}
  for (const field of Object.keys(fields) as FieldKey[]) {
    const value = fields[field]
    if (NOT_FILLED.has(field) || value === undefined || isEmptyFieldValue(value)) continue
    if (isEmptyFieldValue(shown[field])) fills[field] = value
  }
  return fills
}

function sends(book: Book, existing: ClientRow, fills: Fields): boolean {
  const { recordId } = existing
  const head = book.heads.get(recordId)
  if (head === undefined) return false
  const route = routeInput(book, head, book.locals.get(recordId), book.editsOfRecord.get(recordId) ?? [])
  return routeEdit(route, Object.keys(fills) as FieldKey[]).send.length > 0
}

/** What this very import has made already, before its worker was lost: no duplicates of itself. */
function madeBy(book: Book, importId: string): ReadonlySet<string> {
  const step = book.undo.findLast((row) => row.imported?.importId === importId)
  return new Set(step?.imported?.made ?? [])
}

function rowOf({ view }: StoreContext, clientId: string): ClientRow | undefined {
  const parsed = clientIdSchema.safeParse(clientId)
  return parsed.success ? view.row(parsed.data) : undefined
}

function nameOf(read: ReadClient, fields: Fields | null): string {
  const own = fields ?? read.fields
  const text = (value: FieldValue | undefined) => (typeof value === 'string' && value !== '' ? value : null)
  const name = text(own.name) ?? joinName(text(own.firstName), text(own.lastName))
  return (name ?? text(own.email) ?? text(own.phone) ?? text(own.company) ?? 'Unnamed').slice(0, 200)
}
