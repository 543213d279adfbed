import EBPFBytecode
import EBPFMaps
import EBPFObjectFile

extension ExecutionError {
    /// Describes a fault in the terms of the program that ran.
    init(_ fault: Fault, of entry: ProgramBody, on machine: Machine) {
        let program = machine.faultProgram ?? entry
        let slot = machine.faultSlot
        let line = slot.flatMap { program.spec.line(at: $0) }
        self.init(
            program: program.name, slot: slot,
            instruction: slot.flatMap { Self.text(of: program.spec.instructions, at: $0) },
            function: slot.flatMap { program.spec.function(at: $0)?.name },
            source: line.map {
                SourceLine(
                    file: $0.file, line: $0.line, column: $0.column,
                    text: String($0.text.drop { $0.isWhitespace }))
            },
            message: fault.message, remedy: fault.remedy(on: machine))
    }

    private static func text(of program: [EncodedInstruction], at slot: Int) -> String? {
        guard program.indices.contains(slot),
            let instruction = try? Instruction(decoding: program, at: slot)
        else { return nil }
        let encoded = program[slot]
        guard encoded.opcode == 0x85, encoded.source == 0,
            let helper = HelperID(rawValue: UInt32(bitPattern: encoded.immediate))
        else { return "\(instruction)" }
        return "call bpf_\(helper.name)#\(encoded.immediate)"
    }
}

extension Fault {
    /// What went wrong, in one sentence.
    var message: String {
        switch self {
        case .access(let address, let size, let isWrite):
            "\(isWrite ? "writes" : "reads") \(size) byte\(size == 1 ? "" : "s") at "
                + "0x\(String(address, radix: 16)), which is not the program's memory"
        case .misaligned(let address, let size):
            "an atomic operation on \(size) bytes at 0x\(String(address, radix: 16)), "
                + "which \(size) does not divide"
        case .budgetExhausted: "the run took too many branches backwards and calls"
        case .tooManyFrames: "more than \(Machine.maximumFrameCount) functions are nested"
        case .unknownHelper(let number): "there is no helper \(number)"
        case .kernelFunction(let number):
            number > 0
                ? "calls kernel function \(number), which user space does not have"
                : "calls a kernel function that user space does not have"
        case .notAFunction(let address):
            "calls 0x\(String(address, radix: 16)), which is no function of the program"
        case .badArgument(let number, let requirement):
            "argument \(number) of the helper is not \(requirement.rawValue)"
        case .lockMisuse: "a spin lock is taken twice, or unlocked without being held"
        case .unreleased(let reference): "the program ends while it holds \(reference.rawValue)"
        case .fellOffTheEnd: "runs past the last instruction"
        case .thrown(let cookie): "the program threw an exception with cookie \(cookie)"
        }
    }

    /// What to do about it.
    func remedy(on machine: Machine) -> String? {
        switch self {
        case .access(let address, let size, _):
            machine.describe(address, size: Int(size))
        case .budgetExhausted: "is there a loop without an end? raise the budget if it is just long"
        case .tooManyFrames: "inline a function, or use a tail call"
        case .kernelFunction: "run the program in the kernel (--kernel)"
        case .fellOffTheEnd: "end every path with `exit`"
        case .unreleased(.record): "call bpf_ringbuf_submit or bpf_ringbuf_discard on every path"
        case .unreleased(.lock): "call bpf_spin_unlock on every path"
        default: nil
        }
    }
}

extension Machine {
    /// Says what lies near an address that a program may not touch.
    func describe(_ address: UInt64, size: Int) -> String? {
        // An address just below a frame is in the upper half of the region before it.
        let nearest = Int((address &+ 1 << 31) >> 32)
        if Address.frameRegions.contains(nearest) { return describeStack(address, near: nearest) }
        let region = Int(address >> 32)
        switch region {
        case Address.packetRegion: return describePacket(address, size)
        case Address.contextRegion:
            let offset = Int(address & 0xffff_ffff)
            return offset + size <= context.byteCount
                ? "byte \(offset) of the context can only be read"
                : "the context has \(context.byteCount) bytes; the access begins at byte \(offset)"
        case Address.temporaryRegions:
            return "a record or slice that is not held any more, or bytes past its end"
        default: return describeMap(address, region, size)
        }
    }

    private func describePacket(_ address: UInt64, _ size: Int) -> String {
        guard address >= Address.packetStart else {
            return address < 4096
                ? "a null pointer plus \(address): test the result of the look-up before using it"
                : "this number was never a pointer"
        }
        let offset = Int(address) - Int(Address.packetStart) - packet.data
        return "the packet has \(packet.byteCount) bytes; the access is to "
            + "\(Self.byteRange(offset, size)): compare with data_end first"
    }

    private func describeStack(_ address: UInt64, near region: Int) -> String {
        let frame = region - Address.frameRegions.lowerBound
        let offset = Int(Int32(truncatingIfNeeded: address))
        guard offset >= 0 else {
            return "\(-offset) bytes below the \(Self.frameByteCount) bytes of a stack frame"
        }
        return offset < Self.frameByteCount
            ? "the stack frame has \(Self.frameByteCount) bytes, and the access reaches out of it"
            : "\(offset - Self.frameByteCount) bytes above the frame pointer of frame \(frame)"
    }

    private static func byteRange(_ offset: Int, _ size: Int) -> String {
        size == 1 ? "byte \(offset)" : "bytes \(offset) to \(offset + size - 1)"
    }

    private func describeMap(_ address: UInt64, _ region: Int, _ size: Int) -> String? {
        if Address.mapIndex(address) != nil {
            return "this is a map, not memory: look a key up to get a value"
        }
        guard let map = maps[region], let values = map.valueMemory else {
            return "this number was never a pointer"
        }
        let offset = Int(address & 0xffff_ffff) % values.stride
        return offset + size <= values.valueSize
            ? "values of map \(map.definition.name) can only be read"
            : "a value of map \(map.definition.name) has \(values.valueSize) bytes; the access is "
                + "to \(Self.byteRange(offset, size))"
    }
}
