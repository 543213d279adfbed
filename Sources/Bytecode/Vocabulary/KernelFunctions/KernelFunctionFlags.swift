extension KernelFunction {
    /// How a function is registered (`KF_…` in `linux/btf.h`, explained in the kernel's
    /// `Documentation/bpf/kfuncs.rst`).
    public struct Flags: OptionSet, Hashable, Sendable {
        /// The bits; they mean nothing outside.
        public let rawValue: UInt32
        /// Flags from bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// The result is a reference that the program must give back. `KF_ACQUIRE`.
        public static let acquires = Flags(rawValue: 1 << 0)
        /// It takes a reference back. `KF_RELEASE`.
        public static let releases = Flags(rawValue: 1 << 1)
        /// The result may be null. `KF_RET_NULL`.
        public static let mayReturnNull = Flags(rawValue: 1 << 2)
        /// Pointers to structures must be alive for certain, and not null. `KF_TRUSTED_ARGS`.
        ///
        /// Linux 7.0 expects it of every function and has the flag no longer.
        public static let takesTrustedArguments = Flags(rawValue: 1 << 3)
        /// Pointers to structures must be alive for certain or for the RCU section that the
        /// program is in, and not null. `KF_RCU`.
        public static let requiresRCU = Flags(rawValue: 1 << 4)
        /// It may be called in an RCU section only, and its result lives as long as that; for an
        /// iterator: as long as it iterates. `KF_RCU_PROTECTED`.
        public static let rcuProtectedResult = Flags(rawValue: 1 << 5)
        /// Only sleepable programs may call it, and not in sections that must not sleep.
        /// `KF_SLEEPABLE`.
        public static let maySleep = Flags(rawValue: 1 << 6)
        /// It may stop the machine: who loads the program needs CAP_SYS_BOOT. `KF_DESTRUCTIVE`.
        public static let destructive = Flags(rawValue: 1 << 7)
        /// It starts an iteration. `KF_ITER_NEW`.
        public static let iteratorNew = Flags(rawValue: 1 << 8)
        /// It gives the next element, or null at the end. `KF_ITER_NEXT`.
        public static let iteratorNext = Flags(rawValue: 1 << 9)
        /// It ends an iteration. `KF_ITER_DESTROY`.
        public static let iteratorDestroy = Flags(rawValue: 1 << 10)
        /// A compiler may keep r1 to r5 over the call. `KF_FASTCALL`.
        public static let fastCall = Flags(rawValue: 1 << 11)
        /// The result points into an arena. `KF_ARENA_RET`.
        public static let arenaResult = Flags(rawValue: 1 << 12)
        /// The first argument points into an arena. `KF_ARENA_ARG1`.
        public static let arenaFirstArgument = Flags(rawValue: 1 << 13)
        /// The second argument points into an arena. `KF_ARENA_ARG2`.
        public static let arenaSecondArgument = Flags(rawValue: 1 << 14)
        /// The kernel passes further arguments that the program does not see, since Linux 7.0.
        /// `KF_IMPLICIT_ARGS`.
        public static let implicitArguments = Flags(rawValue: 1 << 15)
    }
}
