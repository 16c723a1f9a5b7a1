import { type FamilyRegister, Refusal } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { TableDefinition } from '../../world/ports.ts'

/** The family registers (戸籍) of a municipality. Key: domicile and head, by which one is asked for. Group: the domicile. */
export const FAMILY_REGISTERS: TableDefinition<FamilyRegister> = { name: 'family-registers' }

/** Under what a register is found. */
export const familyKey = ({ domicile, head }: Pick<FamilyRegister, 'domicile' | 'head'>): string => `${domicile} ${head}`

/**
 * The family-register system: a product of its own, beside the resident register and knowing none of its keys. It answers with the
 * whole register in which somebody stands.
 */
export const createFamilySystem = (): Handlers => ({
  /** @throws Refusal NOT_IN_REGISTER where there is no such register, or the person is not in it */
  familyRecords: async (world, { domicile, head, name, birthDate }) => {
    const row = await world.database.get(FAMILY_REGISTERS, familyKey({ domicile, head }))
    if (row?.data.members.some((member) => member.name === name && member.birthDate === birthDate) !== true) throw new Refusal('NOT_IN_REGISTER')
    return { register: row.data }
  },
})
