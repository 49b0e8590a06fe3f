import Presentation
import Testing

@Suite("Columns of a terminal")
struct DisplayWidthTests {
  @Test(
    "a text takes the columns that UAX #11 gives it",
    arguments: [
      ("", 0), ("abc", 3), ("naïve", 5), ("e\u{301}", 1), ("日本", 4), ("한국", 4), ("ｱ", 1), ("Ａ", 2), ("🙂", 2),
      ("☎", 1), ("☎\u{FE0F}", 2), ("…", 1), ("─", 1), ("\u{20000}", 2), ("a\u{200B}b", 2), ("→×·", 3),
    ])
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test("cut text is never wider than the room, at any width", arguments: Ellipsis.allCases)
  func cutFits(ellipsis: Ellipsis) {
    for text in ["", "a", "http-intake.logs.us5.example.com", "日本語のパス/ファイル", "🙂🙂🙂", "e\u{301}e\u{301}e\u{301}"] {
      for room in 0...40 {
        let cut = ellipsis.cut(text, to: room)
        #expect(DisplayWidth.of(cut) <= room)
        #expect(DisplayWidth.of(text) <= room ? cut == text : room == 0 ? cut.isEmpty : cut.contains("…"))
      }
    }
  }

  @Test("a host name keeps its end, a sentence its start")
  func cutKeepsWhatMatters() {
    #expect(Ellipsis.atStart.cut("api.example.com.evil.net", to: 9) == "…evil.net")
    #expect(Ellipsis.atEnd.cut("telemetry is off here", to: 10) == "telemetry…")
  }
}
