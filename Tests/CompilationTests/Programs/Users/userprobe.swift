// First bytes that a process writes through TLS; errors that are thrown (uprobe).
import EBPFProgram
struct Written { var pid: UInt32; var length: Int32; var data: InlineArray<32, UInt8> }
enum Trouble: Error { case tooShort, unreadable }
let written = RingBuffer<Written>(byteCount: 1 << 16)
let failures = ArrayMap<UInt64>(maxEntries: 2)
func read(_ registers: RegistersContext) throws(Trouble) -> Written {
    let length = Int32(truncatingIfNeeded: registers.argument(2))
    guard length >= 32 else { throw .tooShort }
    var event = Written(pid: Process.id, length: length, data: InlineArray(repeating: 0))
    guard Helpers.probeReadUser(&event.data, 32, registers.argument(1)) == 0 else {
        throw .unreadable
    }
    return event
}
@section("uprobe") @used
func onWrite(_ registers: RegistersContext) -> Int32 {
    do throws(Trouble) {
        written.send(try read(registers))
    } catch {
        switch error {
        case .tooShort: failures[0, default: 0] += 1
        case .unreadable: failures[1, default: 0] += 1
        }
    }
    return 0
}
