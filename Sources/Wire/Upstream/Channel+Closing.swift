internal import NIOCore

extension Channel {
  /// Closes both sides, also where one was allowed to end alone and where reading was paused.
  ///
  /// Closing TLS waits for the other side's close. NIOSSL does not take it for the end where a half-closed connection is
  /// allowed, and nobody sees it where nothing is read; either would hold the connection for all of ``TLSLimits``'s
  /// `closeTimeout`, and with it the end of a run.
  func closeBothSides() {
    // Fails only on a channel that is closed already.
    try? syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
    read()
    close(promise: nil)
  }
}
