import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { loadWords } from '../../../src/locales/words.js'
import { ConflictError, NotFoundError, RuleViolation } from '../../../src/shared/errors.js'
import { message } from '../../../src/shared/message.js'
import {
  choiceField,
  choicesField,
  dateField,
  hiddenField,
  numberField,
  optional,
  parseNumber,
  textField,
} from '../../../src/web/field.js'
import { form } from '../../../src/web/form.js'
import { formView } from '../../../src/web/form-views.js'

const { t } = loadWords()('en')
const label = 'accounts.field.email'
const options = [
  { value: 'a', label: { text: 'A' } },
  { value: 'b', label: { text: 'B' } },
]
const whole = form({
  title: textField({ label, max: 20 }),
  notes: optional(textField({ label, max: 50, input: 'textarea' })),
  quantity: numberField({ label, min: 1, max: 5000 }),
  one: choiceField({ label, options }),
  some: choicesField({ label, options }),
  day: optional(dateField({ label })),
  version: optional(hiddenField()),
})
const valid = {
  title: 'Tablets',
  quantity: '12',
  one: 'a',
  some: ['a', 'b'],
  'day-day': '1',
  'day-month': '2',
  'day-year': '2027',
}

/** Keys of the words by field, for a body that is refused; empty when it is taken. */
function wrong(body: unknown): Record<string, string> {
  const result = whole.parse(body)
  return result.ok ? {} : Object.fromEntries([...result.state.errors].map(([name, words]) => [name, words.key]))
}

describe('A form that was sent', () => {
  it('gives the values of its fields, and of no other', () => {
    const result = whole.parse({ ...valid, role: 'administrator' })
    assert.ok(result.ok)
    assert.deepEqual(result.values, {
      title: 'Tablets',
      notes: undefined,
      quantity: 12,
      one: 'a',
      some: ['a', 'b'],
      day: '2027-02-01',
      version: undefined,
    })
  })

  it('trims texts, and takes spaces alone for nothing', () => {
    assert.deepEqual(wrong({ ...valid, title: '   ' }), { title: 'errors.field.required' })
  })

  it('says what is missing, too long or not offered', () => {
    assert.deepEqual(wrong({}), {
      title: 'errors.field.required',
      quantity: 'errors.field.required',
      one: 'errors.field.choose',
    })
    assert.deepEqual(wrong({ ...valid, title: 'x'.repeat(21) }), { title: 'errors.field.too-long' })
    assert.deepEqual(wrong({ ...valid, one: 'c', some: ['c'] }), {
      one: 'errors.field.choose',
      some: 'errors.field.choose',
    })
    assert.deepEqual(wrong({ ...valid, some: ['a', 'b', 'a'] }), { some: 'errors.field.choose' })
  })

  it('takes one value for one field: sent twice, it is refused', () => {
    assert.deepEqual(wrong({ ...valid, title: ['a', 'b'], quantity: ['1', '2'], one: ['a', 'b'] }), {
      title: 'errors.field.one-value',
      quantity: 'errors.field.one-value',
      one: 'errors.field.one-value',
    })
    assert.deepEqual(wrong({ ...valid, 'day-day': ['1', '2'] }), { day: 'errors.field.one-value' })
  })

  it('refuses control characters, but lines in a text of several lines', () => {
    assert.deepEqual(wrong({ ...valid, title: 'a\u0000b' }), { title: 'errors.field.invalid' })
    assert.deepEqual(wrong({ ...valid, title: 'a\nb' }), { title: 'errors.field.invalid' })
    assert.deepEqual(wrong({ ...valid, notes: 'a\r\nb' }), {})
    assert.deepEqual(wrong({ ...valid, notes: 'a\u001bb' }), { notes: 'errors.field.invalid' })
  })

  it('refuses days that no calendar has', () => {
    for (const [day, month, year] of [
      ['31', '2', '2027'],
      ['0', '1', '2027'],
      ['1', '13', '2027'],
      ['1', '1', '27'],
      ['x', '1', '2027'],
      ['', '1', '2027'],
      ['29', '2', '2027'],
    ]) {
      assert.deepEqual(
        wrong({ ...valid, 'day-day': day, 'day-month': month, 'day-year': year }),
        { day: 'errors.field.date' },
        `${day} ${month} ${year}`,
      )
    }
    assert.deepEqual(wrong({ ...valid, 'day-day': '29', 'day-month': '02', 'day-year': '2028' }), {})
  })

  it('takes only texts and lists of texts from a body, whatever it is', () => {
    for (const body of [
      null,
      undefined,
      7,
      'title=x',
      [],
      [['title', 'x']],
      { title: { $gt: '' } },
      { title: 7 },
      { title: ['x', 7] },
    ]) {
      assert.equal(wrong(body)['title'], 'errors.field.required', JSON.stringify(body))
    }
  })

  it('gives nobody the prototype of anything', () => {
    const body = JSON.parse('{"__proto__":["polluted"],"constructor":"x","toString":"y"}') as unknown
    const result = whole.parse(body)
    assert.ok(!result.ok)
    assert.equal(formView(result.state, t).list.length, 7)
    assert.equal(Object.getPrototypeOf({}), Object.prototype)
    const named = form({ ...whole.fields, toString: optional(textField({ label, max: 5 })) }).parse(valid)
    assert.ok(named.ok)
  })

  it('is either values or errors, and never throws', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.anything({ maxDepth: 1, maxKeys: 2 }),
    )
    const names = fc.constantFrom(...Object.keys(valid), 'notes', 'version', '__proto__', 'hasOwnProperty')
    fc.assert(
      fc.property(fc.dictionary(names, value, { noNullPrototype: false }), (body) => {
        const result = whole.parse(body)
        if (!result.ok) {
          assert.ok(result.state.errors.size > 0)
          assert.equal(formView(result.state, t).errors.length, result.state.errors.size)
        }
      }),
    )
  })
})

