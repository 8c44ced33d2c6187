/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tries to break out: each attempt in a process of its own that has entered the jail. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "media-fixtures.h"
#include "yj-jail.h"
#include "yj-probe.h"

static void
enter (void)
{
  char *why = NULL;

  if (!yj_jail_enter (30, &why) || !yj_jail_prove (&why))
    g_error ("%s", why);
}

#define assert_refused(call) g_assert_cmpint ((call), ==, -1)

static void
escape_to_network (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (80), .sin_addr = { htonl (INADDR_LOOPBACK) } };
  struct sockaddr_un bus = { .sun_family = AF_UNIX, .sun_path = "/run/user/0/bus" };
  int pair[2];

  enter ();
  assert_refused (socket (AF_INET, SOCK_STREAM, 0));
  assert_refused (socket (AF_INET6, SOCK_DGRAM, 0));
  assert_refused (socket (AF_UNIX, SOCK_STREAM, 0));
  assert_refused (socket (AF_NETLINK, SOCK_RAW, 0));
  assert_refused (socketpair (AF_INET, SOCK_STREAM, 0, pair));
  /* What GStreamer needs is allowed, and leads nowhere */
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_DGRAM, 0, pair), ==, 0);
  assert_refused (connect (pair[0], (struct sockaddr *) &bus, sizeof bus));
  assert_refused (connect (pair[0], (struct sockaddr *) &address, sizeof address));
  assert_refused (sendto (pair[0], "x", 1, 0, (struct sockaddr *) &bus, sizeof bus));
  assert_refused (bind (pair[1], (struct sockaddr *) &bus, sizeof bus));
}

static void
escape_to_files (void)
{
  g_autofree char *mine = g_build_filename (g_get_tmp_dir (), "yuanjing-jail-test", NULL);
  int out;

  out = open (mine, O_RDWR | O_CREAT, 0600);
  g_assert_cmpint (out, >=, 0);
  signal (SIGXFSZ, SIG_IGN);
  enter ();
  assert_refused (open ("/etc/passwd", O_RDONLY));
  assert_refused (open ("/proc/self/status", O_RDONLY));
  assert_refused (open (mine, O_WRONLY));
  assert_refused (openat (AT_FDCWD, mine, O_RDWR | O_CREAT, 0600));
  assert_refused (syscall (SYS_openat2, AT_FDCWD, mine, NULL, 0));
  assert_refused (creat (mine, 0600));
  assert_refused (unlink (mine));
  assert_refused (rename (mine, "/tmp/yuanjing-other"));
  assert_refused (mkdir ("/tmp/yuanjing-folder", 0700));
  assert_refused (symlink ("/etc/passwd", "/tmp/yuanjing-link"));
  assert_refused (chmod (mine, 0777));
  assert_refused (truncate (mine, 0));
  assert_refused (access ("/etc/passwd", F_OK));
  assert_refused (memfd_create ("x", 0));
  assert_refused (write (out, "x", 1));         /* even what is open does not grow */
}

static void
escape_to_processes (void)
{
  char *argv[] = { (char *) "/bin/true", NULL };

  enter ();
  assert_refused (fork ());
  assert_refused (execv (argv[0], argv));
  assert_refused (kill (getppid (), 0));
  assert_refused (ptrace (PTRACE_ATTACH, getppid (), NULL, NULL));
  assert_refused (prctl (PR_SET_DUMPABLE, 1, 0, 0, 0));
  assert_refused (syscall (SYS_unshare, 0));
  assert_refused (syscall (SYS_bpf, 0, NULL, 0));
  assert_refused (syscall (SYS_io_uring_setup, 1, NULL));
}

static gpointer
escape_in_thread (gpointer data)
{
  assert_refused (socket (AF_INET, SOCK_STREAM, 0));
  return GINT_TO_POINTER (1);
}

static GMutex gate;

static gpointer
escape_behind_gate (gpointer data)
{
  g_mutex_lock (&gate);
  return escape_in_thread (data);
}

