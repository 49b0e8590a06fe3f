internal import Evidence
internal import Glibc
internal import OwnTables

// Measures what an index of tables costs and what it takes for a value that is none.

guard CommandLine.arguments.count >= 4, let rows = Int(CommandLine.arguments[1]) else {
  print(
    "usage: table-measure ROWS FOLDER FILE...    a table of so many rows, indexed in FOLDER; looked for in the files")
  exit(64)
}

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

func peakMegabytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}

let folder = CommandLine.arguments[2]
mkdir(folder, 0o700)
let path = "\(folder)/table.csv"
var table = InventedTable()
let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
var text = InventedTable.head
for number in 0..<rows {
  text += table.row(number)
  if text.utf8.count > 1 << 20 || number == rows - 1 {
    let bytes = Array(text.utf8)
    guard write(file, bytes, bytes.count) == bytes.count else { exit(74) }
    text = ""
  }
}
close(file)

let store = TableStore(
  directory: "\(folder)/store", key: TableKey(Secret((0..<32).map { _ in UInt8.random(in: .min ... .max) })))
var begin = seconds()
let outcome = try store.index(path)
print(
  "index of \(outcome.table.rows) rows, \(outcome.table.values) values:", rounded(seconds() - begin), "s of CPU,",
  "peak \(peakMegabytes()) MB")
begin = seconds()
let known = try store.tables()
print("opening it:", rounded(seconds() - begin), "s of CPU")

var (bytesRead, cells, partsOfRows, took) = (0, 0, 0, 0.0)
for name in CommandLine.arguments[3...] {
  let descriptor = open(name, O_RDONLY)
  guard descriptor >= 0 else { continue }
  var bytes = [UInt8](repeating: 0, count: 64 << 20)
  bytes.removeLast(bytes.count - max(0, read(descriptor, &bytes, bytes.count)))
  close(descriptor)
  var scan = TableScan()
  begin = seconds()
  bytes.withUnsafeBufferPointer { buffer in
    scan.read(buffer, from: 0, isLast: true, separator: 0, known) { found in
      if found.isRow { partsOfRows += 1 } else { cells += 1 }
      if partsOfRows + cells <= 20 { print("  \(name): \(String(decoding: bytes[found.place], as: UTF8.self))") }
    }
  }
  took += seconds() - begin
  bytesRead += bytes.count
}
print(
  "\(rounded(Double(bytesRead) / 1e6)) MB without any of it: \(cells) single cells (redact), \(partsOfRows) of rows (block),",
  "\(rounded(Double(bytesRead) / 1e6 / took)) MB/s of CPU")