describe('A number that people type', () => {
  it('is read as it is written here, and as it is written elsewhere', () => {
    for (const [text, value] of [
      ['1.500', 1500],
      ['1 500', 1500],
      ['1\u00a0500', 1500],
      ['1.500,25', 1500.25],
      ['2,5', 2.5],
      ['2.5', 2.5],
      ['1,500.25', 1500.25],
      ['-3', -3],
      ['007', 7],
    ] as const) {
      assert.equal(parseNumber(text), value, text)
    }
  })

  it('is left as text where it is none', () => {
    for (const text of [
      '',
      'abc',
      '1e5',
      '0x10',
      '1..2',
      '1,2,3',
      '+5',
      '∞',
      'NaN',
      'Infinity',
      '١٢',
      '12 komada',
      '1.5.0',
    ]) {
      assert.equal(parseNumber(text), text)
    }
  })

  it('is refused when it is not whole, too small, too big, or beyond what numbers can hold', () => {
    const quantity = (text: string): string | undefined => wrong({ ...valid, quantity: text })['quantity']
    assert.equal(quantity('1,5'), 'errors.field.whole-number')
    assert.equal(quantity('abc'), 'errors.field.whole-number')
    assert.equal(quantity('0'), 'errors.field.too-small')
    assert.equal(quantity('5.001'), 'errors.field.too-big')
    assert.equal(quantity('9'.repeat(400)), 'errors.field.whole-number')
    assert.equal(quantity('5.000'), undefined)
  })
})

describe('A form that is shown again', () => {
  it('keeps what was typed and links each message to one input', () => {
    const result = whole.parse({ ...valid, title: '', 'day-day': '31', 'day-month': '2', some: ['b'] })
    assert.ok(!result.ok)
    const view = formView(result.state, t)
    assert.deepEqual(
      view.errors.map(({ href }) => href),
      ['#title', '#day-day'],
    )
    assert.equal(view.fields['quantity']?.['value'], '12')
    assert.deepEqual(
      (view.fields['some']?.['items'] as { checked: boolean }[]).map(({ checked }) => checked),
      [false, true],
    )
    assert.deepEqual(
      (view.fields['day']?.['items'] as { value: string }[]).map(({ value }) => value),
      ['31', '2', '2027'],
    )
  })

  it('never shows a password again', () => {
    const secret = form({
      password: textField({ label, max: 100, input: 'password' }),
      email: textField({ label, max: 5 }),
    })
    const result = secret.parse({ password: 'my very own secret', email: 'too long' })
    assert.ok(!result.ok)
    assert.ok(!JSON.stringify(formView(result.state, t)).includes('my very own secret'))
    assert.equal(secret.parse({ password: '  spaces belong  ', email: 'a' }).ok, true)
  })

  it('shows the refusal of a service at the field that it names, else at the first that can be seen', () => {
    const named = whole.refusedBy(new RuleViolation('errors.field.choose', {}, 'one'), valid)
    assert.deepEqual([...(named?.form.errors.keys() ?? [])], ['one'])
    assert.equal(named?.status, 422)
    const unnamed = whole.refusedBy(new ConflictError('errors.title.conflict'), valid)
    assert.deepEqual([...(unnamed?.form.errors.keys() ?? [])], ['title'])
    assert.equal(unnamed?.status, 409)
    assert.equal(whole.refusedBy(new NotFoundError(), valid), null)
    assert.equal(whole.refusedBy(new Error('defect'), valid), null)
  })

  it('shows what exists when it is opened, and what was typed when it was refused', () => {
    const opened = whole.blank().or({ title: 'Old', quantity: 3, day: '2027-03-04' })
    assert.equal(formView(opened, t).fields['title']?.['value'], 'Old')
    const refused = whole.parse({ ...valid, title: 'New', quantity: '' })
    assert.ok(!refused.ok)
    assert.equal(formView(refused.state.or({ title: 'Old' }), t).fields['title']?.['value'], 'New')
  })

  it('judges fields together only when each is right alone', () => {
    const pair = form(
      { low: numberField({ label, min: 0, max: 9 }), high: numberField({ label, min: 0, max: 9 }) },
      ({ low, high }) => ({
        high: high < low ? message('errors.field.too-small', { minimum: low }) : undefined,
      }),
    )
    const result = pair.parse({ low: '5', high: '4' })
    assert.ok(!result.ok)
    assert.deepEqual([...result.state.errors.keys()], ['high'])
    const early = pair.parse({ low: 'x', high: '4' })
    assert.ok(!early.ok)
    assert.deepEqual([...early.state.errors.keys()], ['low'])
  })
})
