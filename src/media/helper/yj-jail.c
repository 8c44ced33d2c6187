/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a process gives up before it looks into a foreign file: everything but computing, reading
 * what it already has open and writing to its pipe. A list of the system calls that stay, not of those that go:
 * no file can be opened (so whatever is needed must be loaded before), no socket made, nothing started.
 * Works alike outside and inside Flatpak, as it needs neither privileges nor namespaces.
 */

#include "yj-jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define NATIVE_ARCH AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define NATIVE_ARCH AUDIT_ARCH_PPC64LE
#elif defined(__loongarch64)
#define NATIVE_ARCH AUDIT_ARCH_LOONGARCH64
#else
#define NATIVE_ARCH 0           /* no filter known for this machine: yj_jail_enter () refuses */
#endif

#define MEMORY_LIMIT (G_GUINT64_CONSTANT (2) << 30)
#define FILES_LIMIT 64

/* What a decoder needs of the kernel: memory, threads, time, its open files. */
static const int allowed[] = {
  SYS_read, SYS_readv, SYS_pread64, SYS_write, SYS_writev, SYS_lseek, SYS_close, SYS_fstat, SYS_fcntl,
  SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_brk, SYS_membarrier,
  SYS_futex, SYS_set_robust_list, SYS_get_robust_list, SYS_set_tid_address, SYS_exit, SYS_exit_group,
  SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_getparam, SYS_sched_getscheduler, SYS_sched_getattr,
  SYS_sched_setattr, SYS_sched_get_priority_max, SYS_sched_get_priority_min, SYS_getcpu,
  SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall,
  SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday,
  SYS_ppoll, SYS_pselect6, SYS_eventfd2, SYS_pipe2, SYS_getrandom, SYS_sysinfo, SYS_uname, SYS_getrusage,
  SYS_getpid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
#ifdef SYS_rseq
  SYS_rseq,
#endif
#ifdef SYS_map_shadow_stack
  SYS_map_shadow_stack,
#endif
#ifdef SYS_poll
  SYS_poll,
#endif
#ifdef SYS_select
  SYS_select,
#endif
#ifdef SYS_pipe
  SYS_pipe,
#endif
#ifdef SYS_time
  SYS_time,
#endif
#ifdef SYS_getrlimit
  SYS_getrlimit,
#endif
#ifdef SYS_arch_prctl
  SYS_arch_prctl,
#endif
};

static void
add (GArray   *program,
     guint16   code,
     guint8    jump_true,
     guint8    jump_false,
     guint32   k)
{
  struct sock_filter instruction = { code, jump_true, jump_false, k };

  g_array_append_val (program, instruction);
}

