internal import NIOCore

@testable internal import Egress

/// Questions to our resolver, in datagrams and over a stream.
enum DNSTarget {
  /// What every datagram may have (RFC 1035 §4.2.1).
  private static let answerBytes = 512

  static func check(_ bytes: [UInt8]) throws {
    try checkStream(bytes)
    let query: DNSQuery
    do throws(DNSError) {
      query = try DNSQuery.read(ByteBuffer(bytes: bytes))
    } catch {
      guard let reply = error.reply else { return }
      try demand(reply.readableBytesView.prefix(2).elementsEqual(bytes.prefix(2)), "an answer to another question")
      // The echoed name and the header, never more than came.
      return try demand(reply.readableBytes <= max(12, bytes.count + 16), "a larger answer than the question")
    }
    try checkFacts(query)
    var table = NameAddressTable(capacity: 4)
    let answer = table.answer(to: query)
    if case .addresses(let addresses) = answer, let host = query.name.hostName, host != "localhost",
      !host.hasSuffix(".localhost")
    {
      for address in addresses { try demand(table.name(at: address) == host, "an address of another name") }
    }
    var other = NameAddressTable(capacity: 4)
    _ = other.addresses(for: "some.name.test")
    for each in [answer, .noData, .noSuchName, .refused, .failed, .pointer(query.name)] {
      try checkAnswer(query.response(each), to: query, bytes)
    }
  }

  private static func checkStream(_ bytes: [UInt8]) throws {
    let whole = messages([bytes])
    for pieces in Pieces.ways(of: bytes) {
      try demand(messages(pieces) == whole, "the messages depend on how the stream is cut")
    }
  }

  private static func messages(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var reader = DNSStreamReader()
    var found: [[UInt8]] = []
    do throws(DNSError) {
      for piece in pieces {
        reader.append(ByteBuffer(bytes: piece))
        while let message = try reader.next() { found.append(Array(message.readableBytesView)) }
      }
    } catch {
      found.append([])
    }
    return found
  }

  private static func checkFacts(_ query: DNSQuery) throws {
    let facts = DNSQuestionFacts(query)
    try demand((0...8).contains(facts.entropy), "\(facts.entropy) bits in a byte")
    try demand(facts.freeBytes <= 255 && facts.longestLabel <= 63, "a name longer than there are")
    try demand(facts.name.utf8.allSatisfy { (0x21..<0x7f).contains($0) }, "a name that is not escaped")
  }

  private static func checkAnswer(_ response: ByteBuffer, to query: DNSQuery, _ bytes: [UInt8]) throws {
    try demand(response.readableBytes <= answerBytes + 255, "an answer of \(response.readableBytes) bytes")
    var reader = DNSReader(response)
    try demand(reader.integer() == query.id, "an answer to another question")
    guard let flags = reader.integer(), let questions = reader.integer(), let answers = reader.integer(),
      reader.integer() == 0, let additionals = reader.integer(), let name = reader.name()
    else { throw BrokenPromise(description: "an answer that cannot be read") }
    try demand(flags & 0x8000 != 0 && questions == 1 && answers <= 2 && additionals <= 1, "an odd header")
    try demand(name == query.name, "an answer about another name")
  }
}
