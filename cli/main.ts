import { main } from './program.ts'

// This is what `bin/torichigae.js` imports: it runs the command with the process's own arguments.
// Whoever reads may have seen enough and gone away (`| head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await main(process.argv)
