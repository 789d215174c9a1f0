import { ObjectId, type Document } from 'bson'
import { decode } from '../documents.js'
import type { Changes } from '../engine/engine.js'
import type { Filter } from '../query/matcher.js'
import type { Update } from '../query/update.js'
import type { Collection } from '../storage/catalogue.js'
import type { CollectionWriter, Stored } from '../storage/collection-writer.js'
import type { Operation } from './command.js'
import { planSelection, select, type Selection } from './select.js'

/** One statement that changes documents of one collection. */
export class Statement {
  readonly documents: CollectionWriter

  constructor(
    readonly operation: Operation,
    private readonly changes: Changes,
    private readonly collection: Collection,
  ) {
    this.documents = changes.collection(collection)
  }

  /** All documents of the statement, read before the first of them changes. */
  select(selection: Selection): Stored[] {
    const { deadline } = this.operation
    const planned = planSelection(this.collection, this.changes.view, { ...selection, deadline })
    return [...select(planned)].map(({ record, bytes }) => ({ record, document: decode(bytes) }))
  }

  /** The changed document, undefined when the update leaves it as it was. */
  change(stored: Stored, update: Update, filter: Filter): Document | undefined {
    const { doc, changed } = update.apply(stored.document, filter.match(stored.document))
    if (!changed) return undefined
    this.documents.replace(stored, doc)
    return doc
  }

  upsert(update: Update, filter: Filter): Document {
    const { _id = new ObjectId(), ...rest } = update.forUpsert(filter)
    const document = { _id, ...rest }
    this.documents.insertDocument(document)
    return document
  }
}
