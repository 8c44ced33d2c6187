/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli-job.h"
#include "yj-poll-policy.h"
#include "yj-probe.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define DOWNLOAD_TRIES 4

/* ---------------------------------------------------------------- asking */

static YjTaskReply *
query (YjCli       *cli,
       const char  *task_id,
       GError     **error)
{
  YjPlatform *platform = yj_session_get_platform (cli->session);
  g_autoptr(GAsyncResult) result = NULL;

  yj_platform_query_task_async (platform, task_id, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  return yj_platform_query_task_finish (platform, result, error);
}

static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, YJ_ERROR, YJ_ERROR_SERVER) || g_error_matches (error, YJ_ERROR, YJ_ERROR_RATE_LIMIT) ||
         g_error_matches (error, YJ_ERROR, YJ_ERROR_CUT) || g_error_matches (error, YJ_ERROR, YJ_ERROR_UNSENT) ||
         g_error_matches (error, YJ_ERROR, YJ_ERROR_PROTOCOL);
}

static gboolean
is_final (YjTaskReply *reply)
{
  YjTaskStatus status = yj_task_reply_get_status (reply);

  return status == YJ_TASK_STATUS_SUCCEEDED || status == YJ_TASK_STATUS_FAILED || yj_task_reply_is_not_found (reply);
}

static gboolean
slept_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
sleep_for (YjCli  *cli,
           gint64  microseconds)
{
  gboolean slept = FALSE;
  guint timer = g_timeout_add ((guint) (microseconds / 1000), slept_cb, &slept);

  yj_cli_wait_for (slept || cli->interrupted);
  if (!slept)
    g_source_remove (timer);
}

static YjJobState
get_state (YjTaskReply *reply)
{
  switch (yj_task_reply_get_status (reply))
    {
    case YJ_TASK_STATUS_CREATED:
      return YJ_JOB_CREATED;
    case YJ_TASK_STATUS_RUNNING:
      return YJ_JOB_RUNNING;
    case YJ_TASK_STATUS_SUCCEEDED:
      return YJ_JOB_READY;
    case YJ_TASK_STATUS_FAILED:
      return YJ_JOB_FAILED;
    case YJ_TASK_STATUS_PENDING:
    case YJ_TASK_STATUS_UNKNOWN:
    default:
      return YJ_JOB_PENDING;
    }
}

/* Asks until it is over; what passes by itself is waited out once there was a first answer. */
static YjTaskReply *
wait_for_end (YjCli       *cli,
              const char  *task_id,
              GError     **error)
{
  YjCliProgress *progress = yj_cli_progress_new ();
  gint64 start = g_get_monotonic_time ();
  YjTaskReply *reply = NULL;
  gboolean answered = FALSE;
  guint n_errors = 0;

  while (!cli->interrupted)
    {
      g_autoptr(GError) local_error = NULL;

      g_clear_object (&reply);
      reply = query (cli, task_id, &local_error);
      if (reply != NULL)
        yj_cli_progress_show (progress, get_state (reply), task_id, -1, -1);
      if (reply == NULL && !(answered && is_passing (local_error)))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          break;
        }
      if (reply != NULL && is_final (reply))
        break;
      answered = TRUE;
      n_errors = reply != NULL ? 0 : n_errors + 1;
      sleep_for (cli, yj_poll_delay (g_get_monotonic_time () - start, n_errors,
                                     local_error != NULL ? MAX (yj_error_get_retry_after (local_error), 0) * G_USEC_PER_SEC : 0,
                                     g_random_double ()));
    }
  yj_cli_progress_free (progress);
  if (reply == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  return reply;
}

/* ---------------------------------------------------------------- fetching */

static void
moved_cb (gint64   moved,
          gint64   total,
          gpointer user_data)
{
  yj_cli_progress_show (user_data, YJ_JOB_DOWNLOADING, NULL, moved, total);
}

static gboolean
download (YjCli       *cli,
          const char  *uri,
          GFile       *part,
          GError     **error)
{
  YjPlatform *platform = yj_session_get_platform (cli->session);
  YjCliProgress *progress = yj_cli_progress_new ();
  g_autoptr(YjDownloadInfo) info = NULL;

  for (guint try = 1; info == NULL; try++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) local_error = NULL;

      yj_platform_download_async (platform, uri, part, NULL, moved_cb, progress, cli->cancellable, yj_cli_take_result, &result);
      yj_cli_wait_for (result != NULL);
      info = yj_platform_download_finish (platform, result, &local_error);
      if (info == NULL && (try == DOWNLOAD_TRIES || !is_passing (local_error)))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          break;
        }
      if (info == NULL)
        sleep_for (cli, yj_poll_back_off (try));
    }
  yj_cli_progress_free (progress);
  return info != NULL;
}

/* Only what is certainly none is thrown away: a video was paid for, and may be of a kind that this machine cannot play or
   takes too long to look into. */
static gboolean
is_video (YjCli   *cli,
          GFile   *file,
          GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(YjMediaInfo) info = NULL;
  g_autoptr(GError) local_error = NULL;

  yj_probe_async (file, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  info = yj_probe_finish (result, &local_error);
  if (info != NULL && info->kind != YJ_MEDIA_INFO_VIDEO)
    g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, _("What was fetched is no video"));
  else if (info == NULL && (g_error_matches (local_error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_EMPTY) ||
                            g_error_matches (local_error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED) ||
                            g_error_matches (local_error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED)))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    return TRUE;
  return FALSE;
}

