internal import Confinement
internal import Glibc

// The program of the sandbox's inside: `relay` makes the network and starts bubblewrap, `init` is process 1 beneath it,
// `true` ends at once. Only `sallyport` calls it.

switch CommandLine.arguments.dropFirst().first {
case "relay": exit(Relay.run(hasTerminal: CommandLine.arguments.contains("--terminal")))
case "init": exit(Initiation.run())
case "true": exit(0)
default:
  let usage = "sallyport-init is started by sallyport; to run an agent, use: sallyport run -- AGENT\n"
  _ = write(STDERR_FILENO, usage, usage.utf8.count)
  exit(64)
}
