internal import CLinux

/// The signals sent to this process, to be read like any other input. Every signal is blocked from then on.
package struct SignalQueue: ~Copyable {
  package let descriptor: Descriptor

  package init() throws(ConfinementFailure) {
    let number = cl_signal_descriptor()
    guard number >= 0 else { throw ConfinementFailure(.kernel, "signalfd", errorNumber: -number) }
    descriptor = Descriptor(owning: number)
  }

  /// The next signal's number, `nil` where none waits.
  package func next() -> Int32? {
    let signal = cl_signal_next(descriptor.number)
    return signal > 0 ? signal : nil
  }
}
