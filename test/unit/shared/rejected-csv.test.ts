import assert from 'node:assert/strict'
import { defused, rejectedCsv } from '../../../src/shared/rejected-csv.js'
import { message } from '../../../src/shared/message.js'

describe('the file of rejected rows', () => {
  it('has a row for each problem, with commas and quotes kept in their cells', () => {
    const problem = { file: 'a.csv', line: 3, column: 'x', value: 'a,"b"', problem: message('p'), hint: message('h') }
    const words = (key: unknown): string => JSON.stringify(key)
    assert.equal(
      rejectedCsv([problem], words),
      'file,line,column,value,problem,hint\na.csv,3,x,"a,""b""","{""key"":""p""}","{""key"":""h""}"\n',
    )
    assert.equal(rejectedCsv([], words), 'file,line,column,value,problem,hint\n')
  })

  it('runs nothing in a spreadsheet', () => {
    for (const formula of ['=1+1', '@SUM(A1)', '+cmd', '-2+3', '\t=1']) assert.equal(defused(formula), `'${formula}`)
    for (const text of ['-1', '+2,5', 'a=b', '']) assert.equal(defused(text), text)
  })
})
