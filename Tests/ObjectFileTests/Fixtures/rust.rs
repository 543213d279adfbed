// What rustc writes without bpf-linker: functions in sections of their own, aya's legacy maps,
// symbols by section and addend. `no_core` so that no library for the target is needed.
#![feature(no_core, lang_items, intrinsics, rustc_attrs, auto_traits)]
#![allow(internal_features)]
#![no_core]
#![no_std]
#![crate_type = "lib"]

#[lang = "pointee_sized"] pub trait PointeeSized {}
#[lang = "meta_sized"] pub trait MetaSized: PointeeSized {}
#[lang = "sized"] pub trait Sized: MetaSized {}
#[lang = "copy"] pub trait Copy {}
#[lang = "sync"] pub trait Sync {}
#[lang = "freeze"] unsafe auto trait Freeze {}
#[lang = "drop_in_place"] unsafe fn drop_in_place<T: PointeeSized>(_: *mut T) {}
impl Copy for u32 {}
impl Copy for i32 {}
impl Sync for MapDefinition {}
impl Sync for u32 {}
impl<T: PointeeSized> Copy for *const T {}

#[repr(C)]
pub struct MapDefinition {
    kind: u32, key_size: u32, value_size: u32, max_entries: u32, map_flags: u32, id: u32,
    pinning: u32,
}

#[no_mangle]
#[link_section = "maps"]
pub static COUNTS: MapDefinition = MapDefinition {
    kind: 1, key_size: 4, value_size: 8, max_entries: 64, map_flags: 0, id: 0, pinning: 0,
};

#[no_mangle]
#[link_section = "maps"]
pub static SECOND: MapDefinition = MapDefinition {
    kind: 2, key_size: 4, value_size: 4, max_entries: 1, map_flags: 0, id: 0, pinning: 1,
};

static PORT: u32 = 53;

unsafe extern "C" { fn opaque(map: *const MapDefinition, port: *const u32) -> u32; }

#[inline(never)]
fn helper() -> u32 {
    unsafe { opaque(&SECOND, &PORT) }
}

#[no_mangle]
#[link_section = "xdp"]
pub extern "C" fn filter(_context: *const u32) -> u32 {
    helper()
}

#[no_mangle]
#[link_section = "xdp"]
pub extern "C" fn again(_context: *const u32) -> u32 {
    unsafe { opaque(&COUNTS, &PORT) }
}
