/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Asks yuanjing-media-helper about foreign files, two helpers at a time, the rest waits in line; or has it make a new one.
 * The file is opened here, so that the helper needs no way to it; what the helper says is checked as foreign, too.
 */

#define G_LOG_DOMAIN "yj-helper"

#include "yj-helper.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "yj-probe.h"

#define MAX_HELPERS 2
#define MAX_LINE (64 << 10)     /* bytes */
#define HELPER_OUTPUT 3         /* where the helper writes a new file */
#define OPEN_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
#ifdef __SANITIZE_ADDRESS__
#define PATIENCE (60 * G_USEC_PER_SEC)
#else
#define PATIENCE (10 * G_USEC_PER_SEC)
#endif

typedef struct
{
  GTask           *task;
  GTaskThreadFunc  func;
} Job;

static void
run_job (gpointer data,
         gpointer user_data)
{
  g_autofree Job *job = data;
  g_autoptr(GTask) task = job->task;

  if (!g_task_return_error_if_cancelled (task))
    job->func (task, g_task_get_source_object (task), g_task_get_task_data (task), g_task_get_cancellable (task));
}

/*< private >
 * yj_helper_push:
 * @task: (transfer full): a task
 * @func: calls yj_helper_ask (), then returns @task
 *
 * Runs @func in one of the threads that wait for helpers.
 */
void
yj_helper_push (GTask           *task,
                GTaskThreadFunc  func)
{
  static GThreadPool *pool;
  Job *job = g_new (Job, 1);

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (run_job, NULL, MAX_HELPERS, FALSE, NULL));
  job->task = task;
  job->func = func;
  g_thread_pool_push (pool, job, NULL);
}

/* An ordinary file only, and without waiting for what is none. */
static int
open_regular (GFile   *file,
              GError **error)
{
  const char *path = g_file_peek_path (file);
  struct stat about;
  int fd = -1;

  if (path == NULL)
    {
      g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_NOT_A_FILE, "The file is not on this machine");
      return -1;
    }
  /* Asked before it is opened, since opening a device can do something, and after, since it may have been exchanged */
  if (stat (path, &about) != 0 || (S_ISREG (about.st_mode) && (fd = open (path, OPEN_FLAGS)) < 0))
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s", g_strerror (saved));
      return -1;
    }
  if (fd >= 0 && fstat (fd, &about) == 0 && S_ISREG (about.st_mode))
    return fd;
  g_clear_fd (&fd, NULL);
  g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_NOT_A_FILE, "This is no ordinary file");
  return -1;
}

/* @output: a descriptor that the helper gets as its number 3, -1 for none; @more: others that it gets behind that, NULL
   for none. All are taken over. */
static GSubprocess *
start_helper (int                  fd,
              int                  output,
              GArray              *more,
              const char * const  *command,
              GError             **error)
{
  const char *folder = g_getenv ("YUANJING_LIBEXECDIR");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : YJ_LIBEXECDIR, "yuanjing-media-helper", NULL);
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GSubprocessLauncher) launcher = NULL;
#ifdef __SANITIZE_ADDRESS__
  gboolean talk = TRUE;
#else
  gboolean talk = g_getenv ("G_MESSAGES_DEBUG") != NULL;
#endif

  /* What is open is closed by the helper itself: else GLib forks, which copies our tables, holds up every thread that
     touches memory meanwhile, and makes each page be copied again. */
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_INHERIT_FDS
                                        | (talk ? G_SUBPROCESS_FLAGS_NONE : G_SUBPROCESS_FLAGS_STDERR_SILENCE));
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  if (output >= 0)
    g_subprocess_launcher_take_fd (launcher, output, HELPER_OUTPUT);
  for (guint i = 0; more != NULL && i < more->len; i++)
    g_subprocess_launcher_take_fd (launcher, g_array_index (more, int, i), HELPER_OUTPUT + 1 + (int) i);
  g_ptr_array_add (argv, path);
  for (; *command != NULL; command++)
    g_ptr_array_add (argv, (gpointer) *command);
  g_ptr_array_add (argv, NULL);
  return g_subprocess_launcher_spawnv (launcher, (const char * const *) argv->pdata, error);
}

