import EBPFBytecode

/// Makes programs up: any instruction with any operands, on memory as ``GuestMemory`` has it, with
/// edges preferred. Most run to their end, where all they have computed goes into r0; some do what
/// is forbidden, and must be stopped at the same instruction everywhere.
///
/// r6 holds the context's address, r10 the frame; other registers hold anything.
struct ProgramGenerator {
    var random: RandomNumbers
    var builder = ProgramBuilder()
    /// Functions that calls may name, inner ones last; bodies follow the main program.
    var functions: [ProgramBuilder.Label] = []
    /// Where the functions begin that calls may name from here: no recursion.
    var callable: ArraySlice<ProgramBuilder.Label> = []
    /// Whether the program may do what is forbidden.
    let isRisky: Bool

    /// A program of a seed.
    static func program(seed: UInt64) -> [EncodedInstruction] {
        var generator = ProgramGenerator(seed: seed)
        generator.generate()
        return generator.builder.program
    }

    private init(seed: UInt64) {
        random = RandomNumbers(seed: seed)
        isRisky = random.oneIn(8)
    }

    private mutating func generate() {
        for _ in 0..<random.pick([0, 0, 1, 2]) { functions.append(builder.label()) }
        callable = functions[...]
        function(length: 4 + random.below(28), isMain: true)
        for index in functions.indices {
            callable = functions[(index + 1)...]
            builder.bind(functions[index])
            function(length: 2 + random.below(10), isMain: false)
        }
    }

    // MARK: Functions

    private mutating func function(length: Int, isMain: Bool) {
        begin(isMain: isMain)
        for _ in 0..<length { piece() }
        end(isMain: isMain)
    }

    /// Gives registers and some of the stack values.
    private mutating func begin(isMain: Bool) {
        if isMain {
            builder.add(.move(.doubleWord, .r6, .register(.r1)))
        } else {
            constant(.r6, GuestMemory.contextAddress)
        }
        for register: Register in [.r0, .r2, .r3, .r4, .r5, .r7, .r8, .r9]
        where isMain || random.oneIn(2) || register == .r0 || register > .r5 {
            constant(register, edge())
        }
        for offset: Int16 in [-8, -16, -24, -32, -504, -512] {
            builder.add(
                .store(.doubleWord, MemoryOperand(.r10, offset), .register(anyRegister())))
        }
    }

    /// Mixes everything into r0.
    private mutating func end(isMain: Bool) {
        if isMain {
            for offset: Int16 in [-8, -16, -24, -32, -504, -512] {
                builder.add(.arithmetic(.multiply, .doubleWord, .r0, .immediate(0x0123_4567)))
                builder.add(.move(.doubleWord, .r1, .register(.r1)))
                builder.add(.arithmetic(.xor, .doubleWord, .r0, .register(.r1)))
                builder.add(.load(.doubleWord, .r1, MemoryOperand(.r10, offset)))
            }
        }
        for register in [Register.r1, .r2, .r3, .r4, .r5, .r7, .r8, .r9] {
            builder.add(.arithmetic(.multiply, .doubleWord, .r0, .immediate(31)))
            builder.add(.arithmetic(.add, .doubleWord, .r0, .register(register)))
        }
        builder.add(.exit)
    }

    // MARK: Pieces

    private mutating func piece() {
        switch random.below(32) {
        case 0..<10: arithmetic()
        case 10..<12: move()
        case 12: order()
        case 13: constant(target(), edge())
        case 14..<18: branch()
        case 18: loop()
        case 19..<23: access()
        case 23: frameAccess()
        case 24: atomic()
        case 25: ordered()
        case 26..<28: sequence()
        case 28: call()
        case 29: helper()
        case 30: mayJump()
        default: random.oneIn(12) ? rare() : arithmetic()
        }
    }

    mutating func arithmetic() {
        let width = random.pick(Width.allCases)
        if random.oneIn(14) { return builder.add(.negate(width, target())) }
        builder.add(
            .arithmetic(random.pick(Arithmetic.allCases), width, target(), source()))
    }

