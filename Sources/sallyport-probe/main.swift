internal import Confinement
internal import Glibc
internal import Probing

// Tries to get out, and says what came of it: `sallyport verify` starts it inside a sandbox, and its tests outside of
// one, where the same attempts succeed. `poor-host PROGRAM ARGUMENT…` starts a program as on a host whose kernel
// makes no namespaces.

let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case "attempt":
  let attempts = words.dropFirst().filter { !$0.contains("=") }
  exit(ProbeRunner.run(Set(attempts), ProbePlace(arguments: words), output: STDOUT_FILENO))
case "poor-host": exit(PoorHost.run(Array(words.dropFirst())))
default:
  let usage = "sallyport-probe is started by sallyport verify\n"
  _ = write(STDERR_FILENO, usage, usage.utf8.count)
  exit(64)
}
