const single: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'б',
  v: 'в',
  g: 'г',
  d: 'д',
  đ: 'ђ',
  e: 'е',
  ž: 'ж',
  z: 'з',
  i: 'и',
  j: 'ј',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  r: 'р',
  s: 'с',
  t: 'т',
  ć: 'ћ',
  u: 'у',
  f: 'ф',
  h: 'х',
  c: 'ц',
  č: 'ч',
  š: 'ш',
}
const digraphs: Readonly<Record<string, string>> = { lj: 'љ', nj: 'њ', dž: 'џ' }

/** Where two letters only look like one: in-jekcija, kon-junkcija, nad-živjeti, tan-jug. */
const notDigraph = /(?<=\b[Ii])nj(?=ekc)|(?<=\b[Kk]o)nj(?=u(?:g|nk))|(?<=\b(?:na|o|po|pre))dž(?=(?:iv|ar[ie]|et|al))/g

/** Stays Latin: placeholders, addresses, files, codes and names that no Serbian text writes in Cyrillic. */
const kept = new RegExp(
  [
    '\\{\\{[^}]*\\}\\}',
    '\\$t\\([^)]*\\)',
    '\\S+@\\S+',
    'https?:\\S+',
    '\\b[\\w-]+\\.(?:csv|json|html|pdf)\\b',
    '\\b[a-z\\d]+(?:_[a-z\\d]+)+\\b',
    '\\b[A-Z]{2,5}-[A-Z]{2,}\\b',
    '\\b(?:BA|AA|SHA-256|admin[12]|banja-luka)\\b',
    '\\b(?:Wi-Fi|LTE|4G|5G|SIM|DSL|LAN|FM|IT|USB|HDMI|QR|RAM|GB|MB|Mbit/s|API|HTML|CSS|CSV|JSON|PDF|SVG|UTF-8)\\b',
    '\\b(?:Android|Arduino|ChromeOS|iPadOS|Linux|macOS|Windows|JavaScript|[Mm]icro:bit|Braille|DigCompEdu|Giga)\\b',
    '\\b(?:GOV\\.UK|WCAG|OWASP|ISO|MIT|OCDS|360Giving|EU)\\b',
    '\\w*[wxyqWXYQ][\\w-]*',
  ].join('|'),
  'gu',
)

const isCapital = (letter: string): boolean => letter !== letter.toLowerCase()

function word(text: string): string {
  const parted = text.replace(notDigraph, (pair) => `${pair.charAt(0)}\u200b${pair.charAt(1)}`)
  return parted
    .replace(/lj|nj|dž/gi, (pair) => {
      const letter = digraphs[pair.toLowerCase()] ?? pair
      return isCapital(pair.charAt(0)) ? letter.toUpperCase() : letter
    })
    .replace(/\p{L}/gu, (letter) => {
      const cyrillic = single[letter.toLowerCase()] ?? letter
      return isCapital(letter) ? cyrillic.toUpperCase() : cyrillic
    })
    .replaceAll('\u200b', '')
}

/** Serbian Latin to Cyrillic, leaving placeholders, codes and foreign names as they are. */
export function toCyrillic(text: string): string {
  let result = ''
  let from = 0
  for (const match of text.matchAll(kept)) {
    result += word(text.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return result + word(text.slice(from))
}
