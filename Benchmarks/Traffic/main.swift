internal import Glibc
internal import NIOCore
internal import NIOPosix

let arguments = Array(CommandLine.arguments.dropFirst())
let loop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()

/// Says where it listens and stays until its standard input ends.
func stay(_ channel: any Channel) {
  print(channel.localAddress?.port ?? 0)
  fflush(nil)
  while readLine() != nil {}
}

switch (arguments.first, arguments.count) {
case ("serve", 3):
  stay(try MockServer.listen(on: loop, certificate: arguments[1], key: arguments[2]))
case ("pass", 5):
  stay(
    try PassThrough.listen(
      on: loop, certificate: arguments[1], key: arguments[2], authority: arguments[3],
      upstream: Int(arguments[4]) ?? 0))
case ("load", 4):
  let target = try Target(proxy: arguments[1], host: arguments[2], authority: arguments[3])
  while let line = readLine() {
    guard let job = Job(line) else {
      print("{\"error\":\"no such job\"}")
      continue
    }
    let report = try loop.flatSubmit { Load.run(job, to: target, on: loop) }.wait()
    print(report)
    fflush(nil)
  }
default:
  print(
    """
    usage: bench-traffic serve CERTIFICATE KEY
           bench-traffic pass CERTIFICATE KEY AUTHORITY UPSTREAM-PORT
           bench-traffic load PROXY|- HOST:PORT AUTHORITY     jobs on standard input
    """)
  exit(2)
}
