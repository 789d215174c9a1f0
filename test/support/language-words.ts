/**
 * Beginnings of words that give a text away as written in a neighbour's language; `!` ends a word. A beginning that is
 * right in some words is written so that only the wrong ones match.
 */
const words = (...lists: readonly string[]): RegExp => {
  const stems = lists.join(' ').trim().split(/\s+/)
  const patterns = stems.map((stem) => stem.replace(/!$/, '(?!\\p{L})'))
  return new RegExp(`(?<!\\p{L})(?:${patterns.join('|')})\\p{L}*`, 'giu')
}

/** Ekavian forms where Bosnia and Herzegovina writes ijekavian, in all three languages. */
const ekavian = `
  belež beleš bezbedn obezbed ceo! cel[aou]! celin celok cen[aeiu]! cenov cenom! ocena! ocene! oceni oceno procenj proceni!
  procenu! čovek dec[aeiu]! dečij dečj dete! deteta! delimič delovanj deluj delat podel[aeiu]! podeli! dodel raspodel deo! delu!
  gde! negde ovde! nigde izvešt obavešt vest! vesti! svest! levo! lepo! mer[aeiu]! odmer primer! primer[aeiu]! primen namen
  promen izmen zamena! zamene! zameni! zamenj razmen smena! smer! usmer mesec mest[oau]! mestima! umesto namešt smešt premešt
  nedelj sledeć posle! pre! predlog unapred! napred! napred[uo] reč! reči! reš[iea] prover poveren veruj
  verova savet sedišt sreda! sredu! sused telo! odelj uspeh uspeš uspel uspeti uvek! vreme! vežb veštin vešt! videti! videl[aoie]!
  vrede(?:ti|l) vredn(?!ov) hte(?:ti|o|l) žele(?:ti|o|l) žive(?:ti|o|l) zahtev podneti! podnet! uneti! unet! prenet osetljiv
  razume(?:ti|l|v) sme(?:ti|o)! obe! dve! pobed menja strel bel[aoie]! nemačk mlek sneg hleb`

const croatianOnly = `
  tisuć tjedan tjedn točn točk netočn računal tvrtk tko! netko! nitko! sveučil znanost obitelj siječnj veljač
  ožujk travnj! svibnj lipnj srpnj kolovoz rujn! listopad! studenog prosinc zaslon poslužitelj pristojb izvješć priopćenj
  sukladno glede! ravnatelj`

export const belongElsewhere = {
  bs: words(croatianOnly, ekavian, 'opštin uopšte opšt takođe! suradnj hemij'),
  hr: words(
    ekavian,
    `hiljad sedmic računar kompanij tačn tačk netačn opšt uopšt takođe! saradnj sarađ učestv opštin ko! neko! niko! šta!
     uslov nauk naučn porodic januar februar mart! april maj! juni! juli! avgust septemb oktob novemb decemb štampa sprovod
     sprove obezbij bezbjedn uputstv vaspit nivo! hemij sopstven odjeljenj muzik vazduh preduzeć organizova informisa
     registrova kontrolisa verifikova definisa kombinova realizova finansi fabrik stepen`,
  ),
  sr: words(
    croatianOnly,
    ekavian,
    'općin općenit uopće opći! opće! općih! općem! također! suradnj surađ financ kemij glazb',
  ),
} as const

/** Texts that are the same in English and in the language of the reader. */
export const sameInEnglish: ReadonlySet<string> = new Set([
  'Spona',
  'Administrator',
  'KM',
  '{{n}} KM',
  '{{n}} GB',
  '{{n}} Mbit/s',
  'Wi-Fi {{n}}',
  '{{n}} terminal',
  'DSL',
  'laptop',
  'micro:bit',
  'Arduino',
  'Android',
  'ChromeOS',
  'iPadOS',
  'Linux',
  'macOS',
  'Windows',
])

/** What stays Latin in Cyrillic text: names of products and standards, codes, units, files. */
export const keptLatin = new RegExp(
  `^(?:${[
    'Wi-Fi|[45]G|LTE|SIM|LAN|FM|IT|USB|HDMI|QR|RAM|GB|MB|Mbit/s|UTF-8|windows-1250|ISO|CSV|PDF|SVG|JSON|HTML|CSS|API',
    'Android|ChromeOS|iPadOS|Linux|macOS|Windows|[Mm]icro:bit|Arduino|DigCompEdu|Giga|GOV\\.UK|WCAG|OWASP|MIT|OCDS|360Giving|EU',
    'BA|AA|SHA-256|DSL|JavaScript(?:-[\\u0400-\\u04ff]+)?|axe-core|admin[12]|banja-luka',
    '[A-Z]{2,7}-[A-Z]{2,10}|[a-z-]+\\.(?:csv|json|html|pdf)|[a-z]+(?:_[a-z]+)+',
  ].join('|')})$`,
)
