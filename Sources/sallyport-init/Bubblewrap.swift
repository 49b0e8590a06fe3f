internal import Confinement
internal import Glibc

/// The running bubblewrap, the channel to the init beneath it, and what it complains about.
struct Bubblewrap: ~Copyable {
  let process: Int32
  let control: ControlChannel
  let complaints: Descriptor

  /// - Parameter descriptors: those of the launch, in the order of ``LaunchOrder/Slot``; they are closed here.
  static func start(_ path: String, descriptors: [CInt]) throws(ConfinementFailure) -> Bubblewrap {
    let ends = try ControlChannel.pair()
    let complaints = try Descriptor.pipe()
    let relay = getpid()
    let process = try Processes.fork()
    if process == 0 {
      // Before anything else: from here on the relay's end is ours.
      guard Processes.dieWithParent(relay) else { _exit(126) }
      let numbered =
        Array(descriptors.prefix(LaunchOrder.Slot.fixedCount)) + [ends.1]
        + descriptors.dropFirst(LaunchOrder.Slot.fixedCount)
      become(path, numbered, complaints: complaints.writing)
    }
    for number in descriptors + [ends.1, complaints.writing] { close(number) }
    return Bubblewrap(
      process: process, control: ControlChannel(owning: Descriptor(owning: ends.0)),
      complaints: Descriptor(owning: complaints.reading))
  }

  /// The child's side: puts every descriptor at its number and becomes bubblewrap.
  private static func become(_ path: String, _ descriptors: [CInt], complaints: CInt) -> Never {
    let first = ConfinementLimits.firstOrderDescriptor
    // Beyond all final numbers first, so that none is overwritten before it was moved.
    let beyond = first + CInt(descriptors.count)
    let moved = (descriptors + [complaints]).map { fcntl($0, F_DUPFD_CLOEXEC, beyond) }
    Processes.closeDescriptors(from: STDERR_FILENO + 1, onExec: true)
    for (index, number) in moved.dropLast().enumerated() { dup2(number, first + CInt(index)) }
    let nothing = open("/dev/null", O_RDWR)
    dup2(nothing, STDIN_FILENO)
    dup2(nothing, STDOUT_FILENO)
    dup2(moved[moved.count - 1], STDERR_FILENO)
    Processes.resetSignals()
    let failure = Processes.replace(
      with: path,
      arguments: ["--args", String(LaunchOrder.Slot.bubblewrapArguments), "--", LaunchOrder.helperTarget, "init"],
      environment: [], searching: "")
    let text = "\(failure)\n"
    _ = write(STDERR_FILENO, text, text.utf8.count)
    _exit(126)
  }

  /// Ends it and all that is beneath it, by two ways: the kernel ends init with its parent, and init ends the agent
  /// when nobody is at the other end of its channel.
  func end() {
    shutdown(control.descriptor.number, Int32(SHUT_RDWR))
    kill(process, SIGKILL)
  }

  /// Waits for its end.
  ///
  /// - Returns: its exit code, 128 and the signal's number where one ended it.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }
}
