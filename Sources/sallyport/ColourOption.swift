internal import ArgumentParser
internal import Presentation
internal import Run

/// Whether what is printed for people is in colour; what programs read never is.
struct ColourOption: ParsableArguments {
  @Option(
    name: .customLong("color"),
    help: .init("Colour: auto (on a terminal, unless NO_COLOR is set), always or never.", valueName: "when"))
  var choice = ColourChoice.auto

  func terminal(_ descriptor: Int32 = 1) -> Terminal {
    Terminal(fileDescriptor: descriptor, environment: ProcessEnvironment.current, colour: choice)
  }

  /// Columns that a table on standard output may take: what is no terminal has room for everything.
  var columns: Int { terminal().tableColumns }

  /// Prints lines on standard output, in colour where that is wanted.
  func print(_ lines: [Line]) { Message.result(lines.rendered(terminal().style)) }
}

extension ColourChoice: ExpressibleByArgument {}
