/** Whether a process is one of the node's: the node itself, or the node's name with a mark and the task's behind it. */
export const runsOn = (process: string, node: string): boolean =>
  process === node || (process.startsWith(node) && '#/:'.includes(process.charAt(node.length)))

/** The municipality whose site a process belongs to; nothing for those that serve all. */
export const siteOf = (process: string): string => process.split(/[:/#]/)[1] ?? ''
