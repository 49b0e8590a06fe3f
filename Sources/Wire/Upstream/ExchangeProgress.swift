/// How far one exchange on an HTTP/1 connection is, and so what becomes of the connection (RFC 9112 §9.3, §9.6).
struct ExchangeProgress: ~Copyable {
  private enum Request { case unsent, open, ended }
  private enum Response { case awaited, ended(isReusable: Bool), switched }

  private var request = Request.unsent
  private var response = Response.awaited

  enum Fate {
    /// The exchange goes on.
    case busy
    /// Ready for another.
    case reusable
    /// Of no further use.
    case spent
    /// Another protocol took over.
    case raw
  }

  var hasBegun: Bool { if case .unsent = request { false } else { true } }
  var hasEndedRequest: Bool { if case .ended = request { true } else { false } }

  mutating func requestBegan() { request = .open }
  mutating func requestEnded() { request = .ended }
  mutating func responseEnded(isReusable: Bool) { response = .ended(isReusable: isReusable) }
  mutating func protocolSwitched() { response = .switched }

  /// An answer that is complete before its request leaves the connection in no state for another request.
  var fate: Fate {
    switch (request, response) {
    case (_, .switched): .raw
    case (_, .awaited): .busy
    case (.ended, .ended(isReusable: true)): .reusable
    case (_, .ended): .spent
    }
  }
}