/* Takes the lines "%123" off that begin an answer; whether there was one, that is, whether the helper gets on. */
static gboolean
take_progress (GByteArray         *said,
               YjHelperProgress    progress,
               gpointer            progress_data)
{
  gboolean any = FALSE;
  const guint8 *end;

  while (said->len > 0 && said->data[0] == '%' && (end = memchr (said->data, '\n', said->len)) != NULL)
    {
      guint length = end - said->data;
      g_autofree char *number = g_strndup ((const char *) said->data + 1, length - 1);

      progress (CLAMP (g_ascii_strtoll (number, NULL, 10), 0, 1000) / 1000.0, progress_data);
      g_byte_array_remove_range (said, 0, length + 1);
      any = TRUE;
    }
  return any;
}

/* Reads until the helper closes its end, the time is up, it says too much, or nobody wants to know any more. */
static GByteArray *
read_all (GSubprocess       *process,
          gsize              max,
          YjHelperProgress   progress,
          gpointer           progress_data,
          GCancellable      *cancellable,
          GError           **error)
{
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (process));
  g_autoptr(GByteArray) said = g_byte_array_new ();
  gint64 patience = progress != NULL ? 6 * PATIENCE : PATIENCE;
  gint64 deadline = g_get_monotonic_time () + patience;
  g_autofree guint8 *buffer = g_malloc (MAX_LINE);
  GPollFD polled[2] = { { g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream)), G_IO_IN | G_IO_HUP | G_IO_ERR, 0 } };
  int n_polled = 1 + g_cancellable_make_pollfd (cancellable, &polled[1]);

  while (TRUE)
    {
      gint64 left = deadline - g_get_monotonic_time ();
      g_autoptr(GError) local = NULL;
      gssize n;

      if (left <= 0)
        {
          g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT, "Looking into the file took too long");
          break;
        }
      g_poll (polled, n_polled, left / 1000 + 1);
      n = g_pollable_input_stream_read_nonblocking (stream, buffer, MAX_LINE, cancellable, &local);
      if (n == 0)
        {
          if (n_polled > 1)
            g_cancellable_release_fd (cancellable);
          return g_steal_pointer (&said);
        }
      if (n < 0 && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          break;
        }
      if (n > 0)
        g_byte_array_append (said, buffer, n);
      if (n > 0 && progress != NULL && take_progress (said, progress, progress_data))
        deadline = g_get_monotonic_time () + patience;
      if (said->len > max)
        {
          g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED, "The media helper said too much");
          break;
        }
    }
  if (n_polled > 1)
    g_cancellable_release_fd (cancellable);
  return NULL;
}

static void
set_error_of_death (GSubprocess  *process,
                    GError      **error)
{
  int sig = g_subprocess_get_if_signaled (process) ? g_subprocess_get_term_sig (process) : 0;

  if (sig == SIGALRM || sig == SIGXCPU)
    g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT, "Looking into the file took too long");
  else if (sig != 0)
    g_set_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED, "Decoding the file failed (%s)", g_strsignal (sig));
  else
    g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED, "The media helper gave no answer");
}

