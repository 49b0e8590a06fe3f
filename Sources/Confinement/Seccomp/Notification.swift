internal import CLinux

/// A system call of something inside that waits for our answer.
package struct Notification: Sendable {
  package let id: UInt64
  /// The calling thread, as numbered in our own process namespace.
  package let thread: Int32
  package let call: SystemCall?
  package let arguments: InlineArray<6, UInt64>
}

/// The receiving end of a filter's notifications.
package struct NotificationListener: ~Copyable, Sendable {
  private let descriptor: Descriptor

  package init(owning descriptor: consuming Descriptor) {
    self.descriptor = descriptor
    // Older kernels wake the other side wherever it last ran; that is slower, nothing else.
    _ = cl_notification_wake_on_same_processor(self.descriptor.number)
  }

  /// Waits for the next call.
  ///
  /// - Returns: `nil` when there will be none any more.
  package func next() -> Notification? {
    while true {
      var raw = cl_notification()
      let result = cl_notification_receive(descriptor.number, &raw)
      // The caller was killed before we looked, or a signal came: neither says anything about the next call.
      if result == -2 || result == -4 {
        if hasEnded { return nil }
        continue
      }
      guard result == 0 else { return nil }
      let words = raw.arguments
      return Notification(
        id: raw.id, thread: Int32(bitPattern: raw.thread), call: Self.call(numbered: raw.number),
        arguments: [words.0, words.1, words.2, words.3, words.4, words.5])
    }
  }

  /// Whether the call still waits, and so what was read of its memory was its own.
  package func isValid(_ notification: Notification) -> Bool {
    cl_notification_is_valid(descriptor.number, notification.id) == 0
  }

  /// Lets the kernel carry the call out.
  package func letGo(_ notification: Notification) {
    _ = cl_notification_continue(descriptor.number, notification.id)
  }

  /// Makes the call fail.
  package func refuse(_ notification: Notification, with errorNumber: Int32) {
    _ = cl_notification_refuse(descriptor.number, notification.id, errorNumber)
  }

  private var hasEnded: Bool { cl_is_hung_up(descriptor.number) == 1 }

  private static func call(numbered number: Int32) -> SystemCall? {
    calls.indices.contains(Int(number)) ? calls[Int(number)] : nil
  }

  /// By their numbers.
  private static let calls: [SystemCall?] = {
    var calls = [SystemCall?](repeating: nil, count: Int(SystemCall.highestKnown) + 1)
    for call in SystemCall.allCases {
      if let number = call.number, calls.indices.contains(Int(number)) { calls[Int(number)] = call }
    }
    return calls
  }()
}
