internal import Glibc

extension Probe {
  /// A credential in ways that a searcher for its letters would not see. The destination is one that policy lets through.
  static let contents: [Probe] =
    [
      Probe("P1.control") { place in
        let request = Requests.post("/control", host: ProbePlace.allowed, Array("nothing secret".utf8))
        return Requests.through("\(ProbePlace.allowed):80", request, place, isAllowed: true)
      },
      body("P1.plain") { $0 },
      body("P1.base64") { Disguise.base64($0) },
      body("P1.base64url") { Disguise.base64($0, alphabet: .url) },
      body("P1.hex") { Disguise.hexadecimal($0) },
      body("P1.base32") { Disguise.base32($0) },
      body("P1.percent-twice") { Disguise.percent(Disguise.percent($0)) },
      body("P1.utf16") { $0.flatMap { [$0, 0] } },
      body("P1.zero-width") { $0.flatMap { [$0] + Array("\u{200b}".utf8) } },
      body("P1.gzip", fields: ["Content-Encoding: gzip"]) { Disguise.gzip($0) },
      body("P1.base64-of-gzip") { Disguise.base64(Disguise.gzip($0)) },
      body("P2.json-escapes", fields: ["Content-Type: application/json"]) { bytes in
        Array("{\"a\": \"".utf8) + bytes.flatMap { Array("\\u00\(Disguise.pair($0))".utf8) } + Array("\"}".utf8)
      },
      body("P3.json-key", fields: ["Content-Type: application/json"]) {
        Array("{\"".utf8) + $0 + Array("\": 1}".utf8)
      },
      body("P3.file-name", fields: ["Content-Type: multipart/form-data; boundary=b"]) {
        Array("--b\r\nContent-Disposition: form-data; name=f; filename=\"".utf8) + $0
          + Array("\"\r\n\r\nx\r\n--b--\r\n".utf8)
      },
      body("P4.unknown-type", fields: ["Content-Type: application/x-nobody-knows"]) { $0 },
      body("P4.broken-gzip", fields: ["Content-Encoding: gzip"]) { Array(Disguise.gzip($0).dropLast(12)) },
      body("P4.unknown-coding", fields: ["Content-Encoding: x-nobody-knows"]) { $0 },
      get("P2.path") { "/\($0)" },
      get("P2.query") { "/?q=\($0)" },
      Probe("P2.field") { place in
        let fields = ["X-Trace: \(place.credential)"]
        let request = Requests.post("/P2.field", host: ProbePlace.allowed, fields: fields, [])
        return Requests.through("\(ProbePlace.allowed):80", request, place)
      },
      Probe("P8.time") { place in blockedAtOnce(place) },
    ]

  static func body(
    _ id: String, fields: [String] = [], _ disguise: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) -> Probe {
    Probe(id) { place in
      let text =
        fields.contains { $0.contains("json") || $0.contains("multipart") }
        ? place.credential : "key=\(place.credential) "
      let request = Requests.post("/\(id)", host: ProbePlace.allowed, fields: fields, disguise(Array(text.utf8)))
      return Requests.through("\(ProbePlace.allowed):80", request, place)
    }
  }

  private static func get(_ id: String, _ target: @escaping @Sendable (String) -> String) -> Probe {
    Probe(id) { place in
      let request = Requests.get(target(place.credential), host: ProbePlace.allowed)
      return Requests.through("\(ProbePlace.allowed):80", Array(request.utf8), place)
    }
  }

  /// The second time, since the first may have to make connections and pages of memory.
  private static func blockedAtOnce(_ place: ProbePlace) -> Found {
    let request = Requests.post("/P8.time", host: ProbePlace.allowed, Array("key=\(place.credential) ".utf8))
    _ = Requests.through("\(ProbePlace.allowed):80", request, place)
    guard case .open(let connection) = Requests.tunnel(to: "\(ProbePlace.allowed):80", place) else {
      return Found(.closed)
    }
    let began = milliseconds
    connection.send(request)
    let found = Requests.answer(on: connection)
    return Found(found.outcome, "\(milliseconds - began) ms")
  }

  private static var milliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1_000 + now.tv_nsec / 1_000_000
  }
}
