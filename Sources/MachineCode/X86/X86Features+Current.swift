#if arch(x86_64)
extension X86Features {
    /// What this machine's processor has.
    public static let current: X86Features = {
        // CPUID leaf 7 (SDM, volume 2, CPUID): bit 8 of ebx is BMI2. The instruction changes rbx,
        // which belongs to the caller.
        let code: [UInt8] = [
            0x53,  // push rbx
            0xb8, 7, 0, 0, 0,  // mov eax, 7
            0x31, 0xc9,  // xor ecx, ecx
            0x0f, 0xa2,  // cpuid
            0x89, 0xd8,  // mov eax, ebx
            0x5b,  // pop rbx
            0xc3,  // ret
        ]
        guard let memory = try? ExecutableMemory(code) else { return X86Features(hasBMI2: false) }
        let function = unsafe memory.function(
            at: 0, as: (@convention(c) () -> UInt32).self)
        let flags = function()
        withExtendedLifetime(memory) {}
        return X86Features(hasBMI2: flags & 1 << 8 != 0)
    }()
}
#endif
