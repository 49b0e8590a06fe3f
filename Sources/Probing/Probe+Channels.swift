extension Probe {
  /// Ways through a destination that policy lets through, for what it is not let through for.
  static let channels: [Probe] =
    [
      Probe("N14.control") { place in
        let frame = WebSocketBytes.frame(.text, Array("nothing secret".utf8))
        return WebSocketBytes.send([frame], at: "/control", place, isAllowed: true)
      },
      socket("N14.text") { [WebSocketBytes.frame(.text, $0)] },
      socket("N14.fragments") { bytes in
        let half = bytes.count / 2
        return [
          WebSocketBytes.frame(.text, Array(bytes[..<half]), isFinal: false),
          WebSocketBytes.frame(.continuation, Array(bytes[half...])),
        ]
      },
      socket("N14.compressed") { [WebSocketBytes.frame(.text, Disguise.message($0), isCompressed: true)] },
      socket("N14.ping") { [WebSocketBytes.frame(.ping, $0)] },
      push("N17.control", "/mine/repository.git/git-receive-pack", isAllowed: true),
      push("N17.push", "/theirs/repository.git/git-receive-pack"),
      Probe("N17.asked") { place in
        let path = "/theirs/repository.git/info/refs?service=git-receive-pack"
        return Requests.through(
          "\(ProbePlace.forge):80", Array(Requests.get(path, host: ProbePlace.forge).utf8), place)
      },
      push("N17.dots", "/mine/../theirs/repository.git/git-receive-pack"),
      push("N17.encoded-dots", "/mine/%2e%2e/theirs/repository.git/git-receive-pack"),
      vendor("P7.control", "/v1/messages", isAllowed: true),
      vendor("P7.telemetry", "/api/event_logging/batch"),
      vendor("P7.flags", "/api/eval/sdk-1"),
      vendor("P7.dots", "/v1/messages/../../api/event_logging/batch"),
    ]

  private static func socket(_ id: String, _ frames: @escaping @Sendable ([UInt8]) -> [[UInt8]]) -> Probe {
    Probe(id) { WebSocketBytes.send(frames(Array("key=\($0.credential) ".utf8)), at: "/\(id)", $0) }
  }

  private static func push(_ id: String, _ path: String, isAllowed: Bool = false) -> Probe {
    Probe(id) { place in
      let request = Requests.post(path, host: ProbePlace.forge, fields: [pushType], Array("0000".utf8))
      return Requests.through("\(ProbePlace.forge):80", request, place, isAllowed: isAllowed)
    }
  }

  private static let pushType = "Content-Type: application/x-git-receive-pack-request"

  /// What is refused may be answered quietly, in the vendor's place and without a name.
  private static func vendor(_ id: String, _ path: String, isAllowed: Bool = false) -> Probe {
    Probe(id) { place in
      let body = Array(#"{"model": "m", "messages": [{"role": "user", "content": "a question"}]}"#.utf8)
      let request = Requests.post(path, host: ProbePlace.vendor, fields: ["Content-Type: application/json"], body)
      switch Requests.tunnel(to: "\(ProbePlace.vendor):80", place) {
      case .failed(let found): return found
      case .open(let connection):
        connection.send(request)
        let answer = HTTPAnswer(connection.receiveAll(until: HTTPAnswer.isWhole))
        return answer?.foundInPlace(isAllowed: isAllowed) ?? Found(.closed)
      }
    }
  }
}