static gboolean
fetch (YjCli       *cli,
       const char  *uri,
       const char  *output,
       GError     **error)
{
  g_autofree char *part_path = g_strconcat (output, ".part", NULL);
  g_autoptr(GFile) part = g_file_new_for_path (part_path);
  int code;

  g_unlink (part_path);
  if (download (cli, uri, part, error) && is_video (cli, part, error))
    {
      if (g_rename (part_path, output) == 0)
        return TRUE;
      code = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", output, g_strerror (code));
    }
  g_unlink (part_path);
  return FALSE;
}

/* ---------------------------------------------------------------- telling */

static const char *
get_status_name (YjTaskReply *reply)
{
  static const char * const names[] = { "unknown", "created", "pending", "running", "succeeded", "failed" };

  return yj_task_reply_is_not_found (reply) ? "not found" : names[yj_task_reply_get_status (reply)];
}

static void
print_reply (YjCli       *cli,
             const char  *task_id,
             YjTaskReply *reply,
             const char  *file)
{
  gboolean succeeded = yj_task_reply_get_status (reply) == YJ_TASK_STATUS_SUCCEEDED;

  if (cli->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      yj_cli_add_string (builder, "taskid", task_id);
      yj_cli_add_string (builder, "status", get_status_name (reply));
      yj_cli_add_string (builder, "video", yj_task_reply_get_video (reply));
      yj_cli_add_string (builder, "image", yj_task_reply_get_image (reply));
      yj_cli_add_raw (builder, "usage", yj_task_reply_get_usage (reply));
      yj_cli_add_string (builder, "file", file);
      yj_cli_add_string (builder, "error", succeeded ? NULL : yj_task_reply_get_message (reply));
      json_builder_end_object (builder);
      yj_cli_print_json (builder);
      return;
    }
  if (file != NULL)
    yj_cli_print ("%s\n", file);
  else if (succeeded && yj_task_reply_get_video (reply) != NULL)
    yj_cli_print ("%s\t%s\n", get_status_name (reply), yj_task_reply_get_video (reply));
  else
    yj_cli_print ("%s\n", get_status_name (reply));
}

static int
end_with (YjCli       *cli,
          const char  *task_id,
          YjTaskReply *reply,
          const char  *output)
{
  gboolean succeeded = yj_task_reply_get_status (reply) == YJ_TASK_STATUS_SUCCEEDED;
  const char *uri = yj_task_reply_get_video (reply);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (succeeded && output != NULL && uri == NULL)
    g_set_error_literal (&error, YJ_ERROR, YJ_ERROR_PROTOCOL, _("The platform names no video"));
  else if (succeeded && output != NULL)
    fetch (cli, uri, output, &error);
  print_reply (cli, task_id, reply, succeeded && error == NULL ? output : NULL);
  if (error != NULL)
    return cli->interrupted ? YJ_EXIT_INTERRUPTED : yj_cli_fail (error);
  if (!is_final (reply) && output != NULL)
    yj_cli_say (_("There is no video yet. “--wait” waits for it."));
  if (succeeded || !is_final (reply))
    return YJ_EXIT_DONE;
  text = yj_cli_error_text (yj_task_reply_is_not_found (reply) ? YJ_ERROR_NOT_FOUND : YJ_ERROR_REFUSED,
                            yj_task_reply_get_message (reply));
  yj_cli_say ("yuanjing-cli: %s", text);
  return yj_task_reply_is_not_found (reply) ? YJ_EXIT_FAILED : YJ_EXIT_JOB;
}

/* ---------------------------------------------------------------- the command */

/* The job in our own library that has this task at the platform that we talk to. */
static YjJob *
find_job (YjCli      *cli,
          const char *task_id)
{
  GListModel *jobs = G_LIST_MODEL (yj_session_get_queue (cli->session));

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (jobs, i);

      if (g_strcmp0 (yj_job_get_task_id (job), task_id) == 0 &&
          yj_platform_is_same_origin (yj_session_get_platform (cli->session), yj_job_get_origin (job)))
        return job;             /* the list holds it */
    }
  return NULL;
}

/**
 * yj_cli_task:
 * @cli: the program
 * @argc: number of arguments
 * @argv: `task`, its options, and the task id
 *
 * Asks for a task; waits for its end and fetches its video when asked to. A job of the library goes on there, so that
 * its video is kept in it too.
 *
 * Returns: the exit status
 */
int
yj_cli_task (YjCli  *cli,
             int     argc,
             char  **argv)
{
  g_autofree char *output = NULL;
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_("Wait for its end"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Put the video into FILE"), N_("FILE") },
    { NULL }
  };
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  YjJob *job;
  int status;

  if (!yj_cli_parse (cli, &argc, &argv, entries, "TASKID", _("Asks the platform for a task. This costs nothing."), &status))
    return status;
  if (argc != 2 || *argv[1] == '\0' || !g_utf8_validate (argv[1], -1, NULL))
    return yj_cli_misused (_("A task id is needed."));
  if (!yj_cli_check_output (output))
    return YJ_EXIT_USAGE;

  status = yj_cli_open_platform (cli, wait);
  if (status != YJ_EXIT_DONE)
    return status;
  job = find_job (cli, argv[1]);
  if (job != NULL && (wait || (output != NULL && yj_job_get_state (job) == YJ_JOB_READY)))
    return yj_cli_follow (cli, job, FALSE, output);

  reply = wait ? wait_for_end (cli, argv[1], &error) : query (cli, argv[1], &error);
  if (reply == NULL)
    return yj_cli_fail (error);
  if (cli->interrupted)
    return YJ_EXIT_INTERRUPTED;
  return end_with (cli, argv[1], reply, output);
}
