internal import Glibc

/// libFuzzer's own main, in the archive that has none under that name (FuzzerInterface.h).
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

func say(_ sentence: String) {
  let line = Array((sentence + "\n").utf8)
  _ = write(STDERR_FILENO, line, line.count)
}

/// `sallyport-fuzz TARGET [libFuzzer's options and folders]`
guard CommandLine.argc > 1, let target = FuzzTarget.all.first(where: { $0.name == CommandLine.arguments[1] }) else {
  say("name a target: \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
  exit(2)
}
FuzzTarget.chosen = target

var count = CommandLine.argc - 1
var arguments = CommandLine.unsafeArgv + 1
arguments[0] = CommandLine.unsafeArgv[0]
exit(
  runFuzzer(&count, &arguments) { start, count in
    do {
      try FuzzTarget.chosen?.check(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
      // A broken promise ends the process, so that the input is kept.
      say("broken promise: \(error)")
      abort()
    }
    return 0
  })
