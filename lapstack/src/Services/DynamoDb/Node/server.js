'use strict'
// Runs dynalite for the emulator: one line with the port on standard output, then requests until standard input ends,
// which it also does when the emulator is killed. What goes wrong is one line on standard error, and the end.
const fail = (code, message) => {
  console.error(message)
  process.exit(code)
}
const major = Number(process.versions.node.split('.')[0])
if (major < 20) fail(3, `The local DynamoDB needs Node.js 20 or newer; this is ${process.version}.`)
process.on('uncaughtException', error => fail(1, (error.cause || error).message))

const { Level } = require('level')
const dynalite = require('dynalite')
const path = process.argv[2]

const serve = () => {
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  // The emulator closes its idle connections after 2 s, so that it never sends on one that is being closed here.
  server.keepAliveTimeout = 60_000
  // dynalite throws the error of a request whose client has gone. No one waits for an answer, and nothing is wrong.
  server.prependListener('request', request => {
    const on = request.on.bind(request)
    request.on = (event, listener) => on(event, event === 'error' ? () => {} : listener)
  })
  server.on('error', error => fail(4, error.message))
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
  return server
}

// dynalite would find out with the first call, and not say why. What a killed emulator left may take a moment to end.
const opened = new Level(path)
const lastTry = Date.now() + 10_000
const open = () => opened.open().catch(error => {
  if (error.cause?.code !== 'LEVEL_LOCKED' || Date.now() > lastTry) throw error
  return new Promise(resolve => setTimeout(resolve, 100)).then(open)
})
open().then(() => opened.close()).then(() => {
  const server = serve()
  const stop = () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
    // Whatever it waits for, it does not outlive the emulator.
    setTimeout(() => process.exit(0), 3_000).unref()
  }
  process.stdin.once('end', stop)
  process.stdin.once('error', stop)
  process.stdin.resume()
}, error => fail(5, `The tables in ${path} cannot be opened: ${(error.cause || error).message}. `
  + 'If another emulator uses them, stop it; if they are damaged, delete the state folder to start afresh.'))
