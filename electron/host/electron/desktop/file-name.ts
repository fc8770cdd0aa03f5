/** What Windows keeps for its devices, with any ending. */
const OF_DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i
const LONGEST = 80

/** A name for a file, made of what somebody else wrote: no path, no ending of its own, nothing that reads backwards. */
export function safeFileName(wish: string, ending: string): string {
  const name = [
    ...wish
      .normalize('NFC')
      // Control characters, and marks that turn the direction of reading: `gpj.exe` must not read as `exe.jpg`.
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu, '')
      .replace(/[<>:"/\\|?*]/g, ' ')
      .replace(/\s+/g, ' '),
  ]
    .slice(0, LONGEST)
    .join('')
    .replace(/^[ .]+|[ .]+$/g, '')
  return `${name === '' || OF_DEVICES.test(name.split('.')[0] ?? '') ? 'client' : name}${ending}`
}
