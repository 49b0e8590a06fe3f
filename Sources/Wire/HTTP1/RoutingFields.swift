/// The fields that route and frame a message, gathered in one pass over its head.
struct RoutingFields {
  private(set) var host: String?
  private(set) var contentLength: Int?
  private(set) var isChunked = false
  /// `close` and `keep-alive` of `Connection`.
  private(set) var saysClose = false
  private(set) var saysKeepAlive = false
  /// `Upgrade` is there and `Connection` names it.
  private(set) var offersUpgrade: Bool

  /// - Throws: wherever two readers could take the message's end or its host differently (RFC 9112 §6.3, §11.2).
  init(_ fields: [HTTPField], version: HTTPVersion) throws(HTTPSyntaxError) {
    var codings: [String] = []
    var hasUpgrade = false
    var connectionOffersUpgrade = false
    offersUpgrade = false
    for field in fields {
      // The length tells most fields apart before any byte is compared.
      switch field.name.utf8.count {
      case 4 where field.isNamed("host"):
        guard host == nil else { throw HTTPSyntaxError(.hostRepeated) }
        host = field.value
      case 14 where field.isNamed("content-length"):
        guard contentLength == nil else { throw HTTPSyntaxError(.lengthRepeated) }
        contentLength = try Self.length(field.value)
      case 17 where field.isNamed("transfer-encoding"):
        codings.append(field.value)
      case 10 where field.isNamed("connection"):
        for option in field.value.listElements { try take(option, &connectionOffersUpgrade) }
      case 7 where field.isNamed("upgrade"):
        hasUpgrade = true
      default: break
      }
    }
    offersUpgrade = hasUpgrade && connectionOffersUpgrade
    guard !codings.isEmpty else { return }
    guard contentLength == nil else { throw HTTPSyntaxError(.lengthAndEncoding) }
    guard version != .http1_0 else { throw HTTPSyntaxError(.encodingInOldVersion) }
    try Self.checkChunked(codings)
    isChunked = true
  }

  private mutating func take(_ option: Substring, _ offersUpgrade: inout Bool) throws(HTTPSyntaxError) {
    if option.equalsIgnoringASCIICase("close") {
      saysClose = true
    } else if option.equalsIgnoringASCIICase("keep-alive") {
      saysKeepAlive = true
    } else if option.equalsIgnoringASCIICase("upgrade") {
      offersUpgrade = true
    } else if Self.endToEnd.contains(where: option.equalsIgnoringASCIICase) {
      throw HTTPSyntaxError(.connectionOption)
    }
  }

  /// A proxy behind us would take away what `Connection` names: none of these may go that way (RFC 9110 §7.6.1).
  private static let endToEnd = [
    "host", "content-length", "transfer-encoding", "content-encoding", "content-type", "authorization", "cookie",
  ]

  private static func length(_ value: String) throws(HTTPSyntaxError) -> Int {
    guard !value.isEmpty, value.utf8.allSatisfy(\.isDigit) else { throw HTTPSyntaxError(.length) }
    guard let length = Int(value), length <= 1 << 62 else { throw HTTPSyntaxError(.lengthTooLarge) }
    return length
  }

  /// Exactly `chunked`: other codings would have to be taken off before anybody could look into the body.
  private static func checkChunked(_ codings: [String]) throws(HTTPSyntaxError) {
    let names = codings.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.trimmingOptionalWhitespace }
    if names.count == 1, names[0].equalsIgnoringASCIICase("chunked") { return }
    let chunkedCount = names.count { $0.equalsIgnoringASCIICase("chunked") }
    let endsInChunked = names.last?.equalsIgnoringASCIICase("chunked") ?? false
    throw HTTPSyntaxError(chunkedCount == 1 && endsInChunked ? .encodingUnsupported : .encodingNotChunked)
  }

  /// Whether the connection takes another message after this one (RFC 9112 §9.3).
  func connectionPersists(in version: HTTPVersion) -> Bool {
    !saysClose && (version != .http1_0 || saysKeepAlive)
  }
}
