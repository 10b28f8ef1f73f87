'use strict'
// Runs dynalite for the emulator: one line with the port on standard output, then requests until standard input ends,
// which it also does when the emulator is killed.
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`The local DynamoDB needs Node.js 20 or newer; this is ${process.version}.`)
  process.exit(3)
}

const dynalite = require('dynalite')
const server = dynalite({ path: process.argv[2], createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
server.on('error', error => {
  console.error(error.message)
  process.exit(4)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))

process.stdin.resume()
process.stdin.on('end', () => {
  server.close(() => process.exit(0))
  server.closeAllConnections()
})
