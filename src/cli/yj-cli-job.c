/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli-job.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* ---------------------------------------------------------------- as JSON */

typedef struct
{
  const char *id, *state, *task_id, *mode, *model, *prompt, *file, *error;
} Facts;

static void
print_facts (const Facts *facts)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  yj_cli_add_string (builder, "id", facts->id);
  yj_cli_add_string (builder, "state", facts->state);
  yj_cli_add_string (builder, "taskid", facts->task_id);
  yj_cli_add_string (builder, "mode", facts->mode);
  yj_cli_add_string (builder, "model", facts->model);
  yj_cli_add_string (builder, "prompt", facts->prompt);
  yj_cli_add_string (builder, "file", facts->file);
  yj_cli_add_string (builder, "error", facts->error);
  json_builder_end_object (builder);
  yj_cli_print_json (builder);
}

char *
yj_cli_dup_video_path (YjLibrary  *library,
                       const char *name)
{
  return name != NULL ? g_build_filename (g_file_peek_path (yj_library_get_videos_folder (library)), name, NULL) : NULL;
}

void
yj_cli_print_row (YjLibrary      *library,
                  const YjJobRow *row)
{
  g_autofree char *path = yj_cli_dup_video_path (library, row->file);
  Facts facts = { row->uuid, row->state, row->task_id, row->mode, row->model_name, row->prompt, path, row->error };

  print_facts (&facts);
}

void
yj_cli_print_job (YjJob *job)
{
  GFile *file = yj_job_get_file (job);
  Facts facts = {
    yj_job_get_uuid (job), yj_job_state_to_string (yj_job_get_state (job)), yj_job_get_task_id (job),
    yj_mode_to_string (yj_job_get_mode (job)), yj_job_get_model_name (job), yj_job_get_prompt (job),
    file != NULL ? g_file_peek_path (file) : NULL, yj_job_get_error_message (job)
  };

  print_facts (&facts);
}

/* ---------------------------------------------------------------- where the video goes */

gboolean
yj_cli_check_output (const char *output)
{
  g_autofree char *folder = NULL;

  if (output == NULL)
    return TRUE;
  folder = g_path_get_dirname (output);
  if (g_file_test (output, G_FILE_TEST_IS_DIR))
    yj_cli_misused (_("“%s” is a folder, not a file to write."), output);
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    yj_cli_misused (_("There is no folder “%s”."), folder);
  else if (g_access (folder, W_OK) != 0)
    yj_cli_misused (_("“%s” cannot be written: %s"), folder, g_strerror (errno));
  else
    return TRUE;
  return FALSE;
}

/* The whole video appears under the name, or nothing does. */
gboolean
yj_cli_copy_video (YjCli       *cli,
                   GFile       *video,
                   const char  *output,
                   GError     **error)
{
  g_autofree char *part_path = g_strconcat (output, ".part", NULL);
  g_autoptr(GFile) part = g_file_new_for_path (part_path);
  int code;

  if (g_file_copy (video, part, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, cli->cancellable, NULL, NULL, error))
    {
      if (g_rename (part_path, output) == 0)
        return TRUE;
      code = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", output, g_strerror (code));
    }
  g_unlink (part_path);
  return FALSE;
}

/* ---------------------------------------------------------------- following */

typedef struct
{
  YjCli         *cli;
  YjJob         *job;
  YjCliProgress *progress;
} Follow;

static void
show (Follow *follow)
{
  yj_cli_progress_show (follow->progress, yj_job_get_state (follow->job), yj_job_get_task_id (follow->job),
                        yj_job_get_moved (follow->job), yj_job_get_total (follow->job));
}

static gboolean
tick_cb (gpointer user_data)
{
  show (user_data);
  return G_SOURCE_CONTINUE;
}

/* Nothing goes on before somebody does something, and it is not that another program has the job in hand. */
static gboolean
is_stuck (YjJob *job)
{
  return yj_job_get_resting (job);
}

static gboolean
is_sent (YjJob *job)
{
  YjJobState state = yj_job_get_state (job);

  return yj_job_get_task_id (job) != NULL && state != YJ_JOB_SUBMITTING && state != YJ_JOB_WAITING;
}

static void
wait_until_settled (Follow   *follow,
                    gboolean  until_sent)
{
  gulong handler = g_signal_connect_swapped (follow->job, "notify", G_CALLBACK (show), follow);
  guint timer = follow->progress->terminal ? g_timeout_add_seconds (1, tick_cb, follow) : 0;

  show (follow);
  yj_cli_wait_for (yj_job_state_is_final (yj_job_get_state (follow->job)) || is_stuck (follow->job) ||
                   (until_sent && is_sent (follow->job)) || follow->cli->interrupted);
  g_clear_handle_id (&timer, g_source_remove);
  g_signal_handler_disconnect (follow->job, handler);
}

