//! Takes chance and time out of the process that builds a guest.
//!
//! The interpreter's hash seed and the layout of its memory are frozen into the guest. Preloaded into the build tool, these functions stand before libc's, so
//! that every machine freezes the same ones, and a program uses the same fuel and iterates over its sets in the same order wherever its guest was built.

#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

const BYTE: u8 = 0x5a;
/// 2026-01-01T00:00:00Z.
const REALTIME_SECONDS: i64 = 1_767_225_600;
const MONOTONIC_SECONDS: i64 = 1_000;
const CLOCK_REALTIME: i32 = 0;

/// `struct timespec` on 64-bit Linux.
#[repr(C)]
pub struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

/// As getrandom(2), of one value.
///
/// # Safety
/// `buffer` is valid for writes of `count` bytes, as its caller promises libc.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getrandom(buffer: *mut u8, count: usize, _flags: u32) -> isize {
    // SAFETY: see above.
    unsafe { core::ptr::write_bytes(buffer, BYTE, count) };
    count as isize
}

/// As getentropy(3), of one value.
///
/// # Safety
/// As for [`getrandom`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getentropy(buffer: *mut u8, count: usize) -> i32 {
    // SAFETY: see above.
    unsafe { core::ptr::write_bytes(buffer, BYTE, count) };
    0
}

/// As clock_gettime(2), of a clock that stands.
///
/// # Safety
/// `time` is valid for writes, as its caller promises libc.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: i32, time: *mut Timespec) -> i32 {
    let seconds = if clock == CLOCK_REALTIME { REALTIME_SECONDS } else { MONOTONIC_SECONDS };
    // SAFETY: see above.
    unsafe { time.write(Timespec { seconds, nanoseconds: 0 }) };
    0
}
