/**
 * How the embedded server is set. What it holds lives no longer than the run, so nothing is made safe against a loss of
 * power: no flushing (`fsync`, `full_page_writes`), no waiting for the log (`synchronous_commit`), and the least log there
 * is (`wal_level`). A crash of the run itself loses nothing by this, for the server lives on. Never use these for data
 * that somebody needs.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  checkpoint_timeout: '1h',
  jit: 'off',
  // The server's own log is for what ends it. A statement in it could show a resident's record.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
} as const

/** The settings as arguments of the `postgres` program. */
export const serverArguments = (port: number): string[] => [
  '-p',
  String(port),
  ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
]

/** What `initdb` is told: UTF-8, no locale, a password, and no flushing either. */
export const initArguments = (data: string, passwordFile: string): string[] => [
  `--pgdata=${data}`,
  '--username=postgres',
  '--auth=password',
  `--pwfile=${passwordFile}`,
  '--encoding=UTF8',
  '--locale=C',
  '--no-sync',
  '--no-instructions',
]
