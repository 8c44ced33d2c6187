/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-transfer [MIB]: an upload, a download and a streamed answer of 50,000 tokens through YjPlatform beside curl's,
 * against the same server, which throws away what it gets and makes up what it sends. Each runs in a process of its
 * own, so that time, CPU and peak memory are the kernel's figures.
 */
#include "yj-platform.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUNS 5
#define TOKENS 50000

typedef struct
{
  double seconds;
  double cpu;
  double rss;                   /* MiB at its peak */
} Figures;

/* ---- the server, one process ---- */

static GString *
new_answer (int tokens)
{
  GString *body = g_string_new (NULL);

  for (int i = 0; i < tokens; i++)
    g_string_append_printf (body, "data: {\"id\": \"chatcmpl-1\", \"object\": \"chat.completion.chunk\", \"created\": 1780000000, "
                            "\"choices\": [{\"delta\": {\"content\": \" w%d\\u4f60\", \"role\": null}, \"index\": 0}], \"model\": \"qwen3-max\", "
                            "\"reasoning_content\": null, \"content\": \" w%d\\u4f60\", \"finish\": \"0\", \"llmusageid\": \"u-1\"}\n", i, i);
  g_string_append (body, "data: [DONE]");
  return body;
}

static void
send_text (int            fd,
           const GString *text)
{
  gsize sent = 0;

  while (sent < text->len)
    {
      gssize n = send (fd, text->str + sent, text->len - sent, MSG_NOSIGNAL);

      if (n <= 0)
        return;
      sent += n;
    }
}

static void
serve_answer (int        fd,
              const char *request)
{
  static GString *whole = NULL;
  static GString *short_one = NULL;

  if (whole == NULL)
    {
      const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

      whole = g_string_prepend (new_answer (TOKENS), head);
      short_one = g_string_prepend (new_answer (1), head);
    }
  send_text (fd, strstr (request, "short") != NULL ? short_one : whole);
}

