internal import Enforcement
internal import Evidence
internal import Wire

/// An answer that comes from us and not from upstream.
struct LocalAnswer {
  let status: Int
  var fields: [HTTPField]
  let body: [UInt8]

  /// A sentence of our own as JSON, the way every API client can show it.
  init(status: Int, sentence: String) {
    self.status = status
    fields = [HTTPField(name: "content-type", value: "application/json")]
    // Strings always have a JSON form.
    body = (try? CanonicalJSON.encode(["error": ["type": "sallyport", "message": .string(sentence)]])) ?? []
  }

  init(_ ended: EndedAnswer) {
    status = ended.status
    fields = ended.fields
    body = ended.body
  }

  init(_ refusal: Refusal) {
    status = refusal.status
    fields = refusal.fields
    body = refusal.body
  }
}

extension LocalAnswer {
  /// The destination could not be reached, or may not be.
  static func unreachable(_ destination: Destination, _ error: any Error) -> LocalAnswer {
    let isRefused = (error as? WireError)?.code == .addressRefused
    return LocalAnswer(status: isRefused ? 403 : 502, sentence: "Sallyport could not reach \(destination): \(error)")
  }
}
