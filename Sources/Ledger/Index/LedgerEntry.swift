package import Evidence

/// One entry as it stands in the ledger.
package struct LedgerEntry: Sendable, Hashable {
  package let index: Int
  /// The entry's canonical bytes, which the leaf's hash covers.
  package let bytes: [UInt8]
  /// `null` where the bytes are not JSON, which nothing of ours appends.
  package let json: JSONValue

  init(index: Int, bytes: [UInt8]) {
    self.index = index
    self.bytes = bytes
    json = (try? JSONParser.parse(bytes)) ?? .null
  }

  package var type: String? { json["type"]?.string }
  /// RFC 3339 in UTC with milliseconds, so that texts sort as times do.
  package var time: String? { json["t"]?.string }
  package var run: String? { json["run"]?.string }
  package var verdict: String? { json["verdict"]?.string }
  package var host: String? { field("host") }
  package var purpose: String? { field("purpose") }

  /// A fact about the exchange stands in `meta`, or beside it.
  private func field(_ name: String) -> String? { json["meta"]?[name]?.string ?? json[name]?.string }
}