static void
serve_one (int fd)
{
  static char buffer[1024 * 1024];
  gsize have = 0;
  char *blank = NULL;
  gint64 left = 0;
  const char *field;

  while (blank == NULL && have < 64 * 1024)
    {
      gssize n = recv (fd, buffer + have, 64 * 1024 - have, 0);

      if (n <= 0)
        return;
      have += n;
      buffer[have] = '\0';
      blank = strstr (buffer, "\r\n\r\n");
    }
  if (g_str_has_prefix (buffer, "POST"))
    {
      static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Length: 30\r\nConnection: close\r\n\r\n"
                                  "{\"taskid\":\"1\",\"status\":\"new\"} ";

      gboolean chat = strstr (buffer, "/chat/") != NULL;

      field = strcasestr (buffer, "\r\ncontent-length:");
      left = g_ascii_strtoll (field + strlen ("\r\ncontent-length:"), NULL, 10) - (have - (blank + 4 - buffer));
      if (strcasestr (buffer, "100-continue") != NULL)
        send (fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL);
      while (left > 0)
        {
          gssize n = recv (fd, buffer, sizeof buffer, 0);

          if (n <= 0)
            return;
          left -= n;
        }
      if (chat)
        serve_answer (fd, buffer);
      else
        send (fd, reply, sizeof reply - 1, MSG_NOSIGNAL);
    }
  else
    {
      char head[200];

      left = g_ascii_strtoll (strchr (buffer, '/') + 1, NULL, 10);
      g_snprintf (head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %" G_GINT64_FORMAT "\r\nConnection: close\r\n\r\n", left);
      send (fd, head, strlen (head), MSG_NOSIGNAL);
      memset (buffer, 'x', sizeof buffer);
      while (left > 0)
        {
          gssize n = send (fd, buffer, MIN ((gint64) sizeof buffer, left), MSG_NOSIGNAL);

          if (n <= 0)
            return;
          left -= n;
        }
    }
}

static pid_t
start_server (int *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  pid_t pid;

  if (bind (listener, (struct sockaddr *) &address, sizeof address) != 0 || listen (listener, 8) != 0
      || getsockname (listener, (struct sockaddr *) &address, &size) != 0)
    g_error ("no server: %s", g_strerror (errno));
  *port = ntohs (address.sin_port);
  pid = fork ();
  if (pid != 0)
    {
      close (listener);
      return pid;
    }
  for (;;)
    {
      int fd = accept (listener, NULL, NULL);

      serve_one (fd);
      close (fd);
    }
}

/* ---- our client, one process ---- */

static int last_percent = -1;
static int n_progress;

static void
progress_cb (gint64   moved,
             gint64   total,
             gpointer user_data)
{
  n_progress++;
  last_percent = total > 0 ? (int) (moved * 100 / total) : -1;
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
delta_cb (YjChatStream *stream,
          const char   *content,
          const char   *reasoning,
          gsize        *length)
{
  *length += content != NULL ? strlen (content) : 0;
}

static int
run_chat (YjPlatform *platform,
          const char *prompt)
{
  YjChatRequest request = { .prompt = prompt, .stream = TRUE };
  g_autoptr(YjChatStream) stream = yj_platform_chat (platform, &request);
  gsize length = 0;

  g_signal_connect (stream, "delta", G_CALLBACK (delta_cb), &length);
  while (yj_chat_stream_get_end (stream) == YJ_CHAT_END_NONE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (yj_chat_stream_get_end (stream), ==, YJ_CHAT_END_COMPLETE);
  g_assert_cmpuint (length, >, g_str_equal (prompt, "short") ? 1 : TOKENS * 8);
  return 0;
}

static int
run_client (const char *what,
            const char *base,
            const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjPlatform) platform = yj_platform_new (base, "bench", &error);
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GAsyncResult) result = NULL;

  if (g_str_equal (what, "chat"))
    return run_chat (platform, path);
  if (g_str_equal (what, "upload"))
    {
      g_autoptr(YjSubmission) submission = yj_submission_new ();

      yj_submission_add_string (submission, "llmid", "bench");
      yj_submission_add_string (submission, "prompt", "bench");
      yj_submission_add_file (submission, "video_files", file, "video/mp4");
      yj_platform_submit_async (platform, submission, progress_cb, NULL, NULL, done_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_clear_object (&submission);
      g_object_unref (yj_platform_submit_finish (platform, result, &error));
    }
  else
    {
      yj_platform_download_async (platform, what, file, NULL, progress_cb, NULL, NULL, done_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      yj_download_info_free (yj_platform_download_finish (platform, result, &error));
    }
  if (error != NULL)
    g_error ("%s", error->message);
  g_assert_cmpint (last_percent, ==, 100);
  g_printerr ("progress told %d times\n", n_progress);
  return 0;
}

/* ---- both, timed ---- */

static Figures
run (const char *const *argv)
{
  gint64 start = g_get_monotonic_time ();
  struct rusage usage;
  Figures figures;
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      int null = open ("/dev/null", O_WRONLY);

      dup2 (null, 1);
      dup2 (null, 2);
      execvp (argv[0], (char *const *) argv);
      _exit (127);
    }
  if (wait4 (pid, &status, 0, &usage) != pid || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_error ("%s failed", argv[0]);
  figures.seconds = (g_get_monotonic_time () - start) / 1e6;
  figures.cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  figures.rss = usage.ru_maxrss / 1024.0;
  return figures;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The medians of RUNS turns of each, taken in turns. */
static void
measure (const char *const *ours,
         const char *const *peers,
         Figures            medians[2])
{
  double values[2][3][RUNS];

  for (int i = 0; i < RUNS; i++)
    for (int side = 0; side < 2; side++)
      {
        Figures figures = run (side == 0 ? ours : peers);

        values[side][0][i] = figures.seconds;
        values[side][1][i] = figures.cpu;
        values[side][2][i] = figures.rss;
      }
  for (int side = 0; side < 2; side++)
    {
      for (int i = 0; i < 3; i++)
        qsort (values[side][i], RUNS, sizeof (double), compare);
      medians[side] = (Figures) { values[side][0][RUNS / 2], values[side][1][RUNS / 2], values[side][2][RUNS / 2] };
    }
}

static void
report (const char *work,
        Figures     medians[2],
        double      small_rss,
        const char *time_goal)
{
  g_print ("%s  time  %.2f s  curl %.2f s  %.2fx  goal %s\n", work, medians[0].seconds, medians[1].seconds,
           medians[0].seconds / medians[1].seconds, time_goal);
  g_print ("%s  CPU  %.2f s  curl %.2f s  %.2fx\n", work, medians[0].cpu, medians[1].cpu, medians[0].cpu / medians[1].cpu);
  g_print ("%s  memory grown  %.1f MiB  goal 8 MiB  (peak %.1f MiB, curl %.1f MiB)\n", work, medians[0].rss - small_rss,
           medians[0].rss, medians[1].rss);
}

int
main (int   argc,
      char *argv[])
{
  gint64 size = (argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1024) * 1024 * 1024;
  g_autofree char *folder = NULL;
  g_autofree char *big = NULL;
  g_autofree char *small = NULL;
  g_autofree char *target = NULL;
  g_autofree char *base = NULL;
  g_autofree char *form = NULL;
  g_autofree char *post = NULL;
  g_autofree char *get = NULL;
  g_autofree char *get_small = NULL;
  g_autofree char *chat = NULL;
  Figures medians[2];
  Figures shorts[2];
  double small_rss;
  pid_t server;
  int port;

  if (argc == 5 && g_str_equal (argv[1], "--client"))
    return run_client (argv[2], argv[3], argv[4]);

  folder = g_dir_make_tmp ("yuanjing-bench-XXXXXX", NULL);
  big = g_build_filename (folder, "big.mp4", NULL);
  small = g_build_filename (folder, "small.mp4", NULL);
  target = g_build_filename (folder, "target.part", NULL);
  g_file_set_contents (big, "x", 1, NULL);
  g_file_set_contents (small, "x", 1, NULL);
  if (truncate (big, size) != 0)
    g_error ("no room for the file: %s", g_strerror (errno));
  server = start_server (&port);
  base = g_strdup_printf ("http://127.0.0.1:%d", port);
  post = g_strconcat (base, "/llmage/video", NULL);
  get = g_strdup_printf ("%s/%" G_GINT64_FORMAT, base, size);
  get_small = g_strconcat (base, "/1", NULL);
  form = g_strconcat ("video_files=@", big, ";type=video/mp4", NULL);

  small_rss = run ((const char *const[]) { "/proc/self/exe", "--client", "upload", base, small, NULL }).rss;
  measure ((const char *const[]) { "/proc/self/exe", "--client", "upload", base, big, NULL },
           (const char *const[]) { "curl", "-s", "-F", "llmid=bench", "-F", "prompt=bench", "-F", form, post, NULL }, medians);
  report ("upload", medians, small_rss, "1.80x");
  small_rss = run ((const char *const[]) { "/proc/self/exe", "--client", get_small, base, target, NULL }).rss;
  measure ((const char *const[]) { "/proc/self/exe", "--client", get, base, target, NULL },
           (const char *const[]) { "curl", "-s", "-o", target, get, NULL }, medians);
  report ("download", medians, small_rss, "1.10x");

  chat = g_strconcat (base, "/llmage/v1/chat/completions", NULL);
  measure ((const char *const[]) { "/proc/self/exe", "--client", "chat", base, "short", NULL },
           (const char *const[]) { "curl", "-sN", "-o", "/dev/null", "-d", "short", chat, NULL }, shorts);
  measure ((const char *const[]) { "/proc/self/exe", "--client", "chat", base, "long", NULL },
           (const char *const[]) { "curl", "-sN", "-o", "/dev/null", "-d", "long", chat, NULL }, medians);
  g_print ("answer of 50k tokens flat out, wire alone  CPU  %.3f s  curl %.3f s  %.2fx  goal 0.100 s\n",
           medians[0].cpu - shorts[0].cpu, medians[1].cpu - shorts[1].cpu,
           (medians[0].cpu - shorts[0].cpu) / MAX (medians[1].cpu - shorts[1].cpu, 0.001));

  kill (server, SIGTERM);
  waitpid (server, NULL, 0);
  g_unlink (big);
  g_unlink (small);
  g_unlink (target);
  g_rmdir (folder);
  return 0;
}
