import EBPFBytecode

/// One instruction of every form whose notation LLVM and we share.
enum NotationSamples {
    static let all: [Instruction] =
        arithmetic + moves + jumps + memory + atomics + constants + packets

    private static let sources: [Source] = [
        .register(.r2), .immediate(5), .immediate(-0x1234_5678),
    ]
    private static let places = [
        MemoryOperand(.r2), MemoryOperand(.r3, 0x7fff), MemoryOperand(.r10, -0x8000),
    ]

    private static let arithmetic: [Instruction] = Arithmetic.allCases.flatMap { operation in
        Width.allCases.flatMap { width in
            sources.map { .arithmetic(operation, width, .r1, $0) }
        }
    }

    private static let moves: [Instruction] =
        Width.allCases.flatMap { width -> [Instruction] in
            [.negate(width, .r9)] + sources.map { .move(width, .r0, $0) }
                + [MemorySize.byte, .halfWord].map { .moveSigned(width, .r1, from: $0, of: .r10) }
        } + [
            .moveSigned(.doubleWord, .r1, from: .word, of: .r2),
            .castAddressSpace(.r1, .r2, to: 1, from: 0),
            .castAddressSpace(.r1, .r2, to: 0, from: 0xffff),
        ]
        + [MemorySize.halfWord, .word, .doubleWord].flatMap { size -> [Instruction] in
            [.convert(.r4, to: .little, size), .convert(.r5, to: .big, size), .swap(.r6, size)]
        }

    private static let jumps: [Instruction] =
        Comparison.allCases.flatMap { comparison in
            Width.allCases.flatMap { width in
                sources.map { .branch(comparison, width, .r7, $0, 10) }
            }
        } + [
            .jump(0, long: false), .jump(-0x8000, long: false), .jump(0x7fff, long: false),
            .jump(0, long: true), .jump(-0x8000_0000, long: true), .jump(0x7fff_ffff, long: true),
            .branch(.equal, .word, .r1, .immediate(8), -1), .mayJump(1), .mayJump(-20),
            .call(.helper(1)), .call(.helper(211)), .call(.register(.r3)), .exit,
        ]

    private static let memory: [Instruction] = places.flatMap { place in
        MemorySize.allCases.flatMap { size -> [Instruction] in
            [
                .load(size, .r1, place), .store(size, place, .register(.r4)),
                .store(size, place, .immediate(-2)), .loadAcquire(size, .r1, place),
                .storeRelease(size, place, .r4),
            ] + (size == .doubleWord ? [] : [.loadSigned(size, .r1, place)])
        }
    }

    private static let atomics: [Instruction] = [MemorySize.word, .doubleWord].flatMap { size in
        operations.flatMap { operation in
            places.dropFirst().map { .atomic(operation, size, $0, .r4) }
        }
    }

    private static let operations: [AtomicOperation] =
        [true, false].flatMap { fetch -> [AtomicOperation] in
            [.add(fetch: fetch), .or(fetch: fetch), .and(fetch: fetch), .xor(fetch: fetch)]
        } + [.exchange, .compareExchange]

    private static let constants: [Instruction] = [
        0, 5, 0xffff_ffff, 0x1122_3344_5566_7788, UInt64(Int64.max), 1 << 63, .max,
    ].map { .loadImmediate(.r8, .constant($0)) }

    private static let packets: [Instruction] = [MemorySize.byte, .halfWord, .word].flatMap {
        [
            .loadPacket($0, .absolute(14)), .loadPacket($0, .absolute(-0x20_0000)),
            .loadPacket($0, .indirect(.r6, 0)),
        ]
    }
}