/* The line as an object, and what comes after it; NULL when that is no answer. */
static JsonObject *
parse_answer (GByteArray  *said,
              GBytes     **payload)
{
  const guint8 *end = said->len > 0 ? memchr (said->data, '\n', MIN (said->len, MAX_LINE)) : NULL;
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  gsize line;

  if (end == NULL)
    return NULL;
  line = end - said->data;
  if (!json_parser_load_from_data (parser, (const char *) said->data, line, NULL)
      || json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  if (payload != NULL)
    *payload = g_bytes_new (end + 1, said->len - line - 1);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/*< private >
 * yj_helper_get_int:
 * @facts: an answer
 * @name: a member
 *
 * Returns: its value, 0 when it is missing or no integer
 */
gint64
yj_helper_get_int (JsonObject *facts,
                   const char *name)
{
  JsonNode *node = json_object_get_member (facts, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
         ? json_node_get_int (node) : 0;
}

/* Talks with a helper from its start to its end; takes @fd, @output and @more over. */
static JsonObject *
talk (int                  fd,
      int                  output,
      GArray              *more,
      const char * const  *command,
      gsize                max_payload,
      GBytes             **payload,
      YjHelperProgress     progress,
      gpointer             progress_data,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GSubprocess) process = start_helper (fd, output, more, command, &local);
  g_autoptr(GByteArray) said = NULL;
  g_autoptr(JsonObject) facts = NULL;

  if (process == NULL)
    {
      g_set_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FAILED, "The media helper could not be started: %s", local->message);
      return NULL;
    }
  said = read_all (process, MAX_LINE + max_payload, progress, progress_data, cancellable, error);
  if (said == NULL)
    g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  if (said == NULL)
    return NULL;
  if (g_subprocess_get_successful (process))
    facts = parse_answer (said, payload);
  if (facts == NULL)
    {
      set_error_of_death (process, error);
      return NULL;
    }
  if (json_object_has_member (facts, "error"))
    {
      gint64 code = yj_helper_get_int (facts, "error");
      const char *message = json_object_get_string_member_with_default (facts, "message", "");

      if (payload != NULL)
        g_clear_pointer (payload, g_bytes_unref);
      g_set_error_literal (error, YJ_MEDIA_ERROR,
                           code >= 0 && code <= YJ_MEDIA_ERROR_FAILED ? (int) code : YJ_MEDIA_ERROR_FAILED, message);
      return NULL;
    }
  return g_steal_pointer (&facts);
}

/*< private >
 * yj_helper_ask:
 * @file: a foreign file
 * @command: (array zero-terminated=1): what to do with it
 * @max_payload: bytes that may follow the line
 * @payload: (out) (optional): these bytes
 * @cancellable: (nullable): kills the helper
 * @error: %YJ_MEDIA_ERROR, or %G_IO_ERROR for what the file system says
 *
 * Starts a helper for one question and waits for it, at most 10 seconds. Blocks: only for yj_helper_push ().
 *
 * Returns: (transfer full): the answer
 */
JsonObject *
yj_helper_ask (GFile               *file,
               const char * const  *command,
               gsize                max_payload,
               GBytes             **payload,
               GCancellable        *cancellable,
               GError             **error)
{
  int fd = open_regular (file, error);

  return fd < 0 ? NULL : talk (fd, -1, NULL, command, max_payload, payload, NULL, NULL, cancellable, error);
}

/*< private >
 * yj_helper_make:
 * @file: a foreign file
 * @command: (array zero-terminated=1): what to make of it
 * @output: the open new file; taken over
 * @progress: called in this thread with how much is done
 * @progress_data: for @progress
 * @cancellable: (nullable): kills the helper
 * @error: %YJ_MEDIA_ERROR, or %G_IO_ERROR for what the file system says
 *
 * Has a helper write a new file, for as long as it gets on. Blocks.
 *
 * Returns: whether the file is complete
 */
gboolean
yj_helper_make (GFile               *file,
                const char * const  *command,
                int                  output,
                YjHelperProgress     progress,
                gpointer             progress_data,
                GCancellable        *cancellable,
                GError             **error)
{
  g_autoptr(JsonObject) facts = NULL;
  int fd = open_regular (file, error);

  if (fd < 0)
    {
      g_clear_fd (&output, NULL);
      return FALSE;
    }
  facts = talk (fd, output, NULL, command, 0, NULL, progress, progress_data, cancellable, error);
  return facts != NULL;
}

/*< private >
 * yj_helper_join:
 * @files: foreign files
 * @n_files: how many, at least one
 * @command: (array zero-terminated=1): what to make of them
 * @output: the open new file; taken over
 * @progress: called in this thread with how much is done
 * @progress_data: for @progress
 * @cancellable: (nullable): kills the helper
 * @error: %YJ_MEDIA_ERROR, or %G_IO_ERROR for what the file system says
 *
 * As yj_helper_make (), of several files: the helper gets those behind the first behind the new one. Blocks.
 *
 * Returns: whether the file is complete
 */
gboolean
yj_helper_join (GFile              **files,
                guint                n_files,
                const char * const  *command,
                int                  output,
                YjHelperProgress     progress,
                gpointer             progress_data,
                GCancellable        *cancellable,
                GError             **error)
{
  g_autoptr(GArray) more = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(JsonObject) facts = NULL;
  int first = open_regular (files[0], error);
  gboolean all = first >= 0;

  for (guint i = 1; all && i < n_files; i++)
    {
      int fd = open_regular (files[i], error);

      all = fd >= 0;
      if (all)
        g_array_append_val (more, fd);
    }
  if (!all)
    {
      for (guint i = 0; i < more->len; i++)
        close (g_array_index (more, int, i));
      g_clear_fd (&first, NULL);
      g_clear_fd (&output, NULL);
      return FALSE;
    }
  facts = talk (first, output, more, command, 0, NULL, progress, progress_data, cancellable, error);
  return facts != NULL;
}
