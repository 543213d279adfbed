extension KernelProgram {
    /// All programs of the system, by number.
    ///
    /// - Throws: ``KernelError``; only processes with `CAP_SYS_ADMIN` may ask.
    public static func all(
        system: SystemCalls = .linux
    ) throws(KernelError) -> [KernelProgram] {
        try system.eachObject(.program) { descriptor throws(KernelError) in
            try KernelProgram(owning: descriptor)
        }
    }

    /// The programs with a name, by number.
    ///
    /// The kernel keeps 15 bytes of a name; of programs with types, the whole name is known.
    ///
    /// - Throws: ``KernelError``; only processes with `CAP_SYS_ADMIN` may ask.
    public static func all(
        named name: String, system: SystemCalls = .linux
    ) throws(KernelError) -> [KernelProgram] {
        let kept = ObjectName(name).text
        var found: [KernelProgram] = []
        for program in try all(system: system) where program.name == kept {
            let whole = name == kept ? name : try program.fullName()
            if whole == name { found.append(program) }
        }
        return found
    }

    /// The programs with a tag, the digest of their instructions, by number.
    ///
    /// - Throws: ``KernelError``; only processes with `CAP_SYS_ADMIN` may ask.
    public static func all(
        tagged tag: ProgramTag, system: SystemCalls = .linux
    ) throws(KernelError) -> [KernelProgram] {
        var found: [KernelProgram] = []
        for program in try all(system: system) where try program.tag() == tag {
            found.append(program)
        }
        return found
    }
}

extension KernelMap {
    /// All maps of the system, by number.
    ///
    /// - Throws: ``KernelError``; only processes with `CAP_SYS_ADMIN` may ask.
    public static func all(system: SystemCalls = .linux) throws(KernelError) -> [KernelMap] {
        try system.eachObject(.map) { descriptor throws(KernelError) in
            try KernelMap(owning: descriptor)
        }
    }

    /// The maps with a name, by number; the kernel keeps 15 bytes of it.
    ///
    /// - Throws: ``KernelError``; only processes with `CAP_SYS_ADMIN` may ask.
    public static func all(
        named name: String, system: SystemCalls = .linux
    ) throws(KernelError) -> [KernelMap] {
        let kept = ObjectName(name).text
        return try all(system: system).filter { $0.shape.name == kept }
    }
}
