/// Text from anywhere, safe to send to a terminal: nothing in it moves the cursor, changes a colour, reverses the
/// reading direction or hides.
///
/// Control characters, escape sequences, format characters (bidirectional overrides, zero-width and tag characters),
/// line separators, private and unassigned code points come out as their visible names: `\u{1B}`, `\n`, `\t`.
/// Text that was clean is unchanged. The name is for reading; it is no encoding that could be reversed.
///
/// - Source: UTR #36 §2–3, Trojan Source (CVE-2021-42574); ECMA-48 for the control functions.
package struct Sanitised: Sendable, Hashable, CustomStringConvertible {
  /// One line; ends with `…` where it was cut at its limit.
  package let text: String

  /// - Parameter limit: Unicode scalars that are read.
  package init(_ foreign: String, limit: Int = PresentationLimits.sanitisedScalars) {
    if foreign.utf8.count <= limit, foreign.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) {
      text = foreign
      return
    }
    var result = String.UnicodeScalarView()
    var marks = 0
    for (position, scalar) in foreign.unicodeScalars.enumerated() {
      guard position < limit else {
        result.append("…")
        break
      }
      marks = scalar.isCombiningMark ? marks + 1 : 0
      let joinsNothing = scalar.isCombiningMark && (result.isEmpty || marks > PresentationLimits.combiningMarks)
      if scalar.isSafelyVisible, !joinsNothing {
        result.append(scalar)
      } else {
        result.append(contentsOf: scalar.visibleName.unicodeScalars)
      }
    }
    text = String(result)
  }

  package var description: String { text }
}

extension Unicode.Scalar {
  fileprivate var isCombiningMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  fileprivate var isSafelyVisible: Bool {
    if value < 0x7f { return value >= 0x20 }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
    // Blank, yet not one of the separators above: fillers that look like nothing.
    default: return !properties.isDefaultIgnorableCodePoint || properties.isVariationSelector
    }
  }

  fileprivate var visibleName: String {
    switch value {
    case 0x09: "\\t"
    case 0x0a: "\\n"
    case 0x0d: "\\r"
    default: "\\u{" + String(value, radix: 16, uppercase: true) + "}"
    }
  }
}
