import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { toCyrillic } from '../../../src/shared/cyrillic.js'
import { fold, toLatin } from '../../../src/shared/text.js'

describe('Folding words for search', () => {
  it('finds Đurđevik however it is written', () => {
    for (const written of [
      'Ђурђевик',
      'Đurđevik',
      'djurdjevik',
      'ĐURĐEVIK',
      'DJurdjevik',
      'Ðurðevik',
      'Đurđevik'.normalize('NFD'),
    ]) {
      assert.equal(fold(written), 'durdevik', written)
    }
  })

  it('takes every letter with a mark for its base letter', () => {
    assert.equal(fold('Čapljina, Šćit i Žepče'), 'capljina scit i zepce')
    assert.equal(fold('Чапљина, Шћит и Жепче'), 'capljina scit i zepce')
  })

  it('takes what is between words for one space, and keeps numbers', () => {
    assert.equal(fold('  OŠ „Prva“ –\tbr. 12\n'), 'os prva br 12')
    assert.equal(fold('—…!'), '')
  })

  it('is done once: folding again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.equal(fold(fold(text)), fold(text))
      }),
    )
  })
})

describe('Serbian scripts', () => {
  it('are read from Cyrillic letter by letter, digraphs in the case of their word', () => {
    assert.equal(toLatin('Љубиње, Његош и Џеп'), 'Ljubinje, Njegoš i Džep')
    assert.equal(toLatin('ЉУБИЊЕ'), 'LJUBINJE')
    assert.equal(toLatin('Ђ'), 'Đ')
  })

  it('are written from Latin with digraphs as one letter', () => {
    assert.equal(toCyrillic('Ljubinje, Njegoš i Džep'), 'Љубиње, Његош и Џеп')
    assert.equal(toCyrillic('LJUBINJE'), 'ЉУБИЊЕ')
  })

  it('keep two letters apart where they only look like one', () => {
    assert.equal(toCyrillic('injekcija i konjunktura'), 'инјекција и конјунктура')
    assert.equal(toCyrillic('nadživjeti'), 'надживјети')
    assert.equal(toCyrillic('odžak i džep'), 'оџак и џеп')
  })

  it('leave placeholders, addresses, codes and foreign names in Latin', () => {
    assert.equal(toCyrillic('Do {{date}} pišite na info@example.ba'), 'До {{date}} пишите на info@example.ba')
    assert.equal(toCyrillic('Wi-Fi, 5G i UTF-8 (DEV-LAPTOP)'), 'Wi-Fi, 5G и UTF-8 (DEV-LAPTOP)')
    assert.equal(toCyrillic('30 Mbit/s po školi'), '30 Mbit/s по школи')
    assert.equal(toCyrillic('offers.csv nije pročitan'), 'offers.csv није прочитан')
  })

  it('keep the examples of codes and slugs that a reader types in Latin, and decline names with a hyphen', () => {
    assert.equal(toCyrillic('Upišite BA, ispravite admin1 (banja-luka)'), 'Упишите BA, исправите admin1 (banja-luka)')
    assert.equal(toCyrillic('Otisak (SHA-256), WCAG 2.2, nivo AA'), 'Отисак (SHA-256), WCAG 2.2, ниво AA')
    assert.equal(toCyrillic('bez JavaScript-a, alatom axe-core'), 'без JavaScript-а, алатом axe-core')
    assert.equal(toCyrillic('Micro:bit i DSL u BiH'), 'Micro:bit и DSL у БиХ')
  })

  it('come back as they were', () => {
    const words = 'Škola ljubi knjigu, a džak je pun đačkih ćilima čija je žuta šara njihova'
    assert.equal(toLatin(toCyrillic(words)), words)
  })
})
