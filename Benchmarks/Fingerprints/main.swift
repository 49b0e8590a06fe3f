internal import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print(
    """
    usage: fingerprint-measure recall TREE [OTHERS [PUBLIC]]    what is found of TREE, and in OTHERS
           fingerprint-measure cost TREE FOLDER                 indexing TREE, and looking among five million; fills FOLDER
    """)
  exit(2)
}
switch arguments[1] {
case "recall":
  try Recall(
    arguments[2], others: arguments.count > 3 ? arguments[3] : nil, publicCode: arguments.count > 4 ? arguments[4] : nil
  ).print()
case "cost" where arguments.count > 3: try Cost.print(arguments[2], arguments[3])
default:
  print("no such measurement: \(arguments[1])")
  exit(2)
}
