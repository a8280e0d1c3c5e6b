/* A wrong clock for one machine: all its programs read the kernel's time plus an offset.
 *
 * The kernel has no clock of its own for a container, and Go programs such as dockerd do not ask the
 * C library for the time, so that replacing its functions would not reach them. All of them ask the
 * vDSO, a page of code that the kernel maps into each process. This library, loaded by
 * /etc/ld.so.preload, overwrites the entries of the process's own copy of that page. x86-64 only; it
 * needs neither headers nor start-up files, so that any compiler will do.
 *
 * The offset is a text, "+0000000300", in a file that stays mapped: a new offset counts at once. */

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;

extern u64 getauxval(u64 type);
extern int mprotect(void *at, u64 length, int protection);
extern int open(const char *path, int flags, ...);
extern void *mmap(void *at, u64 length, int protection, int flags, int fd, long offset);
extern int close(int fd);
extern int strcmp(const char *one, const char *other);

struct header { u8 ident[16]; u16 type, machine; u32 version; u64 entry, phoff, shoff; u32 flags; u16 ehsize, phentsize, phnum; };
struct segment { u32 type, flags; u64 offset, vaddr, paddr, filesz, memsz, align; };
struct dynamic { u64 tag, value; };
struct symbol { u32 name; u8 info, other; u16 section; u64 value, size; };
struct timespec { long sec, nsec; };

enum { READ = 1, WRITE = 2, EXEC = 4, SHARED = 1, SYSINFO_EHDR = 33, PAGE = 4096 };
enum { SYS_GETTIMEOFDAY = 96, SYS_TIME = 201, SYS_CLOCK_GETTIME = 228 };
enum { REALTIME = 0, REALTIME_COARSE = 5, TAI = 11 };

static const char *offset_text;

static long offset(void) {
  const char *at = offset_text + 1;
  long seconds = 0;
  for (; *at >= '0' && *at <= '9'; at++) seconds = seconds * 10 + (*at - '0');
  return offset_text[0] == '-' ? -seconds : seconds;
}

static long kernel(long number, long one, void *two) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(one), "S"(two) : "rcx", "r11", "memory");
  return result;
}

static long shifted_clock_gettime(long clock, struct timespec *time) {
  long result = kernel(SYS_CLOCK_GETTIME, clock, time);
  if (result == 0 && time && (clock == REALTIME || clock == REALTIME_COARSE || clock == TAI)) time->sec += offset();
  return result;
}

static long shifted_gettimeofday(struct timespec *time, void *zone) {
  long result = kernel(SYS_GETTIMEOFDAY, (long)time, zone);
  if (result == 0 && time) time->sec += offset();
  return result;
}

static long shifted_time(long *time) {
  long now = kernel(SYS_TIME, 0, 0) + offset();
  if (time) *time = now;
  return now;
}

/* movabs $to, %rax; jmp *%rax: 12 bytes of the 16 that every function has at least. */
static void jump(u8 *from, void *to) {
  int i;
  from[0] = 0x48, from[1] = 0xb8, from[10] = 0xff, from[11] = 0xe0;
  for (i = 0; i < 8; i++) from[2 + i] = (u8)((u64)to >> (8 * i));
}

static void replace(u8 *base, const char *name, u64 value) {
  if (!strcmp(name, "__vdso_clock_gettime")) jump(base + value, (void *)shifted_clock_gettime);
  if (!strcmp(name, "__vdso_gettimeofday")) jump(base + value, (void *)shifted_gettimeofday);
  if (!strcmp(name, "__vdso_time")) jump(base + value, (void *)shifted_time);
}

__attribute__((constructor)) static void shift(void) {
  u8 *base = (u8 *)getauxval(SYSINFO_EHDR);
  struct header *header = (struct header *)base;
  struct segment *segment;
  struct dynamic *dynamic = 0;
  struct symbol *symbols = 0;
  const char *names = 0;
  u64 size = 0;
  u32 *hash = 0, i;
  int file = open("/usr/lib/testbed/clock", 0);
  if (!base || file < 0) return;
  offset_text = mmap(0, PAGE, READ, SHARED, file, 0);
  close(file);
  if (offset_text == (void *)-1) return;
  segment = (struct segment *)(base + header->phoff);
  for (i = 0; i < header->phnum; i++) {
    if (segment[i].type == 1) size = segment[i].vaddr + segment[i].memsz;
    if (segment[i].type == 2) dynamic = (struct dynamic *)(base + segment[i].vaddr);
  }
  for (; dynamic && dynamic->tag; dynamic++) {
    if (dynamic->tag == 4) hash = (u32 *)(base + dynamic->value);
    if (dynamic->tag == 5) names = (const char *)(base + dynamic->value);
    if (dynamic->tag == 6) symbols = (struct symbol *)(base + dynamic->value);
  }
  size = (size + PAGE - 1) & ~(u64)(PAGE - 1);
  if (!symbols || !names || !hash || mprotect(base, size, READ | WRITE | EXEC)) return;
  for (i = 1; i < hash[1]; i++) replace(base, names + symbols[i].name, symbols[i].value);
  mprotect(base, size, READ | EXEC);
}
