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

/// The processor's time that one input may take. By the clock a busy machine would make finds of what is none.
let longestInput = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: 20, tv_usec: 0))

// When the limit of processor time is reached (scripts/fuzz.sh), the fuzzer is asked to end: it knows the clock's alone.
signal(SIGXCPU) { _ in raise(SIGUSR1) }
signal(SIGPROF) { _ in
  let reason: StaticString = "broken promise: an input takes 20 s\n"
  _ = write(STDERR_FILENO, reason.utf8Start, reason.utf8CodeUnitCount)
  abort()
}

/// `sallyport-fuzz TARGET [libFuzzer's options and folders]`
guard CommandLine.argc > 1, let target = FuzzTarget.all.first(where: { $0.name == CommandLine.arguments[1] }) else {
  say("name a target: \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
  exit(2)
}
FuzzTarget.chosen = target
// What is made once, such as compiled detectors, takes no input's time.
try? target.check([0])

var count = CommandLine.argc - 1
var arguments = CommandLine.unsafeArgv + 1
arguments[0] = CommandLine.unsafeArgv[0]
exit(
  runFuzzer(&count, &arguments) { start, count in
    var limit = longestInput
    _ = setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &limit, nil)
    do {
      try FuzzTarget.chosen?.check(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
      // A broken promise ends the process, so that the input is kept.
      say("broken promise: \(error)")
      abort()
    }
    return 0
  })
