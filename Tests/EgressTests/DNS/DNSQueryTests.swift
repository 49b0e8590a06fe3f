import NIOCore
import Testing

@testable import Egress

@Suite struct DNSQueryTests {
  private func reason(_ message: ByteBuffer) -> DNSError.Reason? {
    do throws(DNSError) { _ = try DNSQuery.read(message) } catch { return error.reason }
    return nil
  }

  @Test("a question is read with its name, type and options")
  func question() throws {
    let query = try QueryBuilder(
      name: QueryBuilder.wire("Api.EXAMPLE.com"), type: 28, additional: [QueryBuilder.options()]
    )
    .query()
    #expect(query.name.description == "api.example.com")
    #expect(query.name.hostName == "api.example.com")
    #expect(query.type == .aaaa)
    #expect(query.id == 0x1234)
  }

  @Test("the answer has the question as it was asked, case and all, and options where it had some")
  func response() throws {
    var builder = QueryBuilder(name: QueryBuilder.wire("aPi.example.com"))
    let plain = try builder.query().response(.addresses([[198, 18, 1, 0], [UInt8](repeating: 1, count: 16)]))
    #expect(plain.readableBytesView.dropFirst(12).starts(with: builder.name))
    let reading = try #require(ResponseReading(plain))
    #expect(reading.records == [[198, 18, 1, 0]])
    #expect(reading.flags == 0x8180)
    #expect(!reading.hasOptions)
    builder.additional = [QueryBuilder.options(data: [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8])]
    #expect(try #require(ResponseReading(try builder.query().response(.noSuchName))).hasOptions)
    #expect(try #require(ResponseReading(try builder.query().response(.noSuchName))).code == 3)
    #expect(try #require(ResponseReading(try builder.query().response(.refused))).code == 5)
    #expect(try #require(ResponseReading(try builder.query().response(.failed))).code == 2)
    #expect(try #require(ResponseReading(try builder.query().response(.noData))).code == 0)
  }

  @Test("an answer is never answered, nor is noise")
  func noQuery() {
    #expect(reason(QueryBuilder(flags: 0x8100).message) == .noQuery)
    #expect(reason(ByteBuffer(bytes: [1, 2, 3])) == .noQuery)
    #expect(reason(ByteBuffer()) == .noQuery)
  }

  @Test("what is malformed or not served is answered with its code and the query's number")
  func refused() throws {
    func code(_ builder: QueryBuilder) -> (DNSError.Reason, UInt16)? {
      do throws(DNSError) { _ = try DNSQuery.read(builder.message) } catch {
        let flags = error.reply?.getInteger(at: 2, as: UInt16.self)
        #expect(error.reply?.getInteger(at: 0, as: UInt16.self) == builder.id)
        return flags.map { (error.reason, $0 & 0xf) }
      }
      return nil
    }
    #expect(try #require(code(QueryBuilder(flags: 0x2800))) == (.notImplemented, 4))
    #expect(try #require(code(QueryBuilder(questions: 0))) == (.malformed, 1))
    #expect(try #require(code(QueryBuilder(questions: 2))) == (.malformed, 1))
    #expect(try #require(code(QueryBuilder(answers: 1))) == (.malformed, 1))
    #expect(try #require(code(QueryBuilder(trailing: [0]))) == (.malformed, 1))
    #expect(try #require(code(QueryBuilder(name: [3, 0x61, 0x62]))) == (.malformed, 1))
    #expect(
      try #require(code(QueryBuilder(additional: [QueryBuilder.options(), QueryBuilder.options()]))) == (.malformed, 1))
    #expect(try #require(code(QueryBuilder(additional: [QueryBuilder.options(version: 1)]))) == (.badVersion, 0))
    #expect(try #require(code(QueryBuilder(trailing: [UInt8](repeating: 0, count: 5000)))) == (.tooLarge, 1))
  }

