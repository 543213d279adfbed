import EBPFExecution
public import EBPFHooks
public import EBPFKernel

extension KprobeProgram {
    /// Runs the program at a place of the kernel (kprobe, kretprobe).
    ///
    /// ```swift
    /// let link = try program.attach(to: .function("do_unlinkat"))
    /// ```
    ///
    /// - Parameters:
    ///   - place: a function or an instruction; returns are those of functions.
    ///   - options: entry or return, a cookie; user space looks only at the first.
    /// - Throws: `KernelError`: `ENOENT` with the closest name if there is no such function,
    ///   `EINVAL` for offsets within an instruction and for functions that cannot be probed.
    public func attach(
        to place: KernelProbePlace, options: KernelProbeOptions = KernelProbeOptions()
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program): return try program.attachKernelProbe(place, options: options)
        case .userSpace(let program):
            return try program.link(to: .kernelFunction(place, options.moment))
        }
    }

    /// Runs the program at the kernel's function for a system call, whatever it is called on this
    /// kernel (ksyscall, kretsyscall).
    ///
    /// - Parameters:
    ///   - name: the system call's name: `openat`; in user space the place is `syscall:openat`.
    ///   - options: entry or return, a cookie; user space looks only at the first.
    /// - Throws: `KernelError`.
    public func attach(
        toSystemCall name: String, options: KernelProbeOptions = KernelProbeOptions()
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program):
            return try program.attach(toSystemCall: name, options: options)
        case .userSpace(let program):
            return try program.link(to: .systemCall(name, options.moment))
        }
    }

    /// Runs the program at many functions of the kernel, with one link (Linux 5.18); kernel only.
    ///
    /// The program's section is `kprobe.multi`, `kretprobe.multi` or `kprobe.session`.
    ///
    /// - Parameters:
    ///   - places: functions, by pattern, name or address.
    ///   - cookies: one number for each function, in order, or none; a pattern takes none.
    ///   - moment: entry or return; a session runs at both.
    /// - Throws: `KernelError`: `ENOENT` if nothing matches.
    public func attach(
        to places: KernelProbePlaces, cookies: [UInt64] = [], at moment: ProbeMoment = .entry
    ) throws(KernelError) -> Link {
        let program = try attachable(
            to: "functions of the kernel", instead: "attach it to one place after the other")
        return try program.attachKernelProbes(places, cookies: cookies, at: moment)
    }
}

extension USDTProgram {
    /// Runs the program at a static tracepoint of an application (USDT).
    ///
    /// - Parameters:
    ///   - name: provider and name, `libc:setjmp`.
    ///   - binary: a path, the name of a program in `PATH`, or of a library.
    ///   - process: the process whose calls are seen; `nil` for all, 0 for this one; kernel only.
    ///   - cookie: a number the program can ask for (`bpf_usdt_cookie`); kernel only.
    /// - Throws: `KernelError`.
    public func attach(
        to name: String, in binary: String, process: Int32? = nil, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program):
            return try program.attach(
                toUserTracepoint: name, in: binary, process: process, cookie: cookie)
        case .userSpace(let program):
            return try program.link(to: MachineHook(.marker, "\(binary):\(name)"))
        }
    }
}

extension IteratorProgram {
    /// Makes a link of the iterator: from it the kernel's objects can be read; kernel only.
    ///
    /// - Parameter scope: what it walks over.
    /// - Throws: `KernelError`; `EINVAL` if the kind of iterator takes no such scope, or needs one.
    public func attach(over scope: IteratorScope = .all) throws(KernelError) -> Link {
        let program = try attachable(
            to: "objects of the kernel", instead: "run it on a context of your own")
        return try program.attachIterator(over: scope)
    }
}
