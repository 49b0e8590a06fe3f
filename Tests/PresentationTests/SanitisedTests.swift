import Evidence
import Presentation
import Testing

@Suite("Foreign text on a terminal")
struct SanitisedTests {
  @Test(
    "what could act on a terminal is shown by its name",
    arguments: [
      ("\u{1B}[31mred\u{1B}[0m", #"\u{1B}[31mred\u{1B}[0m"#),
      ("\u{1B}]0;title\u{07}", #"\u{1B}]0;title\u{7}"#),
      ("\u{9B}2J", #"\u{9B}2J"#),
      ("a\r\nb\tc", #"a\r\nb\tc"#),
      ("a\u{8}\u{7F}b", #"a\u{8}\u{7F}b"#),
      ("user\u{202E}txt.exe", #"user\u{202E}txt.exe"#),
      ("a\u{2066}b\u{2069}", #"a\u{2066}b\u{2069}"#),
      ("a\u{200B}b\u{FEFF}c", #"a\u{200B}b\u{FEFF}c"#),
      ("a\u{E0041}b", #"a\u{E0041}b"#),
      ("a\u{2028}b\u{2029}c", #"a\u{2028}b\u{2029}c"#),
      ("a\u{3164}b\u{115F}", #"a\u{3164}b\u{115F}"#),
      ("\u{E000}\u{378}", #"\u{E000}\u{378}"#),
      ("\u{301}a", #"\u{301}a"#),
    ])
  func hostileIsVisible(hostile: String, visible: String) {
    #expect(Sanitised(hostile).text == visible)
  }

  @Test(
    "clean text is unchanged",
    arguments: ["", "api.example.com", "naïve café", "日本語", "🙂 ok", "C:\\temp\\u{1B}", "e\u{301}", "☎️"])
  func cleanIsUnchanged(text: String) {
    #expect(Sanitised(text).text == text)
  }

  @Test("a flood of combining marks does not grow over the lines around it")
  func marksAreLimited() {
    let text = Sanitised("a" + String(repeating: "\u{0301}", count: 200)).text
    #expect(text.hasPrefix("a\u{301}\u{301}\u{301}\u{301}\\u{301}"))
    #expect(text.unicodeScalars.filter { $0.value == 0x301 }.count == PresentationLimits.combiningMarks)
  }

  @Test("text without end is cut")
  func lengthIsLimited() {
    let text = Sanitised(String(repeating: "x", count: 1_000_000)).text
    #expect(text.count == PresentationLimits.sanitisedScalars + 1)
    #expect(text.hasSuffix("…"))
  }

  @Test("no scalar passes that is a control or a format character, and what is made is itself clean")
  func everyScalar() {
    // Planes 2 to 13, 15 and 16 are ideographs, private use and nothing: a sample of each will do.
    for value in UInt32(0)...0x10ffff where [0, 1, 14].contains(value >> 16) || value % 64 == 0 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = Sanitised("a" + String(scalar)).text
      let isQuiet = text.unicodeScalars.allSatisfy { produced in
        switch produced.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
      }
      if !isQuiet || Sanitised(text).text != text {
        Issue.record("U+\(String(value, radix: 16)) came out as \(text.debugDescription)")
      }
    }
  }
}
