import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel

extension UprobeProgram {
    /// Runs the program at a place of an application or library.
    ///
    /// ```swift
    /// let link = try program.attach(to: .function("malloc"), in: "libc")
    /// ```
    ///
    /// - Parameters:
    ///   - place: a function, or an offset in the file.
    ///   - binary: a path, the name of a program in `PATH`, or of a library: `libc.so.6`, `libc`.
    ///   - options: entry or return, which process, a cookie; user space looks only at the first.
    /// - Throws: ``KernelError``: `ENOENT` with the closest name, `ESRCH` if the process is gone.
    public func attach(
        to place: UserProbePlace, in binary: String, options: UserProbeOptions = UserProbeOptions()
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program):
            return try program.attachUserProbe(place, in: binary, options: options)
        case .userSpace(let program):
            return try program.link(to: .userFunction(place, in: binary, options.moment))
        }
    }

    /// Runs the program at many places of an application or library, with one link (Linux 6.6);
    /// kernel only.
    ///
    /// The program's section is `uprobe.multi`, `uretprobe.multi` or `uprobe.session`.
    ///
    /// - Parameters:
    ///   - places: functions, by pattern or name, or offsets.
    ///   - binary: a path, the name of a program in `PATH`, or of a library.
    ///   - cookies: one number for each place, in order, or none.
    ///   - options: entry or return, which process.
    /// - Throws: ``KernelError``: `ENOENT` if nothing matches.
    public func attach(
        to places: UserProbePlaces, in binary: String, cookies: [UInt64] = [],
        options: UserProbeOptions = UserProbeOptions()
    ) throws(KernelError) -> Link {
        let program = try attachable(
            to: "places of \(binary)", instead: "attach it to one place after the other")
        return try program.attachUserProbes(
            places, in: binary, cookies: cookies, options: options)
    }
}
