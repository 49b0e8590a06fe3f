internal import Glibc
print("")
