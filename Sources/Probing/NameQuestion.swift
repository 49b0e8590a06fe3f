internal import Glibc

/// A question for a resolver and its answer (RFC 1035 §4).
enum NameQuestion {
  static func bytes(_ name: String) -> [UInt8] {
    let header: [UInt8] = [0x5a, 0x11, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    let labels = name.split(separator: ".").flatMap { [UInt8(clamping: $0.utf8.count)] + Array($0.utf8) }
    return header + labels + [0, 0, 1, 0, 1]
  }

  /// Sallyport's answers are addresses of its own (RFC 2544), or that there is no such name.
  static func found(_ answer: [UInt8]) -> Found {
    guard answer.count >= 12, answer[0] == 0x5a, answer[1] == 0x11 else { return Found(.closed) }
    if let address = address(in: answer) {
      let text = address.map(String.init).joined(separator: ".")
      return address[0] == 198 && address[1] & 0xfe == 18 ? Found(.sallyport, text) : Found(.succeeded, text)
    }
    // A refusal or absence tells nobody's address; that it was Sallyport's shows in the run's record.
    return Found(.sallyport, "code \(answer[3] & 0xf)")
  }

  static func address(in answer: [UInt8]) -> [UInt8]? {
    guard answer.count >= 16, answer[7] > 0, answer[answer.count - 6..<answer.count - 4].elementsEqual([0, 4]) else {
      return nil
    }
    return Array(answer.suffix(4))
  }

  /// The address that the sandbox's own resolver gives for a name.
  static func look(up name: String, _ place: ProbePlace) -> String? {
    guard case .connection(let connection) = Connection.open(place.resolver, place.resolverPort, type: SOCK_DGRAM)
    else {
      return nil
    }
    connection.send(bytes(name))
    return connection.receive().flatMap { address(in: $0) }.map { $0.map(String.init).joined(separator: ".") }
  }
}
