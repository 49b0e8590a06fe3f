internal import Glibc

/// What is known of the place that text is written to.
package struct Terminal: Sendable, Hashable {
  /// A person may be looking; `false` for a file or a pipe.
  package let isInteractive: Bool
  /// Within ``PresentationLimits/leastColumns`` and ``PresentationLimits/mostColumns``.
  package let columns: Int
  /// The same for tables, which lose nothing where no person looks and nobody said how wide it is: who reads a file or a
  /// pipe searches and cuts for themselves.
  package let tableColumns: Int
  package let style: Style

  /// - Parameter columns: as somebody or the window said; `nil` where nobody did.
  package init(isInteractive: Bool, columns: Int? = nil, style: Style = .plain) {
    self.isInteractive = isInteractive
    self.columns = min(
      max(columns ?? PresentationLimits.defaultColumns, PresentationLimits.leastColumns),
      PresentationLimits.mostColumns)
    tableColumns = isInteractive || columns != nil ? self.columns : PresentationLimits.unboundedColumns
    self.style = style
  }

  /// A file or a pipe: 80 columns for sentences, all that they ask for for tables, no colour.
  package static let file = Terminal(isInteractive: false)

  /// Asks the system about an open file descriptor; one that is closed counts as a file.
  package init(
    fileDescriptor: Int32, environment: [String: String], colour choice: ColourChoice = .auto
  ) {
    let isInteractive = isatty(fileDescriptor) == 1
    self.init(
      isInteractive: isInteractive,
      columns: Self.columns(of: isInteractive ? fileDescriptor : nil, environment: environment),
      style: choice.style(isTerminal: isInteractive, environment: environment))
  }

  /// `COLUMNS` is a person's word and goes before the window's size.
  private static func columns(of fileDescriptor: Int32?, environment: [String: String]) -> Int? {
    if let said = environment["COLUMNS"].flatMap({ Int($0) }), said > 0 { return said }
    guard let fileDescriptor else { return nil }
    var window = winsize()
    guard ioctl(fileDescriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return nil }
    return Int(window.ws_col)
  }
}
