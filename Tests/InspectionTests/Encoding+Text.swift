internal import Decoding

extension Encoding {
  /// Those of source code, markup and base85: every detector's examples are found in them.
  static let ofText: [Encoding] = [
    Encoding(name: "decimal entities") { Encode.scalars($0) { "&#\($0);" } },
    Encoding(name: "hexadecimal entities with zeros") {
      Encode.scalars($0) { "&#x000\(String($0, radix: 16));" }
    },
    Encoding(name: "entities of entities") { Encode.scalars($0) { "&amp;#\($0);" } },
    Encoding(name: "entities without semicolons") { Encode.scalars($0) { "&#\($0)" } + Array("\n".utf8) },
    Encoding(name: "octal escapes") { Array("echo -e '".utf8) + Encode.octal($0) + Array("'".utf8) },
    Encoding(name: "C escapes") { $0.flatMap { Array("\\x".utf8) + Encode.hex([$0]) } },
    Encoding(name: "escapes in braces") { Encode.scalars($0) { "\\u{\(String($0, radix: 16))}" } },
    Encoding(name: "long escapes") {
      Encode.scalars($0) { "\\U" + String(String(UInt64($0) | 1 << 32, radix: 16).dropFirst()) }
    },
    Encoding(name: "Ascii85") {
      Array("<~".utf8) + Encode.lines(Encode.base85($0, Encode.ascii85), of: 80, end: "\n") + Array("~>".utf8)
    },
    Encoding(name: "xxd") { Encode.dump($0) },
    Encoding(name: "xxd in JSON") { Encode.json(Encode.dump($0)) },
    Encoding(name: "tag characters") { Array("hello ".utf8) + Encode.tags($0) },
    Encoding(name: "full-width letters") { Encode.wide($0) },
    Encoding(name: "mathematical letters") { Encode.mathematical($0) },
    Encoding(name: "soft hyphens") { Encode.between($0, "\u{ad}") },
  ]

  /// Those that break a text up or turn it round, in which tokens are found whose beginning is known.
  static let ofTokens = ofParts + turned

  private static let before = Array("the key of this service is: ".utf8)

  private static let ofParts: [Encoding] = [
    Encoding(name: "base85") { Encode.base85(before + $0) },
    Encoding(name: "base85 in JSON") {
      Array(#"{"data":""#.utf8) + Encode.base85(before + $0) + Array(#"","next":1}"#.utf8)
    },
    Encoding(name: "Z85") {
      Encode.base85(before + $0 + [UInt8](repeating: 0x0a, count: (4 - (before.count + $0.count) % 4) % 4), Encode.z85)
    },
    Encoding(name: "homoglyphs") { Encode.homoglyphs($0) },
    Encoding(name: "strings added up") {
      Array("const key = ".utf8) + quoted($0, "\"", " + ") + Array(";\n".utf8)
    },
    Encoding(name: "strings added up, in JSON") {
      Encode.json(Array("let key = ".utf8) + quoted($0, "\"", " +\n    ") + Array("\n".utf8))
    },
    Encoding(name: "strings joined by dots") { Array("$key = ".utf8) + quoted($0, "'", ".") + Array(";\n".utf8) },
    Encoding(name: "strings beside each other") {
      Array("char *key = ".utf8) + quoted($0, "\"", "\n    ") + Array(";\n".utf8)
    },
    Encoding(name: "strings on broken lines") { Array("key = ".utf8) + quoted($0, "\"", " \\\n  ") + Array("\n".utf8) },
    Encoding(name: "strings joined by ampersands") {
      Array("key = ".utf8) + quoted($0, "\"", " & ") + Array("\n".utf8)
    },
    Encoding(name: "strings of a joined list") {
      Array("const key = [".utf8) + quoted($0, "\"", ", ") + Array("].join(\"\");\n".utf8)
    },
    Encoding(name: "strings of a joined list, in JSON") {
      Encode.json(Array("key = \"\".join([".utf8) + quoted($0, "'", ",\n    ") + Array("])\n".utf8))
    },
    Encoding(name: "strings of a call") { Array("SELECT CONCAT(".utf8) + quoted($0, "'", ", ") + Array(");\n".utf8) },
    Encoding(name: "new lines every 16") { Encode.lines($0, of: 16, end: "\n") },
    Encoding(name: "new lines every 16, in JSON") { Encode.json(Encode.lines($0, of: 16, end: "\n")) },
    Encoding(name: "carriage returns every 12") { Encode.lines($0, of: 12, end: "\r\n") },
  ]

  private static let turned: [Encoding] = [
    Encoding(name: "reversed") { Array("x ".utf8) + $0.reversed() + Array(" y".utf8) },
    Encoding(name: "rot13") { Array("x ".utf8) + Encode.rot13($0) + Array(" y".utf8) },
    Encoding(name: "reversed in base64") {
      Encode.base64(Array(String(decoding: $0, as: UTF8.self).unicodeScalars.reversed().map(String.init).joined().utf8))
    },
    Encoding(name: "rot13 in JSON") { Encode.json(Encode.rot13(Array("\"".utf8) + $0)) },
  ]

  private static func quoted(_ text: [UInt8], _ quote: String, _ between: String) -> [UInt8] {
    Array(
      Encode.parts(text, of: 7).map { Array(quote.utf8) + $0 + Array(quote.utf8) }
        .joined(separator: Array(between.utf8)))
  }

  /// Tokens whose beginning is certain.
  static let tokens = ["slack-webhook", "github-token", "anthropic-api-key", "slack-token"]
}