/* Threads from before and from after. */
static void
escape_by_thread (void)
{
  GThread *before, *after;

  g_mutex_lock (&gate);
  before = g_thread_new ("before", escape_behind_gate, NULL);
  enter ();
  g_mutex_unlock (&gate);
  after = g_thread_new ("after", escape_in_thread, NULL);
  g_assert_nonnull (g_thread_join (before));
  g_assert_nonnull (g_thread_join (after));
}

static void
escape_from_limits (void)
{
  struct rlimit more = { RLIM_INFINITY, RLIM_INFINITY };

  enter ();
  assert_refused (setrlimit (RLIMIT_FSIZE, &more));
  assert_refused (setrlimit (RLIMIT_CPU, &more));
#ifndef __SANITIZE_ADDRESS__
  g_assert_true (mmap (NULL, (gsize) 3 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
#endif
}

static void
test_escape (gconstpointer data)
{
  GTestFunc escape = (GTestFunc) (gsize) data;

  if (g_test_subprocess ())
    {
      escape ();
      _exit (0);
    }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* As on a kernel without seccomp. */
static void
refuse_seccomp (void)
{
  struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { G_N_ELEMENTS (filter), filter };

  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  g_assert_cmpint (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

/* Where there is no jail, nothing is looked into. */
static void
test_no_jail (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(GFile) file = g_file_new_for_path (g_getenv ("PICTURE"));
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;

      refuse_seccomp ();
      yj_probe_async (file, NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      g_assert_null (yj_probe_finish (result, &error));
      g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "jail"));
      return;
    }
  else
    {
      g_autoptr(GFile) file = media_launch ("a.png", "videotestsrc num-buffers=1 ! pngenc");

      g_setenv ("PICTURE", g_file_peek_path (file), TRUE);
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
    }
}

static gboolean
is_in_status (const char *path,
              const char *what)
{
  g_autofree char *status = NULL;

  return g_file_get_contents (path, &status, NULL, NULL) && strstr (status, what) != NULL;
}

/* The helper itself, while it decodes: under the filter, with no new privileges. */
static void
test_helper (void)
{
  g_autoptr(GFile) file = media_launch ("long.mp4", "videotestsrc num-buffers=2000 pattern=snow ! video/x-raw,width=640,height=360,format=I420 "
                                                    "! x264enc speed-preset=ultrafast key-int-max=5000 ! h264parse ! mp4mux");
  g_autofree char *path = g_build_filename (g_getenv ("YUANJING_LIBEXECDIR"), "yuanjing-media-helper", NULL);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr(GSubprocess) helper = NULL;
  g_autofree char *status_path = NULL;

  g_subprocess_launcher_set_stdin_file_path (launcher, g_file_peek_path (file));
  helper = g_subprocess_launcher_spawn (launcher, NULL, path, "frame", "last", NULL);
  g_assert_nonnull (helper);
  status_path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (helper));
  yj_test_wait (is_in_status (status_path, "\nSeccomp:\t2\n"));
  g_assert_true (is_in_status (status_path, "\nNoNewPrivs:\t1\n"));
  g_subprocess_force_exit (helper);
  g_subprocess_wait (helper, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  media_init ();
  g_test_add_data_func ("/jail/network", (gpointer) (gsize) escape_to_network, test_escape);
  g_test_add_data_func ("/jail/files", (gpointer) (gsize) escape_to_files, test_escape);
  g_test_add_data_func ("/jail/processes", (gpointer) (gsize) escape_to_processes, test_escape);
  g_test_add_data_func ("/jail/threads", (gpointer) (gsize) escape_by_thread, test_escape);
  g_test_add_data_func ("/jail/limits", (gpointer) (gsize) escape_from_limits, test_escape);
  g_test_add_func ("/jail/no-jail", test_no_jail);
  g_test_add_func ("/jail/helper", test_helper);
  return g_test_run ();
}
