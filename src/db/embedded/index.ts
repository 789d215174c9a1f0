// Until the database itself lands (this file is then replaced): the face that the application knows.
export interface EmbeddedDatabase {
  readonly uri: string
  close(): Promise<void>
}

export function startEmbeddedDatabase(
  _options: { directory?: string | null; databaseName?: string } = {},
): Promise<EmbeddedDatabase> {
  return Promise.reject(new Error('The embedded database has not landed yet'))
}
