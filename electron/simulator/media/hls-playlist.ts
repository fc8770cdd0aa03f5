const SEGMENT_SECONDS = 2
const SEGMENTS_PER_CLIP = 4

/** A playlist of about `seconds`: the one short clip again and again, with a mark of discontinuity at each seam. */
export function hlsPlaylist(seconds: number): string {
  const count = Math.max(1, Math.ceil(seconds / SEGMENT_SECONDS))
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    `#EXT-X-TARGETDURATION:${SEGMENT_SECONDS}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ]
  for (let index = 0; index < count; index += 1) {
    if (index > 0 && index % SEGMENTS_PER_CLIP === 0) {
      lines.push('#EXT-X-DISCONTINUITY')
    }
    lines.push(`#EXTINF:${SEGMENT_SECONDS.toFixed(6)},`, `../segment-${index % SEGMENTS_PER_CLIP}.ts`)
  }
  return `${lines.join('\n')}\n#EXT-X-ENDLIST\n`
}
