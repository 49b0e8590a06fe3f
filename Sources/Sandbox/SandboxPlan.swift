package import Confinement

/// All that decides what an agent finds around itself. Nothing is taken from the caller's surroundings.
package struct SandboxPlan: Sendable {
  /// A path, or a name to be looked for along `PATH` of ``environment``.
  package var program: String
  /// Without the program's own name.
  package var arguments: [String] = []
  /// The directory that is the agent's to change.
  package var workspace: String
  /// Inside the workspace or another granted directory; the workspace itself where `nil`.
  package var workingDirectory: String?
  package var home: HomePlan
  /// The user's home outside, where the credential stores are that no broad grant shows.
  package var realHome: String
  /// Further paths that can be read.
  package var reads: [String] = []
  /// Further paths that can be read and written.
  package var writes: [String] = []
  /// Absolute paths of directories that are empty at the beginning, can be written to, and are gone with the run, over
  /// whatever else shows them. A grant of exactly such a path wins.
  package var scratch: [String] = []
  /// Complete: nothing is added to it.
  package var environment: [String: String] = [:]
  /// Paths relative to the workspace that appear empty; those that do not exist are passed over.
  package var hiddenInWorkspace: [String] = []
  /// Paths relative to the workspace that cannot be changed; those that do not exist are passed over.
  package var protectedInWorkspace: [String] = []
  /// The workspace and other directories that can be written, with the places in them that cannot.
  package var guarded: [GuardedTree] = []
  /// Where what the agent changes in the workspace goes instead; the workspace itself where `nil`. Two directories, of
  /// which the second is empty, on one file system.
  package var overlay: Overlay?
  /// The PEM file that stands in every system place for trusted certificates.
  package var caBundle: String?
  /// Files of the sandbox's `/etc` by their name in it, instead of or beside those of ``SyntheticEtc``.
  package var etcFiles: [String: [UInt8]] = [:]
  package var hostName = "sandbox"
  package var streams = Streams.inherited()
  /// The path of `sallyport-init`.
  package var helper: String
  /// The path of bubblewrap; looked for in the system's places where `nil`.
  package var bubblewrap: String?
  package var observation = ObservationLevel.files
  /// Where the programs that connect are told; nowhere where `nil`.
  package var programBook: ProgramBook?
  package var limits = ResourceLimits()
  /// Whether the agent may make sandboxes of its own, as Codex does by default. That costs Landlock's file rules: the
  /// kernel forbids every mount inside a domain that has any.
  package var allowsNestedSandboxes = false
  /// Whether debuggers work inside.
  package var allowsDebugging = false
  /// Ports whose connections are taken from the start. All others follow when they are first asked for, except on
  /// loopback addresses, which are the agent's own; a loopback port named here is taken as well.
  package var capturePorts: [UInt16] = [80, 443]

  package init(
    program: String, arguments: [String] = [], workspace: String, home: HomePlan, realHome: String,
    environment: [String: String] = [:], helper: String
  ) {
    self.program = program
    self.arguments = arguments
    self.workspace = workspace
    self.home = home
    self.realHome = realHome
    self.environment = environment
    self.helper = helper
  }

  /// One directory with places that cannot be changed. What lies in another one that is listed counts to that alone.
  package struct GuardedTree: Sendable, Hashable {
    package var root: String
    /// Paths relative to it that cannot be changed, and whose directories cannot be moved or removed; those that do not
    /// exist are passed over.
    package var pinned: [String]
    /// Patterns of places that cannot be changed or made, as ``GuardedName`` reads them.
    package var names: [String]

    package init(_ root: String, pinned: [String] = [], names: [String] = []) {
      self.root = root
      self.pinned = pinned
      self.names = names
    }
  }

  package struct Overlay: Sendable, Hashable {
    package var upper: String
    package var work: String

    package init(upper: String, work: String) {
      self.upper = upper
      self.work = work
    }
  }

  /// What the agent reads from and writes to.
  package enum Streams: Sendable {
    /// These descriptors of ours, which stay open here.
    case inherited(input: CInt = 0, output: CInt = 1, error: CInt = 2)
    /// A terminal of its own; the other end is ``ConfinedRun/terminal``. Output and errors go to the descriptors that are
    /// given here. With one of them, others of our job may use our terminal: the agent then begins in the background of
    /// its own, and is stopped when it first wants to read.
    case pseudoTerminal(TerminalSize, output: CInt? = nil, error: CInt? = nil)

    /// The user's terminal; `nil` where the agent gets none of its own.
    var terminal: CInt? { if case .pseudoTerminal = self { 0 } else { nil } }

    /// Input, output and error; `nil` for the agent's terminal.
    var descriptors: [CInt?] {
      switch self {
      case .inherited(let input, let output, let error): [input, output, error]
      case .pseudoTerminal(_, let output, let error): [nil, output, error]
      }
    }
  }
}

/// The agent's home directory.
package struct HomePlan: Sendable {
  /// Where it is inside; usually where the user's own is.
  package var path: String
  package var contents: Contents
  /// What of the user's own things is in it.
  package var binds: [Bind]

  package init(path: String, contents: Contents = .temporary, binds: [Bind] = []) {
    self.path = path
    self.contents = contents
    self.binds = binds
  }

  package enum Contents: Sendable {
    /// Empty, and gone with the run.
    case temporary
    /// This directory of the host.
    case directory(String)
  }
}

/// A path of the host that the sandbox has too.
package struct Bind: Sendable, Hashable {
  package var source: String
  package var target: String
  package var access: Access
  /// Whether it does not matter that the source is not there.
  package var isOptional: Bool

  package init(source: String, target: String, access: Access, isOptional: Bool = false) {
    self.source = source
    self.target = target
    self.access = access
    self.isOptional = isOptional
  }

  package enum Access: String, Sendable, Hashable {
    case read
    case write
  }
}
