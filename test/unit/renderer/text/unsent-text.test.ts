import { describe, expect, it } from 'vitest'
import { undoneText, undoRefusedText } from '../../../../renderer/text/undone-text.ts'
import { exportedText, importedText, importRefusedText } from '../../../../renderer/text/unsent-text.ts'

describe('unsent work', () => {
  it('says what was exported, and that an empty list is empty', () => {
    expect(exportedText('a.json', 3, 1)).toBe('Exported 3 edits and 1 value of this device to a.json.')
    expect(exportedText('a.json', 0, 0)).toBe('Nothing is unsent. a.json holds an empty list.')
  })

  it('says what came back, that it is held, what was here and what has no place', () => {
    const report = { edits: 2, localValues: 1, clients: 1, conflicts: 0, known: 4, refused: [] }
    expect(importedText(report)).toBe(
      '2 edits, 1 value of this device and 1 client came back. The edits are held until you release them. 4 entries were here already.',
    )
    const refused = [{ what: 'outbox edt_1', because: 'this entry cannot be read' }]
    expect(importedText({ ...report, edits: 0, localValues: 0, clients: 0, known: 0, refused })).toBe(
      'Nothing new came back. 1 entry could not be placed:',
    )
  })

  it('says why a file is refused', () => {
    const rule = (name: string) => importRefusedText({ code: 'bad-input', field: 'file', rule: name })
    expect(rule('not-unsent-work')).toContain('not a file of unsent work')
    expect(rule('damaged')).toContain('missing or was changed')
    expect(rule('newer-format')).toContain('newer Clientele')
    expect(importRefusedText({ code: 'storage', kind: 'full' })).toContain('This disk is full.')
  })
})

describe('undo', () => {
  it('tells taking back from a compensating edit', () => {
    const undone = { clientName: 'Ana', what: 'edit' } as const
    expect(undoneText({ ...undone, compensating: false })).toContain('is taken back; nothing was sent')
    expect(undoneText({ ...undone, compensating: true })).toContain('waits in Queue')
    expect(undoneText({ ...undone, what: 'delete', compensating: true })).toContain('creates it again')
  })

  it('says why the last step stays, and points to the way on', () => {
    const rule = (name: string) => undoRefusedText({ code: 'bad-input', field: 'undo', rule: name })
    expect(rule('in-flight')).toContain('being sent')
    expect(rule('already-sent')).toContain('timeline')
    expect(rule('deleted-at-source')).toContain('Removed clients')
    expect(rule('something new')).toBe('Nothing was undone. The last step stays as it is.')
  })
})
