import { OPERATIONS, type OperationName } from '../contract/index.ts'
import type { Role } from './node.ts'

/**
 * What a port call is called, in domain words: `print: write work file print.img`. Both worlds name their steps by these,
 * so that an ordering found in one can be enforced in the other. A name says what is done, not for whom: that is the
 * step's application.
 */
export const stepNames = {
  writeWorkFile: (role: Role, name: string) => `${role}: write work file ${name}`,
  readWorkFile: (role: Role, name: string) => `${role}: read work file ${name}`,
  removeWorkFile: (role: Role, name: string) => `${role}: remove work file ${name}`,
  draw: (role: Role) => `${role}: draw sheets`,
  convert: (role: Role, name: string) => `${role}: convert ${name}`,
  converted: (role: Role, name: string) => `${role}: ${name} is converted`,
  conversionKilled: (role: Role, name: string) => `${role}: conversion of ${name} is killed`,
  readImage: (role: Role) => `${role}: read image`,
  get: (role: Role, table: string) => `${role}: get ${table}`,
  list: (role: Role, table: string) => `${role}: list ${table}`,
  range: (role: Role, table: string) => `${role}: range of ${table}`,
  insert: (role: Role, table: string) => `${role}: insert ${table}`,
  replace: (role: Role, table: string) => `${role}: replace ${table}`,
  lock: (role: Role, table: string) => `${role}: get and lock ${table}`,
  put: (role: Role, table: string) => `${role}: put ${table}`,
  transaction: (role: Role, words: string, end: string) => `${role}: ${words}: ${end}`,
  addJob: (role: Role, queue: string) => `${role}: add ${queue} job`,
  takeJob: (role: Role, queue: string) => `${role}: take ${queue} job`,
  receive: (server: Role, operation: OperationName) => `${server}: receive ${OPERATIONS[operation].words}`,
  answer: (caller: Role, operation: OperationName) => `${caller}: receive answer to ${OPERATIONS[operation].words}`,
  sleep: (role: Role) => `${role}: wait`,
  run: (role: Role, words: string) => `${role}: begin ${words}`,
  sign: (role: Role) => `${role}: sign`,
  verify: (role: Role) => `${role}: verify signature`,
  keyPair: (role: Role) => `${role}: make key pair`,
  journal: (role: Role, state: string) => `${role}: write journal ${state}`,
  readJournal: (role: Role) => `${role}: read journal`,
  takeMoney: (role: Role) => `${role}: take money`,
  countMoney: (role: Role) => `${role}: count money held`,
  refund: (role: Role) => `${role}: print refund ticket`,
  prepare: (role: Role) => `${role}: prepare image`,
  slip: (role: Role) => `${role}: print slip`,
  feed: (role: Role) => `${role}: feed paper`,
} as const
