/// The bounds of this room, each with its unit and its reason.
enum RunLimits {
  /// When a run has begun, and what only its beginning needed can go.
  static let startedAfter: Duration = .seconds(2)
  /// Between two times that free memory goes back: seldom enough that its 3 ms after a peak are nothing.
  static let memoryReturnInterval: Duration = .seconds(2)
  /// Changes of a workspace that one run may leave to be applied.
  static let workspaceChanges = 200_000
  /// Bytes of a changed thing's path: the longest that the kernel takes in one piece (PATH_MAX without its end), so that
  /// every program reaches what is applied.
  static let changePathBytes = 4_095
  /// Directories too deep for that which are named.
  static let tooDeep = 8
  /// Indexes of git in a workspace that are known by what they say, and the bytes of one: some 800,000 files.
  static let gitIndexes = 64
  static let gitIndexBytes = 64 << 20
  /// Lines of a diff that are shown before they are asked for.
  static let reviewedLines = 60
  /// Names that are looked at to find a workspace's protected places: a second of work on a large one.
  static let protectedWalkNames = 400_000
  /// Directories one within the other there.
  static let protectedDepth = 64
  /// What one directory counts for among these names at most, so that a flooded one leaves room for all others.
  static let protectedDirectoryNames = 10_000
  /// Places that were not looked at, by name: enough to see where there was too much.
  static let protectedLeftOut = 8
  /// New files of one protected place that are looked at; a directory such as `.idea` has some dozens.
  static let protectedPlaceFiles = 4_000
  /// The bytes of one protected file that are kept so that it can be put back, and of all of them.
  static let protectedFileBytes = 1 << 20
  static let protectedBytes = 64 << 20
  /// Places that are covered by mounts, each of which costs the start some 50 µs.
  static let protectedMounts = 64
  /// Protected places that somebody tried to change, remembered singly.
  static let refusedWrites = 1_000
  /// Names of a directory among which the nearest to a mistyped one is looked for.
  static let suggestedNames = 2000
  /// What an agent gets between SIGTERM, or the hang-up of its terminal, and SIGKILL: time to write its state down, and
  /// so little that the run still puts protected files back before a CI's patience (30 seconds and less) ends in
  /// SIGKILL for us.
  static let endGrace: Duration = .seconds(10)
  /// Names of one domain that a report lists singly; a site's own are fewer, a tunnel's are not.
  static let namesOfOneDomain = 8
  /// Lines of names asked, and of connections attempted, in a report: enough for a build, and no flood for its reader.
  static let reportedNames = 256
  static let reportedAttempts = 1_024
  /// Names that are compared before and after a run, below the places that run later; a repository has some dozens.
  static let placesThatRun = 2_000
  /// Directories one within the other there; also what ends a circle of links.
  static let placeDepth = 6
  /// Bytes of one such file; of a longer one the beginning and the length are compared.
  static let placeBytes = 1 << 20
  /// The same in the ledger, whose entries stay small.
  static let recordedAttempts = 64
  /// Bytes of a `package.json`. Published ones of agents have a few KiB.
  static let packageFileBytes = 256 << 10
  /// Bytes of a Python distribution's METADATA that are looked at: its header, before the long description.
  static let metadataBytes = 64 << 10
  /// Entries of a directory of packages. A scientist's environment has about a thousand.
  static let directoryEntries = 20_000
  /// Directories above a program in which a `package.json` is looked for; `node_modules` of `node_modules` take ten.
  static let directoriesAboveProgram = 32
  /// How often a question is put again that was answered with neither yes nor no; then it is no.
  static let repeatedQuestions = 3
  /// Answers that are remembered for those who watch: more than can come between two looks of theirs.
  static let settledQuestions = 256
  /// Who watches one run at the same time: a person's terminals and editors.
  static let watchers = 8
  /// Connections that wait to be accepted; one more is refused by the kernel.
  static let watcherQueue: Int32 = 64
  /// Bytes of one line that a watcher says; an answer has sixty.
  static let watcherLineBytes = 1_024
  /// Bytes of old exchanges that are made ready before they are written to their file: a batch of 128 has some 1 MB.
  static let exchangePieceBytes = 64 << 10
  /// Bytes that are made ready for a watcher before it reads on; a message that is longer goes whole.
  static let watcherOutputBytes = 64 << 10
  /// Milliseconds that a run's end waits for watchers who read on, and for one that has stopped reading.
  static let watcherFarewell: Int32 = 1_000
  static let watcherPatience: Int32 = 100
  /// Milliseconds after which one more is let in where this process had no descriptor for it.
  static let watcherRetry: Int32 = 1_000
  /// Directories of runs that are looked at; at a hundred a day that is a quarter of a century.
  static let storedRuns = 1_000_000
  /// Bytes of a run's card; the longest part is its command, which the kernel bounds at 128 KiB an argument.
  static let cardBytes = 4 << 20
  /// Bytes by which the card of a run's end may be longer than that of its beginning: an agent's release and a few
  /// numbers.
  static let cardRoom = 4096
  /// Bytes of a report: 100,000 requests of two kilobytes each, and a few of them much longer.
  static let reportBytes = 512 << 20
  /// Names in one directory of detectors.
  static let detectorFiles = 10_000
  /// Files of compiled detectors that are kept, the newest: two for each set of them.
  static let keptDetectors = 32
  /// Runs under way that are looked at, and that a sentence names.
  static let liveRuns = 4_096
  static let namedLiveRuns = 8
  /// Milliseconds between two looks for a run that is waited for.
  static let liveRunsInterval: Int32 = 200
  /// Bytes of one line that a run says: an exchange with some ten thousand findings or pieces of files.
  static let watchedLineBytes = 64 << 20
  /// Milliseconds between two frames of a screen, and between two looks at the clock where nothing happens.
  static let screenInterval: Int32 = 50
  static let screenClock: Int32 = 500
  /// How long a run's first questions wait for a `sallyport watch --wait` to notice the run, which looks five times a
  /// second.
  static let watcherArrivalMilliseconds = 1_000
  static let watcherArrival: Duration = .milliseconds(watcherArrivalMilliseconds)
}
