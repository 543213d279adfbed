#ifndef SWIFT_EBPF_HOOK_TARGETS_H
#define SWIFT_EBPF_HOOK_TARGETS_H

// What trials attach to in their own process. These are in C because a probe needs a symbol whose
// name is known, and a USDT note, which Swift cannot place.

/// A function for uprobes: returns its argument plus one.
long hook_target_function(long value);

/// Another one, whose name shares the first's beginning, for patterns.
long hook_target_function_too(long value);

/// Passes the USDT probe `swift_ebpf:trial` with `value` as its argument.
/// Returns 1 if someone had asked for the probe (its semaphore was not zero).
int hook_target_probe(int value);

/// Passes the USDT probe `swift_ebpf:places` with four arguments: `first`, -5, what `third` points
/// to, `fourth`.
void hook_target_places(long first, short *third, unsigned char fourth);

/// Writes into the variable for hardware breakpoints.
void hook_target_store(long value);

/// The variable's address.
unsigned long hook_target_variable_address(void);

/// A variable for hardware breakpoints.
extern volatile long hook_target_variable;

#endif
