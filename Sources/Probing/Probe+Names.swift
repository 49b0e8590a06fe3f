internal import Glibc

extension Probe {
  /// Names as a way out.
  static let names: [Probe] = [
    Probe("N3.udp") { ask("sallyport-verify.invalid", $0) },
    Probe("N3.udp-answered") { ask(ProbePlace.allowed, $0) },
    Probe("N3.tcp") { askOverTCP(ProbePlace.allowed, $0) },
    Probe("N3.tls") { HelloBytes.say("dns.test", to: $0.address, 853) },
    Probe("N3.https") { HelloBytes.say("dns.test", to: $0.address, 443) },
    Probe("N3.tunnel") { tunnel($0) },
  ]

  private static func ask(_ name: String, _ place: ProbePlace) -> Found {
    switch Connection.open(place.resolver, place.resolverPort, type: SOCK_DGRAM) {
    case .failed(let found): return found
    case .connection(let connection):
      connection.send(NameQuestion.bytes(name))
      return connection.receive().map(NameQuestion.found) ?? .kernel(-Int(errno))
    }
  }

  private static func askOverTCP(_ name: String, _ place: ProbePlace) -> Found {
    switch Connection.open(place.resolver, place.resolverPort) {
    case .failed(let found): return found
    case .connection(let connection):
      let question = NameQuestion.bytes(name)
      connection.send([0, UInt8(clamping: question.count)] + question)
      let answer = connection.receiveAll { $0.count > 2 && $0.count >= Int($0[1]) + 2 }
      return answer.isEmpty ? Found(.closed) : NameQuestion.found(Array(answer.dropFirst(2)))
    }
  }

  /// The mark, cut into labels of names that somebody's own server would be asked about.
  private static func tunnel(_ place: ProbePlace) -> Found {
    let digits = place.mark.utf8.map { String($0, radix: 16) }.joined()
    for number in 0..<ProbingLimits.tunnelledNames {
      let label = String((digits + digits).dropFirst(number).prefix(60))
      let found = ask("\(label).\(number).tunnel.test", place)
      if found.outcome != .sallyport { return found }
    }
    return Found(.sallyport, "\(ProbingLimits.tunnelledNames) names")
  }
}
