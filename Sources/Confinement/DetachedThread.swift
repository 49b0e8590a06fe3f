internal import Glibc

/// A thread that nobody joins: its end is told by whatever it does last.
package enum DetachedThread {
  /// Runs a body on a thread of its own, which holds what the body holds until it has returned.
  ///
  /// - Returns: 0, or the errno of pthread_create(3): then the body is never called.
  @discardableResult
  package static func start(_ body: @escaping @Sendable () -> Void) -> CInt {
    let errand = Unmanaged.passRetained(Errand(body))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Errand>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, errand.toOpaque())
    guard result == 0 else {
      errand.release()
      return result
    }
    pthread_detach(thread)
    return 0
  }

  private final class Errand: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
