internal import Glibc

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
  print(
    """
    usage: inspection-measure DETECTORS BODIES CACHE
    What looking for DETECTORS (a folder of them) in the files of BODIES costs, a figure a line; compiles into CACHE.
    """)
  exit(2)
}
try Speed(detectors: arguments[1], bodies: arguments[2], cache: arguments[3]).print()