  @Test(
    "pointers that go forwards, in circles, on for ever or into the head are refused",
    arguments: [
      [0xc0, 0x0c], [0xc0, 0x0d], [0xc0, 0xff], [1, 0x61, 0xc0, 0x0c], [0xc0], [0x80, 1], [0x40, 1], [0xc0, 0x00],
      [0xc0, 0x0b],
    ] as [[UInt8]])
  func pointers(name: [UInt8]) {
    #expect(reason(QueryBuilder(name: name).message) == .malformed)
  }

  @Test("a chain of backward pointers ends at its limit")
  func pointerChain() {
    var bytes = [UInt8](repeating: 0, count: 13)
    for _ in 0..<200 {
      let target = max(12, bytes.count - 2)
      bytes += [0xc0 | UInt8(target >> 8), UInt8(target & 0xff)]
    }
    func name(behind pointers: Int) -> DNSName? {
      var reader = DNSReader(ByteBuffer(bytes: bytes))
      return reader.skip(13 + 2 * pointers) ? reader.name() : nil
    }
    #expect(name(behind: 100) != nil)
    #expect(name(behind: EgressLimits.dnsPointers - 1) != nil)
    #expect(name(behind: EgressLimits.dnsPointers) == nil)
  }

  @Test("labels and names have the standard's limits")
  func nameLimits() {
    #expect(DNSName(labels: [[UInt8](repeating: 97, count: 63)]) != nil)
    #expect(DNSName(labels: [[UInt8](repeating: 97, count: 64)]) == nil)
    #expect(DNSName(labels: Array(repeating: [97], count: 127)) != nil)
    #expect(DNSName(labels: Array(repeating: [97], count: 128)) == nil)
    #expect(DNSName("a..b") == nil)
    #expect(DNSName("") == nil)
    #expect(reason(QueryBuilder(name: Array(repeating: [1, 97], count: 127).flatMap { $0 } + [0]).message) == nil)
    #expect(
      reason(QueryBuilder(name: Array(repeating: [1, 97], count: 128).flatMap { $0 } + [0]).message) == .malformed)
  }

  @Test("bytes that are no letters are escaped, and make no host name")
  func escapes() throws {
    let name = try #require(DNSName(labels: [Array("a.b\\".utf8) + [0, 200, 32], Array("Com".utf8)]))
    #expect(name.description == "a\\046b\\092\\000\\200\\032.com")
    #expect(name.hostName == nil)
    #expect(DNSName(labels: [])?.description == ".")
    for text in ["1.2.3.4", "127.1", "a.0x7f", "a.5"] { #expect(DNSName(text)?.hostName == nil) }
    #expect(DNSName("_sip.a-b.Example.")?.hostName == "_sip.a-b.example")
  }

  @Test("messages over a stream are cut at their lengths, however their bytes come")
  func stream() throws {
    let first = QueryBuilder().message
    let second = QueryBuilder(id: 7).message
    let bytes = [first, second].flatMap { Array(DNSStreamReader.frame($0).readableBytesView) }
    for pieces in splits(of: bytes, random: 10, seed: 5) {
      var reader = DNSStreamReader()
      var messages: [ByteBuffer] = []
      for piece in pieces {
        reader.append(ByteBuffer(bytes: piece))
        while let message = try reader.next() { messages.append(message) }
      }
      #expect(messages == [first, second])
    }
    var reader = DNSStreamReader()
    reader.append(ByteBuffer(bytes: [0x10, 0x01]))
    do throws(DNSError) {
      _ = try reader.next()
      Issue.record("taken")
    } catch {
      #expect(error.reason == .tooLarge)
    }
  }

  @Test("random and mutated bytes never crash")
  func randomBytes() {
    var generator = SeededGenerator(seed: 70)
    let fine = Array(QueryBuilder(additional: [QueryBuilder.options(data: [1, 2, 3, 4])]).message.readableBytesView)
    for _ in 0..<20_000 {
      var bytes = fine
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          [0, 1, 63, 0xc0, 0x0c, 0xff].randomElement(using: &generator) ?? 0
      }
      _ = try? DNSQuery.read(ByteBuffer(bytes: bytes)).response(.addresses([[1, 2, 3, 4]]))
    }
  }
}
