import type { PrintToPDFOptions } from 'electron'

/** Sizes of paper in inches, as Electron's names mean them. */
const PAPER: Readonly<Record<string, readonly [width: number, height: number]>> = {
  A3: [11.7, 16.54],
  A4: [8.27, 11.7],
  A5: [5.83, 8.27],
  Letter: [8.5, 11],
  Legal: [8.5, 14],
  Tabloid: [11, 17],
}

/** Electron's words for a PDF in those of Chromium's protocol; both mean inches. */
export function pdfParameters(options: PrintToPDFOptions): {
  landscape?: boolean
  printBackground?: boolean
  scale?: number
  paperWidth?: number
  paperHeight?: number
  marginTop?: number
  marginBottom?: number
  marginLeft?: number
  marginRight?: number
  preferCSSPageSize?: boolean
  displayHeaderFooter?: boolean
  generateTaggedPDF?: boolean
} {
  const { pageSize, margins } = options
  const size =
    typeof pageSize === 'string'
      ? PAPER[pageSize]
      : pageSize === undefined
        ? undefined
        : ([pageSize.width, pageSize.height] as const)
  return {
    landscape: options.landscape ?? false,
    printBackground: options.printBackground ?? false,
    scale: options.scale ?? 1,
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    displayHeaderFooter: options.displayHeaderFooter ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
    ...(size === undefined ? {} : { paperWidth: size[0], paperHeight: size[1] }),
    ...(margins?.top === undefined ? {} : { marginTop: margins.top }),
    ...(margins?.bottom === undefined ? {} : { marginBottom: margins.bottom }),
    ...(margins?.left === undefined ? {} : { marginLeft: margins.left }),
    ...(margins?.right === undefined ? {} : { marginRight: margins.right }),
  }
}
