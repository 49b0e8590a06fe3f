/// A piece of a page: text or elements, in bytes of UTF-8.
///
/// The only way in for text is ``text(_:limit:)``, which makes it safe for the eye as ``Sanitised`` does and then
/// escapes it; names of elements and attributes are literals of ours. So no text can become markup, whoever wrote it.
///
/// - Source: HTML Living Standard §13.3, "Serializing HTML fragments".
package struct HTML: Sendable, Hashable {
  package private(set) var bytes: [UInt8]

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Nothing at all.
  package init() { bytes = [] }

  package mutating func append(_ next: HTML) { bytes += next.bytes }

  package static func + (first: HTML, second: HTML) -> HTML { HTML(bytes: first.bytes + second.bytes) }

  /// - Parameter limit: Unicode scalars that are shown; what is longer ends with an ellipsis.
  package static func text(_ foreign: String, limit: Int = PresentationLimits.sanitisedScalars) -> HTML {
    var html = HTML()
    html.appendEscaped(Sanitised(foreign, limit: limit).text)
    return html
  }

  /// A line end in preformatted text.
  package static let lineEnd = HTML(bytes: [UInt8(ascii: "\n")])

  /// A place where a long word may be broken.
  package static let wordBreak = HTML(bytes: Array("<wbr>".utf8))

  /// Of a whole page, before its first element.
  package static let doctype = HTML(bytes: Array("<!DOCTYPE html>\n".utf8))

  /// Of `style`, the only element whose content is no HTML: so it is a literal of ours and nothing else.
  package static func style(_ sheet: StaticString) -> HTML {
    HTML(bytes: Array("<style>".utf8) + sheet.utf8 + Array("</style>".utf8))
  }

  fileprivate init(_ name: StaticString, _ attributes: [Attribute], _ content: HTML?) {
    var html = HTML()
    html.bytes.append(UInt8(ascii: "<"))
    html.bytes += name.utf8
    for attribute in attributes {
      html.bytes.append(UInt8(ascii: " "))
      html.bytes += attribute.name.utf8
      guard let value = attribute.value else { continue }
      html.bytes += [UInt8(ascii: "="), UInt8(ascii: "\"")]
      html.appendEscaped(value)
      html.bytes.append(UInt8(ascii: "\""))
    }
    html.bytes.append(UInt8(ascii: ">"))
    if let content {
      html.bytes += content.bytes
      html.bytes += [UInt8(ascii: "<"), UInt8(ascii: "/")]
      html.bytes += name.utf8
      html.bytes.append(UInt8(ascii: ">"))
    }
    self = html
  }

  private mutating func appendEscaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
      case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
      case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
      case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
      case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
      default: bytes.append(byte)
      }
    }
  }
}

/// An element of HTML or SVG.
package func element(
  _ name: StaticString, _ attributes: Attribute..., @HTMLBuilder content: () -> HTML = { HTML() }
) -> HTML {
  HTML(name, attributes, content())
}

/// The same with attributes that are not all there every time.
package func element(
  _ name: StaticString, attributes: [Attribute], @HTMLBuilder content: () -> HTML = { HTML() }
) -> HTML {
  HTML(name, attributes, content())
}

/// An element that has no content and no end tag, such as `meta`.
package func voidElement(_ name: StaticString, _ attributes: Attribute...) -> HTML {
  HTML(name, attributes, nil)
}

extension StaticString {
  fileprivate var utf8: [UInt8] { withUTF8Buffer { Array($0) } }
}