/* Who is told that nothing was sent must not find it sent later. */
static void
take_back (Follow *follow)
{
  YjJobQueue *queue = yj_session_get_queue (follow->cli->session);

  if (yj_job_get_state (follow->job) != YJ_JOB_WAITING)
    return;
  yj_job_queue_withdraw (queue, follow->job);
  yj_cli_wait_for (yj_job_state_is_final (yj_job_get_state (follow->job)) || follow->cli->interrupted);
}

static int
end_interrupted (Follow *follow)
{
  switch (yj_job_get_state (follow->job))
    {
    case YJ_JOB_WAITING:
      yj_cli_say (yj_session_get_sandbox (follow->cli->session) ?
                  _("Stopped before the job was sent. The sandbox ends now, and the job with it.") :
                  _("Stopped before the job was sent. It stays in the library and is sent at the next start."));
      break;
    case YJ_JOB_SUBMITTING:
      yj_cli_say (_("Stopped while the job was being sent. It stays in the library; when the platform's answer does not "
                    "come in time it is unconfirmed and never sent again by itself."));
      break;
    default:
      yj_cli_say (yj_session_get_sandbox (follow->cli->session) ?
                  _("Stopped. The sandbox ends now, and the job with it.") :
                  _("Stopped. The job goes on at the platform, and is fetched at the next start."));
    }
  return YJ_EXIT_INTERRUPTED;
}

static int
end_ready (Follow     *follow,
           const char *output)
{
  GFile *file = yj_job_get_file (follow->job);
  g_autoptr(GError) error = NULL;

  if (output != NULL && !yj_cli_copy_video (follow->cli, file, output, &error))
    {
      yj_cli_say (_("yuanjing-cli: The video is in the library, but cannot be written: %s"), error->message);
      return follow->cli->interrupted ? YJ_EXIT_INTERRUPTED : YJ_EXIT_FAILED;
    }
  if (follow->cli->json)
    yj_cli_print_job (follow->job);
  else
    yj_cli_print ("%s\n", output != NULL ? output : g_file_peek_path (file));
  return YJ_EXIT_DONE;
}

static int
get_status (YjJob *job)
{
  g_autoptr(GError) error = NULL;
  int code = yj_job_get_error_code (job), status;

  if (yj_job_get_state (job) == YJ_JOB_UNCONFIRMED)
    return YJ_EXIT_UNCONFIRMED;
  if (code < 0)
    return YJ_EXIT_JOB;
  error = g_error_new_literal (YJ_ERROR, code, "");
  status = yj_cli_error_exit (error);
  /* What has no number of its own is, of a job, that it failed. */
  return status == YJ_EXIT_FAILED || (status == YJ_EXIT_INTERRUPTED && !yj_job_get_resting (job)) ? YJ_EXIT_JOB : status;
}

static int
end_badly (Follow     *follow,
           YjJobState  state,
           int         status)
{
  g_autofree char *text = yj_cli_error_text (yj_job_get_error_code (follow->job), yj_job_get_error_message (follow->job));

  yj_cli_say ("yuanjing-cli: %s", text);
  /* Taken back by ourselves, or at rest with the platform: which of the two the person has to know. */
  if (!yj_job_state_is_final (state) && state != YJ_JOB_WAITING)
    yj_cli_say (_("The job stays in the library, and goes on at the next start."));
  if (follow->cli->json)
    yj_cli_print_job (follow->job);
  return status;
}

int
yj_cli_follow (YjCli      *cli,
               YjJob      *job,
               gboolean    until_sent,
               const char *output)
{
  g_autoptr(YjJob) kept = g_object_ref (job);
  Follow follow = { cli, job, yj_cli_progress_new () };
  YjJobState state;
  int status;

  wait_until_settled (&follow, until_sent);
  g_clear_pointer (&follow.progress, yj_cli_progress_free);

  state = yj_job_get_state (job);
  if (state == YJ_JOB_READY)
    return end_ready (&follow, output);
  if (!yj_job_state_is_final (state) && cli->interrupted)
    return end_interrupted (&follow);
  if (!yj_job_state_is_final (state) && !is_stuck (job))
    {
      if (cli->json)
        yj_cli_print_job (job);
      else
        yj_cli_print ("%s\n", yj_job_get_task_id (job));
      return YJ_EXIT_DONE;
    }
  status = get_status (job);
  take_back (&follow);
  return end_badly (&follow, state, status);
}
