import EBPFBytecode
import EBPFMachineCode
import Synchronization

/// Machine code of one program for starts that keep coming: the same numbers in the arguments, and a
/// context of the same size.
///
/// Nobody has verified the program; but where its arguments are known, most of what it can touch
/// follows from them, and is not tested again and again. Code is made when a start comes for the second
/// time in a row, and kept for a few of them.
final class TailoredCode: Sendable {
    /// What a run starts with.
    struct Start: Hashable, Sendable {
        /// r1 to r3.
        var first: UInt64
        var second: UInt64
        var third: UInt64
        var contextByteCount: UInt32
        var isContextWritable: Bool
    }

    private struct Collection {
        var last: Start?
        var codes: [(start: Start, code: CompiledProgram?)] = []
    }

    private let unit: CodeUnit
    private let shape: CompiledProgram.Shape
    private let processor: Compiler.Processor
    /// The regions of the program's maps, which stay where they are as long as the program lives.
    private let mapRegions: [Int]
    private let collection = Mutex(Collection())

    /// How many starts code is made for.
    private static let limit = 4

    init(
        _ unit: CodeUnit, _ shape: CompiledProgram.Shape, for processor: Compiler.Processor,
        mapRegions: [Int]
    ) {
        self.unit = unit
        self.shape = shape
        self.processor = processor
        self.mapRegions = mapRegions
    }

    /// The code for a start, if there is any by now.
    func code(
        for start: Start, in memory: AddressSpace.View, budget: Int
    ) -> CompiledProgram? {
        collection.withLock { collection in
            if let known = collection.codes.first(where: { $0.start == start }) {
                return known.code
            }
            guard collection.last == start, collection.codes.count < Self.limit else {
                collection.last = start
                return nil
            }
            var tailored = unit
            tailored.premises = premises(start, memory, budget: budget)
            let code = try? CompiledProgram(tailored, shape, for: processor)
            collection.codes.append((start, code))
            return code
        }
    }

    private func premises(
        _ start: Start, _ memory: AddressSpace.View, budget: Int
    ) -> Premises {
        let frames = Address.frameRegions
        let frame = frames.lowerBound
        let regions = [Address.contextRegion, frame] + mapRegions
        return Premises(
            arguments: [start.first, start.second, start.third],
            frameTop: Address.start(ofRegion: frame) + UInt64(Machine.frameByteCount),
            stack: Address.start(ofRegion: frame)..<Address.start(ofRegion: frames.upperBound),
            regions: regions.compactMap { number in
                memory[number].wholeAddresses(inRegion: number).map {
                    Premises.KnownRegion(
                        number: UInt16(truncatingIfNeeded: number), addresses: $0,
                        isWritable: memory[number].writable > 0)
                }
            }, budget: UInt64(clamping: budget))
    }
}

extension Region {
    /// The addresses of its bytes, if they belong to one object and may be read.
    fileprivate func wholeAddresses(inRegion number: Int) -> Range<UInt64>? {
        guard readable > 0, writable == 0 || writable == readable else { return nil }
        let start = Address.start(ofRegion: number) + UInt64(start)
        return start..<start + UInt64(readable)
    }
}
