/** Why Spona could not start, in one sentence for whoever started it; a defect keeps its stack. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : ''
    return `Spona cannot start: port ${port} is taken. Stop the other program, or set PORT to a free one.`
  }
  if (code === 'EACCES' && 'syscall' in error && error.syscall === 'listen') {
    return 'Spona cannot start: this user may not listen on that port. Set PORT to 1024 or more.'
  }
  if (code === 'EADDRNOTAVAIL') return 'Spona cannot start: HOST is not an address of this machine.'
  if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'ENOSPC') {
    return `Spona cannot start: its data folder cannot be made (${'path' in error ? String(error.path) : 'DATA_DIR'} is a file, or the disk is full). Set DATA_DIR to a folder.`
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return `Spona cannot start: it may not write to its data folder (${'path' in error ? String(error.path) : 'DATA_DIR'}). Give it the right, or set DATA_DIR.`
  }
  if (error.name === 'MongooseServerSelectionError' || error.name === 'MongoServerSelectionError') {
    return `Spona cannot start: the database at MONGODB_URI does not answer (${error.message}).`
  }
  if (error.name === 'EmbeddedDatabaseError') {
    return `Spona cannot start: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)} Stop the other program, or set DATA_DIR.`
  }
  return error.name === 'UnusableSettingError' ? error.message : (error.stack ?? error.message)
}
