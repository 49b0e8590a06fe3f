/// A path as a URI.
///
/// - Source: RFC 3986 §2.1, RFC 8089 §2; SARIF 2.1.0 §3.4.3.
struct FileURI {
  let text: String
  let isRelative: Bool

  /// What relative ones are relative to.
  static let workspaceName = "WORKSPACE"

  /// - Parameter path: absolute, or relative to the workspace.
  init(path: String) {
    isRelative = !path.hasPrefix("/")
    text = (isRelative ? "" : "file://") + Self.encoded(path)
  }

  init(directory path: String) {
    isRelative = false
    text = "file://" + Self.encoded(path.hasSuffix("/") ? path : path + "/")
  }

  /// Everything but the unreserved characters and the slash; a colon too, which would make a scheme of a directory.
  private static func encoded(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        text += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}
