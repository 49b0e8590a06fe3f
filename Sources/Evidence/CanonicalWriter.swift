/// Writes one JSON text in its canonical form (RFC 8785) as it goes, for what would be made a ``JSONValue`` only to be
/// written.
///
/// Its caller sees to what a value's members are sorted for: they come in the order of their names, which are plain ASCII
/// and need no escape (§3.2.3). A debug build checks the order.
package struct CanonicalWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// In the object that is being written.
  private var lastName: StaticString = ""

  package init() { bytes.reserveCapacity(Self.usualBytes) }

  /// What an entry of the ledger has room in, so that it is written into one piece of memory.
  static let usualBytes = 1024

  /// Takes the texts away that were written, and keeps their room.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  // MARK: Objects

  package mutating func object(_ writeMembers: (inout CanonicalWriter) -> Void) {
    begin(UInt8(ascii: "{"))
    let outer = lastName
    lastName = ""
    writeMembers(&self)
    lastName = outer
    bytes.append(UInt8(ascii: "}"))
  }

  package mutating func member(_ name: StaticString, _ text: String) {
    write(name)
    write(text)
  }

  package mutating func member(_ name: StaticString, _ number: Int) {
    write(name)
    write(number)
  }

  package mutating func member(_ name: StaticString, _ flag: Bool) {
    write(name)
    write(plain: flag ? "true" : "false")
  }

  package mutating func member(_ name: StaticString, _ noun: some CanonicallyWritten) {
    write(name)
    noun.write(to: &self)
  }

  package mutating func member(_ name: StaticString, _ nouns: some Sequence<some CanonicallyWritten>) {
    member(name) { writer in
      writer.array { writer in
        for noun in nouns { noun.write(to: &writer) }
      }
    }
  }

  /// A member whose value is what `writeValue` writes.
  package mutating func member(_ name: StaticString, _ writeValue: (inout CanonicalWriter) -> Void) {
    write(name)
    writeValue(&self)
  }

  /// No member where there is no text.
  package mutating func member(_ name: StaticString, ifAny text: String?) {
    if let text { member(name, text) }
  }

  /// No member where there is no number.
  package mutating func member(_ name: StaticString, ifAny number: Int?) {
    if let number { member(name, number) }
  }

  private mutating func write(_ name: StaticString) {
    assert(Self.isAscending(lastName, name), "the member \(name) does not come behind \(lastName)")
    lastName = name
    begin(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private static func isAscending(_ name: StaticString, _ next: StaticString) -> Bool {
    name.description.utf8.lexicographicallyPrecedes(next.description.utf8)
  }

  // MARK: Elements and values

  package mutating func array(_ writeElements: (inout CanonicalWriter) -> Void) {
    begin(UInt8(ascii: "["))
    writeElements(&self)
    bytes.append(UInt8(ascii: "]"))
  }

  package mutating func write(_ text: String) {
    separate()
    CanonicalJSON.write(text, to: &bytes)
  }

  package mutating func write(_ number: Int) { write(plain: String(number)) }

  /// A text of characters that need no escape, between quotation marks.
  package mutating func write(quoting appendCharacters: (inout [UInt8]) -> Void) {
    begin(UInt8(ascii: "\""))
    appendCharacters(&bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// `true`, or a number as RFC 8785 §3.2.2.3 has it.
  mutating func write(plain text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func begin(_ byte: UInt8) {
    separate()
    bytes.append(byte)
  }

  /// Before every element and every name but the first; no text ends with one of these, as it ends with a quotation mark.
  private mutating func separate() {
    switch bytes.last {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), nil: break
    default: bytes.append(UInt8(ascii: ","))
    }
  }
}
