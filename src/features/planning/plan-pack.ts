import { gunzipSync, gzipSync } from 'node:zlib'
import { canonical } from './canonical-json.js'
import type { RoundInput } from './round-input.js'
import type { RoundPlan } from './round-result.js'

// A round is kept as it was asked and answered, so that it can be looked into and replayed later: JSON with its keys in
// order, compressed. The same value gives the same bytes.

const pack = (value: unknown): Uint8Array => new Uint8Array(gzipSync(canonical(value), { level: 6 }))

/** @throws SyntaxError or an error of zlib when the bytes were not packed here. */
const unpack = (bytes: Uint8Array): unknown => JSON.parse(gunzipSync(bytes).toString('utf8'))

export const packInput = (input: RoundInput): Uint8Array => pack(input)
export const unpackInput = (bytes: Uint8Array): RoundInput => unpack(bytes) as RoundInput
export const packPlan = (plan: RoundPlan): Uint8Array => pack(plan)
export const unpackPlan = (bytes: Uint8Array): RoundPlan => unpack(bytes) as RoundPlan
