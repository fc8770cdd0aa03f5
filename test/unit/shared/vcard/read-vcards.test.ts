import { describe, expect, it } from 'vitest'
import { readVCards } from '../../../../shared/vcard/read-vcards.ts'
import { testDecodeBytes } from '../../../support/test-decode-bytes.ts'

const read = (...lines: readonly string[]) => [...readVCards(lines.join('\r\n'), testDecodeBytes)]
const one = (...lines: readonly string[]) => {
  const cards = read('BEGIN:VCARD', ...lines, 'END:VCARD')
  expect(cards).toHaveLength(1)
  return cards[0]
}

describe('vCard 2.1 as Outlook writes it', () => {
  const card = one(
    'VERSION:2.1',
    'N;LANGUAGE=nb;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:=D8deg=E5rd;Bj=F8rn;;Dr.',
    'FN;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:Dr. Bj=F8rn =D8deg=E5rd',
    'ORG:Fjord AS;Salg',
    'TEL;WORK;VOICE:+47 22 33 44 55',
    'TEL;CELL;VOICE;PREF:+47 900 00 000',
    'ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Storgata 1=0D=0A2. etasje;Oslo;;0155;Norge',
    'NOTE;ENCODING=QUOTED-PRINTABLE:Likes skiing=0D=0A=',
    'and a very =',
    'long soft break. C:\\new',
    'EMAIL;PREF;INTERNET:bjorn@fjord.example',
    'PHOTO;TYPE=JPEG;ENCODING=BASE64:',
    ' /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQ',
    '',
    'X-MS-OL-DESIGN;CHARSET=utf-8:<card/>',
    'REV:20240101T000000Z',
  )

  it('is decoded from quoted-printable in its charset', () => {
    expect(card?.client?.fields).toMatchObject({
      name: 'Dr. Bjørn Ødegård',
      firstName: 'Bjørn',
      lastName: 'Ødegård',
      company: 'Fjord AS',
      email: 'bjorn@fjord.example',
      phone: '+47 900 00 000',
      location: 'Storgata 1, 2. etasje, Oslo, 0155, Norge',
    })
    expect(card?.client?.fields.notes).toBe('Likes skiing\nand a very long soft break. C:\\new')
  })

  it('keeps what has no field, and says what it leaves out', () => {
    expect(card?.client?.kept).toEqual([
      { label: 'Phone (work)', value: '+47 22 33 44 55' },
      { label: 'Department', value: 'Salg' },
      { label: 'X-MS-OL-DESIGN', value: '<card/>' },
    ])
    expect(card?.client?.nameParts).toEqual([{ label: 'Name prefix', value: 'Dr.' }])
    expect(card?.leftOut).toEqual(['PHOTO'])
    expect(card?.problems).toEqual([])
  })
})

it('reads vCard 3.0 as Apple Contacts writes it, with labels in groups', () => {
  const card = one(
    'VERSION:3.0',
    'N:Lovelace;Ada;King;;',
    'FN:Ada Lovelace',
    'item1.EMAIL;type=INTERNET;type=pref:ada@engine.example',
    'EMAIL;type=INTERNET;type=HOME:home@engine.example',
    'item2.URL;type=pref:http\\://engine.example',
    'item2.X-ABLabel:_$!<HomePage>!$_',
    'item3.TEL:+44 20 7946 0000',
    'item3.X-ABLabel:Lab; upstairs',
    'TEL;type=CELL;type=VOICE;type=pref:+44 7700 900000',
    'item4.ADR;type=HOME:;;12 St James\\, Square;London;;SW1Y;United Kingdom',
    'item4.X-ABADR:gb',
    'X-SOCIALPROFILE;type=linkedin;x-user=ada:http://www.linkedin.com/in/ada',
    'BDAY:1815-12-10',
    'CATEGORIES:Friends,Maths\\, pure',
    'NOTE:First line\\nsecond\\, line',
  )
  expect(card?.client?.fields).toEqual({
    name: 'Ada Lovelace',
    firstName: 'Ada King',
    lastName: 'Lovelace',
    email: 'ada@engine.example',
    phone: '+44 7700 900000',
    location: '12 St James, Square, London, SW1Y, United Kingdom',
    website: 'http://engine.example',
    linkedinUrl: 'http://www.linkedin.com/in/ada',
    tags: ['Friends', 'Maths, pure'],
    notes: 'First line\nsecond, line',
  })
  expect(card?.client?.kept).toEqual([
    { label: 'Email (home)', value: 'home@engine.example' },
    { label: 'Phone (Lab; upstairs)', value: '+44 20 7946 0000' },
    { label: 'Birthday', value: '1815-12-10' },
  ])
})

