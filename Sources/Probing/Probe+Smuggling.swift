extension Probe {
  /// Messages that two readers may read in two ways. Behind each hides a request for ``hidden``.
  static let smuggling: [Probe] =
    [
      whole("N15.lengths", ["Content-Length: 5", "Content-Length: 44"], "hello"),
      whole("N15.length-and-chunked", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\n"),
      whole("N15.chunked-and-length", ["Transfer-Encoding: chunked", "Content-Length: 4"], "0\r\n\r\n"),
      whole("N15.chunked-twice", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], "0\r\n\r\n"),
      whole("N15.unknown-coding", ["Transfer-Encoding: xchunked"], "0\r\n\r\n"),
      whole("N15.space-before-colon", ["Transfer-Encoding : chunked"], "0\r\n\r\n"),
      whole("N15.folded", ["X-One: a", " Transfer-Encoding: chunked"], "0\r\n\r\n"),
      whole("N15.signed-length", ["Content-Length: +5"], "hello"),
      whole("N15.bare-return", ["X-One: a\rTransfer-Encoding: chunked"], "0\r\n\r\n"),
      whole("N15.chunk-size", ["Transfer-Encoding: chunked"], "0x0\r\n\r\n"),
      whole("N15.chunk-line-feed", ["Transfer-Encoding: chunked"], "0\n\n"),
      Probe("N15.line-feed") { place in
        let text = "POST / HTTP/1.1\nHost: \(ProbePlace.allowed)\nContent-Length: 0\n\n"
        return send(text, hiding: "N15.line-feed", place)
      },
      Probe("N15.h2-line-break") { place in
        HTTP2Bytes.ask(
          authority: ProbePlace.allowed, path: "/", fields: [("x-one", "a\r\ntransfer-encoding: chunked")],
          through: ProbePlace.allowed, place)
      },
      Probe("N15.h2-path") { place in
        HTTP2Bytes.ask(
          authority: ProbePlace.allowed, path: "/ HTTP/1.1\r\nHost: \(ProbePlace.allowed)\r\n\r\n", fields: [],
          through: ProbePlace.allowed, place)
      },
      Probe("N15.h2-coding") { place in
        HTTP2Bytes.ask(
          authority: ProbePlace.allowed, path: "/", fields: [("transfer-encoding", "chunked")], method: "POST",
          through: ProbePlace.allowed, place)
      },
      Probe("N15.h2-length") { place in
        HTTP2Bytes.ask(
          authority: ProbePlace.allowed, path: "/", fields: [("content-length", "44")], method: "POST",
          through: ProbePlace.allowed, place)
      },
      Probe("N13.control") { place in
        HTTP2Bytes.ask(
          authority: ProbePlace.allowed, path: "/control", fields: [], through: ProbePlace.allowed, place,
          isAllowed: true)
      },
      Probe("N16.after-close") { place in
        let text = Requests.get("/control", host: ProbePlace.allowed)
        let found = send(text, hiding: "N16.after-close", place, isAllowed: true)
        return found.outcome == .destination ? Found(.destination, "the first, and no second") : found
      },
    ]

  /// The path that must never arrive.
  package static func hidden(_ id: String) -> String { "/hidden/\(id)" }

  private static func whole(_ id: String, _ fields: [String], _ body: String) -> Probe {
    Probe(id) { place in
      let head = ["POST / HTTP/1.1", "Host: \(ProbePlace.allowed)"] + fields
      return send(head.joined(separator: "\r\n") + "\r\n\r\n" + body, hiding: id, place)
    }
  }

  private static func send(_ text: String, hiding id: String, _ place: ProbePlace, isAllowed: Bool = false) -> Found {
    let second = Requests.get(hidden(id), host: ProbePlace.allowed)
    return Requests.through("\(ProbePlace.allowed):80", Array((text + second).utf8), place, isAllowed: isAllowed)
  }
}
