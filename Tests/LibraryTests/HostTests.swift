import EBPF
import Testing
