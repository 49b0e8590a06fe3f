internal import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: attribution-measure accuracy|cost TREES")
  exit(2)
}
switch arguments[1] {
case "accuracy":
  exit(AccuracyTable(arguments[2], shows: arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0).print() ? 0 : 1)
default:
  print("no such measurement: \(arguments[1])")
  exit(2)
}