it('reads vCard 4.0: numeric preference, uris, quoted types, carets, a data picture', () => {
  const card = one(
    'VERSION:4.0',
    'FN:Grace Hopper',
    'TEL;VALUE=uri;PREF=50;TYPE="voice,home":tel:+1-555-0100',
    'TEL;VALUE=uri;PREF=1;TYPE=work:tel:+1-555-0101;ext=7',
    'EMAIL;PREF=2:b@navy.example',
    'EMAIL;PREF=1;X-NOTE="a:b^nc":a@navy.example',
    'SOCIALPROFILE;SERVICE-TYPE=Twitter:https://x.com/grace',
    'PHOTO:data:image/png;base64,iVBORw0KGgo=',
    'RELATED;TYPE=friend:urn:uuid:f81d',
    'UID:urn:uuid:1',
  )
  expect(card?.client?.fields).toEqual({
    name: 'Grace Hopper',
    phone: '+1-555-0101 ext. 7',
    email: 'a@navy.example',
    twitterUrl: 'https://x.com/grace',
  })
  expect(card?.client?.kept).toEqual([
    { label: 'Email', value: 'b@navy.example' },
    { label: 'Phone (home)', value: 'tel:+1-555-0100'.slice(4) },
    { label: 'RELATED (friend)', value: 'urn:uuid:f81d' },
  ])
  expect(card?.leftOut).toEqual(['PHOTO'])
})

describe('broken files', () => {
  it('tell broken lines with their number, keep what they say, and read on', () => {
    const cards = read(
      'BEGIN:VCARD',
      'VERSION:3.0',
      'FN:Ann',
      'this is no property',
      'TEL:1',
      'END:VCARD',
      'stray',
      'BEGIN:VCARD',
      'FN:Bob',
      'BEGIN:VCARD',
      'FN:Cid',
    )
    expect(cards.map((card) => card.client?.fields.name)).toEqual(['Ann', undefined, 'Bob', 'Cid'])
    expect(cards.flatMap((card) => card.problems)).toEqual([
      { line: 4, code: 'not-a-property', text: 'this is no property' },
      { line: 7, code: 'outside-card', text: 'stray' },
      { line: 10, code: 'card-not-ended', text: 'BEGIN:VCARD' },
      { line: 10, code: 'card-not-ended', text: 'BEGIN:VCARD' },
    ])
    expect(cards[0]?.client?.kept).toEqual([{ label: 'Unreadable line', value: 'this is no property' }])
  })

  it('say that a group is no person, and that an empty card is nobody', () => {
    const cards = read(
      ...['BEGIN:VCARD', 'VERSION:4.0', 'KIND:group', 'FN:The team', 'MEMBER:urn:uuid:1', 'END:VCARD'],
      ...['BEGIN:VCARD', 'VERSION:4.0', 'FN:', 'END:VCARD'],
    )
    expect(cards.map((card) => card.client)).toEqual([null, null])
    expect(cards.flatMap((card) => card.problems.map(({ line, code }) => [line, code]))).toEqual([
      [1, 'group'],
      [7, 'empty'],
    ])
  })

  it('do not take a card in a card for a client of its own', () => {
    const cards = read('BEGIN:VCARD', 'FN:Boss', 'AGENT:', 'BEGIN:VCARD', 'FN:Agent', 'END:VCARD', 'TEL:1', 'END:VCARD')
    expect(cards.map((card) => card.client?.fields)).toEqual([{ name: 'Boss', phone: '1' }])
    expect(cards[0]?.problems.map(({ code }) => code)).toEqual(['nested-card'])
  })
})

it('reads a line of ten million characters without keeping it', () => {
  const card = one(
    'VERSION:3.0',
    'FN:Long',
    `NOTE:${'x'.repeat(600_000)}`,
    ...Array<string>(20).fill(` ${'y'.repeat(500_000)}`),
  )
  expect(card?.problems.map(({ code }) => code)).toEqual(['line-too-long'])
  expect(String(card?.client?.fields.notes).length).toBeLessThanOrEqual(1_000_000)
})

it('reads 20,000 cards in a moment', () => {
  const file = Array.from({ length: 20_000 }, (_, i) =>
    ['BEGIN:VCARD', 'VERSION:3.0', `FN:Person ${i}`, `EMAIL;TYPE=INTERNET:p${i}@x.example`, 'END:VCARD'].join('\r\n'),
  ).join('\r\n')
  const started = performance.now()
  expect([...readVCards(file, testDecodeBytes)]).toHaveLength(20_000)
  expect(performance.now() - started).toBeLessThan(10_000)
})
