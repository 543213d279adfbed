extension KernelFunction {
    /// Files, keys and ciphers.
    static let security: [KernelFunction] = [
        KernelFunction(
            "bpf_crypto_ctx_acquire", since: 6, 10, [.acquires, .mayReturnNull, .requiresRCU],
            .syscall),
        KernelFunction(
            "bpf_crypto_ctx_create", since: 6, 10, [.acquires, .mayReturnNull, .maySleep], .syscall),
        KernelFunction("bpf_crypto_ctx_release", since: 6, 10, .releases, .syscall),
        KernelFunction("bpf_crypto_decrypt", since: 6, 10, .requiresRCU, .ciphers),
        KernelFunction("bpf_crypto_encrypt", since: 6, 10, .requiresRCU, .ciphers),
        KernelFunction(
            "bpf_get_dentry_xattr", since: 6, 12, [.takesTrustedArguments, .maySleep], .tracing,
            only: .securityModules),
        KernelFunction(
            "bpf_get_file_xattr", since: 6, 8, [.takesTrustedArguments, .maySleep], .tracing,
            only: .securityModules),
        KernelFunction(
            "bpf_get_fsverity_digest", since: 6, 8, .takesTrustedArguments, .tracing,
            only: .securityModules),
        KernelFunction(
            "bpf_get_task_exe_file", since: 6, 12,
            [.acquires, .mayReturnNull, .takesTrustedArguments], .tracing, only: .securityModules),
        KernelFunction("bpf_key_put", since: 6, 1, .releases, .generic),
        KernelFunction(
            "bpf_lookup_system_key", since: 6, 1, [.acquires, .mayReturnNull], .generic),
        KernelFunction(
            "bpf_lookup_user_key", since: 6, 1, [.acquires, .mayReturnNull, .maySleep], .generic),
        KernelFunction(
            "bpf_path_d_path", since: 6, 12, .takesTrustedArguments, .tracing,
            only: .securityModules),
        KernelFunction("bpf_put_file", since: 6, 12, .releases, .tracing, only: .securityModules),
        KernelFunction(
            "bpf_remove_dentry_xattr", since: 6, 15, [.takesTrustedArguments, .maySleep], .tracing,
            only: .securityModules, role: .removeDirectoryEntryAttribute),
        KernelFunction(
            "bpf_set_dentry_xattr", since: 6, 15, [.takesTrustedArguments, .maySleep], .tracing,
            only: .securityModules, role: .setDirectoryEntryAttribute),
        KernelFunction("bpf_verify_pkcs7_signature", since: 6, 1, .maySleep, .generic),
    ]
}
