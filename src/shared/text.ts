const cyrillicToLatin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  ђ: 'đ',
  е: 'e',
  ж: 'ž',
  з: 'z',
  и: 'i',
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'ć',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'č',
  џ: 'dž',
  ш: 'š',
}

const isUpper = (letter: string | undefined): boolean => letter !== undefined && letter !== letter.toLowerCase()

/** Serbian Cyrillic to Latin, letter by letter; a digraph is title-cased unless its neighbour is a capital too. */
export function toLatin(text: string): string {
  return text.replace(/[\u0400-\u04ff]/g, (letter: string, at: number) => {
    const latin = cyrillicToLatin[letter.toLowerCase()]
    if (latin === undefined) return letter
    if (!isUpper(letter)) return latin
    const shouted = isUpper(text[at + 1]) || (isUpper(text[at - 1]) && latin.length > 1)
    return shouted ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1)
  })
}

const withoutMarks = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

/**
 * The form in which words are searched: Latin, lower case, no marks, one space between words. đ, its spelling dj and the
 * ð that looks like it are one letter, so that Ђурђевик, Đurđevik and djurdjevik are the same word.
 */
export function fold(text: string): string {
  return withoutMarks(toLatin(withoutMarks(text)))
    .toLowerCase()
    .replace(/[đð]/g, 'd')
    .replace(/dj/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