    private mutating func move() {
        let width = random.pick(Width.allCases)
        if random.oneIn(2) { return builder.add(.move(width, target(), source())) }
        let sizes: [MemorySize] = width == .word ? [.byte, .halfWord] : [.byte, .halfWord, .word]
        builder.add(.moveSigned(width, target(), from: random.pick(sizes), of: anyRegister()))
    }

    private mutating func order() {
        let size = random.pick([MemorySize.halfWord, .word, .doubleWord])
        switch random.below(3) {
        case 0: builder.add(.convert(target(), to: .big, size))
        case 1: builder.add(.convert(target(), to: .little, size))
        default: builder.add(.swap(target(), size))
        }
    }

    // MARK: Branches

    /// A condition, with some instructions that it jumps over.
    private mutating func branch() {
        let beyond = builder.label()
        if random.oneIn(8) {
            builder.add(.jump(0, long: random.oneIn(2)), to: beyond)
        } else {
            builder.add(condition(), to: beyond)
        }
        for _ in 0..<random.below(4) { arithmetic() }
        builder.bind(beyond)
    }

    private mutating func condition() -> Instruction {
        let other: Source =
            random.oneIn(2) ? .register(anyRegister()) : .immediate(random.pick(Self.constants))
        return .branch(
            random.pick(Comparison.allCases), random.pick(Width.allCases), anyRegister(), other, 0)
    }

    /// A few rounds of something short.
    private mutating func loop() {
        let counter = target()
        let start = builder.label()
        builder.add(.move(.doubleWord, counter, .immediate(Int32(1 + random.below(4)))))
        builder.bind(start)
        for _ in 0..<random.below(3) {
            let register = target()
            guard register != counter || isRisky else { continue }
            builder.add(
                .arithmetic(
                    random.pick(Arithmetic.allCases), random.pick(Width.allCases), register,
                    source()))
        }
        builder.add(.arithmetic(.subtract, .doubleWord, counter, .immediate(1)))
        builder.add(.branch(.notEqual, .doubleWord, counter, .immediate(0), 0), to: start)
    }

    private mutating func mayJump() {
        let beyond = builder.label()
        builder.add(.mayJump(0), to: beyond)
        arithmetic()
        builder.bind(beyond)
    }

    // MARK: Operands

    /// A register to write: r6 keeps the context's address, most of the time.
    mutating func target() -> Register {
        let register = Register.allCases[random.below(10)]
        return register == .r6 && !(isRisky && random.oneIn(8)) ? .r7 : register
    }

    mutating func anyRegister() -> Register { Register.allCases[random.below(11)] }

    mutating func source() -> Source {
        random.oneIn(2) ? .register(anyRegister()) : .immediate(random.pick(Self.constants))
    }

    static let constants: [Int32] = [
        0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 31, 32, 33, 63, 64, 65, 100, 127, 128, 255, 256, 511, 4095,
        4096, 4097, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0xff_ffff, 0x100_0000, 0x0ff0_0ff0,
        0x1234_5678, 0x5555_5555, .max, -1, -2, -3, -5, -8, -128, -256, -4095, -4096, -4097,
        -0x8000, -0x10000, -0x100_0000, .min, .min + 1,
    ]

    mutating func edge() -> UInt64 {
        switch random.below(8) {
        case 0: random.next()
        case 1: 1 << UInt64(random.below(64))
        case 2: .max << UInt64(random.below(64))
        case 3: .max >> UInt64(random.below(64))
        case 4: UInt64(bitPattern: Int64(random.pick(Self.constants))) << UInt64(random.below(33))
        case 5: UInt64(random.below(1 << 16)) &* 0x0001_0001_0001_0001
        default: UInt64(bitPattern: Int64(random.pick(Self.constants)))
        }
    }

    /// A constant in whichever form holds it.
    mutating func constant(_ register: Register, _ value: UInt64) {
        if let short = Int32(exactly: Int64(bitPattern: value)), random.oneIn(2) {
            builder.add(.move(.doubleWord, register, .immediate(short)))
        } else {
            builder.add(.loadImmediate(register, .constant(value)))
        }
    }
}