static void
allow (GArray *program,
       int     call)
{
  add (program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, call);
  add (program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
}

/* Allows @call when the bits @mask of its argument number @arg are @value. */
static void
allow_if (GArray  *program,
          int      call,
          int      arg,
          guint32  mask,
          guint32  value)
{
  add (program, BPF_JMP | BPF_JEQ | BPF_K, 0, 5, call);
  add (program, BPF_LD | BPF_W | BPF_ABS, 0, 0,
       offsetof (struct seccomp_data, args[arg]) + (G_BYTE_ORDER == G_BIG_ENDIAN ? 4 : 0));
  add (program, BPF_ALU | BPF_AND | BPF_K, 0, 0, mask);
  add (program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
  add (program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
  add (program, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof (struct seccomp_data, nr));
}

static GArray *
make_filter (void)
{
  GArray *program = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));

  add (program, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof (struct seccomp_data, arch));
  add (program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE_ARCH);
  add (program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS);
  add (program, BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof (struct seccomp_data, nr));
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    allow (program, allowed[i]);
  allow_if (program, SYS_clone, 0, CLONE_THREAD, CLONE_THREAD);
  allow_if (program, SYS_tgkill, 0, G_MAXUINT32, getpid ());
  allow_if (program, SYS_prctl, 0, G_MAXUINT32, PR_SET_NAME);
  allow_if (program, SYS_prctl, 0, G_MAXUINT32, PR_GET_NAME);
  allow_if (program, SYS_prlimit64, 2, G_MAXUINT32, 0);
  /* GStreamer wakes its threads with one; a pair leads nowhere else, as connect () is refused */
  allow_if (program, SYS_socketpair, 0, G_MAXUINT32, AF_UNIX);
  /* fstat () of some C libraries: only of what is open, not by path */
#ifdef SYS_newfstatat
  allow_if (program, SYS_newfstatat, 3, AT_EMPTY_PATH, AT_EMPTY_PATH);
#endif
  allow_if (program, SYS_statx, 2, AT_EMPTY_PATH, AT_EMPTY_PATH);
#ifdef SYS_clone3
  /* Its flags lie in memory, where no filter can look; the C library then takes clone () */
  add (program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_clone3);
  add (program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS);
#endif
  add (program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM);
  return program;
}

static rlim_t output_limit;

/**
 * yj_jail_allow_output:
 * @bytes: up to which a file that is open for writing may grow; without this call none does
 *
 * To be called before yj_jail_enter ().
 */
void
yj_jail_allow_output (guint64 bytes)
{
  output_limit = bytes;
}

static void
limit (int     resource,
       rlim_t  value)
{
  struct rlimit old;
  struct rlimit both = { value, value };

  if (getrlimit (resource, &old) == 0 && old.rlim_max < value)
    both.rlim_cur = both.rlim_max = old.rlim_max;
  setrlimit (resource, &both);
}

/**
 * yj_jail_enter:
 * @seconds: how long the process may live, and compute
 * @why: (out): what failed
 *
 * Gives up, for all threads of the process and for good, files, sockets and processes, and limits memory and time.
 *
 * Returns: whether the kernel took it
 */
gboolean
yj_jail_enter (guint   seconds,
               char  **why)
{
  g_autoptr(GArray) filter = make_filter ();
  struct sock_fprog program = { filter->len, (struct sock_filter *) (void *) filter->data };

  if (NATIVE_ARCH == 0)
    {
      *why = g_strdup ("no system call filter for this kind of processor");
      return FALSE;
    }
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_FSIZE, output_limit);
  /* A library that tries to write is told that it cannot, and finds another way or gives up; it is no reason to die. */
  signal (SIGXFSZ, SIG_IGN);
  limit (RLIMIT_NOFILE, FILES_LIMIT);
  limit (RLIMIT_CPU, seconds);
#ifndef __SANITIZE_ADDRESS__
  limit (RLIMIT_AS, MEMORY_LIMIT);      /* the sanitizer's shadow alone is terabytes */
#endif
  alarm (seconds);
  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    {
      *why = g_strdup_printf ("prctl: %s", g_strerror (errno));
      return FALSE;
    }
  if (syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) != 0)
    {
      *why = g_strdup_printf ("seccomp: %s", g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/**
 * yj_jail_prove:
 * @why: (out): what was possible that must not be
 *
 * Tries what the jail forbids.
 *
 * Returns: whether all of it was refused
 */
gboolean
yj_jail_prove (char **why)
{
  static const int families[] = { AF_INET, AF_INET6, AF_UNIX };
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "yuanjing-must-not-be", NULL);
  pid_t child;

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (socket (families[i], SOCK_STREAM, 0) >= 0)
      {
        *why = g_strdup ("a socket could be made");
        return FALSE;
      }
  if (open ("/", O_RDONLY) >= 0)
    {
      *why = g_strdup ("a folder could be opened");
      return FALSE;
    }
  if (open (path, O_WRONLY | O_CREAT, 0600) >= 0)
    {
      unlink (path);
      *why = g_strdup ("a file could be made");
      return FALSE;
    }
  child = fork ();
  if (child == 0)
    _exit (0);
  if (child > 0)
    {
      waitpid (child, NULL, 0);
      *why = g_strdup ("a process could be started");
      return FALSE;
    }
  return TRUE;
}
