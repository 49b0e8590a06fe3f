import Glibc
import Presentation
import Testing

@Suite("Colour and width follow the place that is written to")
struct TerminalTests {
  struct Case: CustomTestStringConvertible {
    let choice: ColourChoice
    let isTerminal: Bool
    let environment: [String: String]
    let isColoured: Bool
    var testDescription: String { "\(choice), terminal \(isTerminal), \(environment)" }
  }

  static let cases: [Case] = [
    .init(choice: .auto, isTerminal: true, environment: [:], isColoured: true),
    .init(choice: .auto, isTerminal: false, environment: [:], isColoured: false),
    .init(choice: .auto, isTerminal: true, environment: ["TERM": "dumb"], isColoured: false),
    .init(choice: .auto, isTerminal: true, environment: ["NO_COLOR": "1"], isColoured: false),
    .init(choice: .auto, isTerminal: true, environment: ["NO_COLOR": ""], isColoured: true),
    .init(choice: .auto, isTerminal: false, environment: ["FORCE_COLOR": "1"], isColoured: true),
    .init(choice: .auto, isTerminal: true, environment: ["FORCE_COLOR": "0"], isColoured: false),
    .init(choice: .auto, isTerminal: false, environment: ["FORCE_COLOR": ""], isColoured: false),
    .init(choice: .auto, isTerminal: true, environment: ["NO_COLOR": "1", "FORCE_COLOR": "1"], isColoured: false),
    .init(choice: .always, isTerminal: false, environment: ["NO_COLOR": "1"], isColoured: true),
    .init(choice: .never, isTerminal: true, environment: ["FORCE_COLOR": "1"], isColoured: false),
  ]

  @Test("the option goes before the environment, the environment before the terminal", arguments: cases)
  func colour(_ given: Case) {
    let style = given.choice.style(isTerminal: given.isTerminal, environment: given.environment)
    #expect(style.isColoured == given.isColoured)
  }

  @Test("a pipe is no terminal: sentences have 80 columns there, and tables are cut nowhere, unless COLUMNS says so")
  func pipe() throws {
    var ends: [Int32] = [-1, -1]
    try #require(Glibc.pipe(&ends) == 0)
    defer { ends.forEach { _ = close($0) } }
    #expect(Terminal(fileDescriptor: ends[1], environment: ["TERM": "xterm"]) == .file)
    #expect(Terminal.file.columns == 80 && Terminal.file.tableColumns == PresentationLimits.unboundedColumns)
    #expect(Terminal(fileDescriptor: ends[1], environment: ["COLUMNS": "60"]).tableColumns == 60)
    #expect(Terminal(isInteractive: true).tableColumns == 80)
  }

  @Test("a pseudo-terminal's own size is used, and COLUMNS goes before it")
  func pseudoTerminal() throws {
    let primary = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(primary >= 0)
    defer { close(primary) }
    var locked: Int32 = 0
    var number: Int32 = -1
    // TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)), which the C library's module leaves out.
    try #require(ioctl(primary, 0x4004_5431, &locked) == 0 && ioctl(primary, 0x8004_5430, &number) == 0)
    let secondary = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(secondary >= 0)
    defer { close(secondary) }
    var size = winsize(ws_row: 24, ws_col: 97, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(secondary, UInt(TIOCSWINSZ), &size) == 0)
    let terminal = Terminal(fileDescriptor: secondary, environment: ["TERM": "xterm"])
    #expect(terminal == Terminal(isInteractive: true, columns: 97, style: .coloured))
    #expect(Terminal(fileDescriptor: secondary, environment: ["COLUMNS": "60"]).columns == 60)
    #expect(Terminal(fileDescriptor: secondary, environment: ["COLUMNS": "nonsense"]).columns == 97)
  }

  @Test("absurd widths are brought to what can be read", arguments: [(0, 40), (-7, 40), (80, 80), (100_000, 110)])
  func bounds(columns: Int, used: Int) {
    #expect(Terminal(isInteractive: true, columns: columns).columns == used)
  }
}
