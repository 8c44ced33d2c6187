/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-jobs [--picture FILE] [--no-wait] PROMPT…: orders a video for each prompt from the platform that the environment
   names, through the same session as the window, so that a test of the gallery has something to look at. Waits until
   all have ended, or with --no-wait until all have a task id. Prints one line per job: state and prompt. */
#include <locale.h>

#include "yj-session.h"

static char *opt_picture;
static gboolean opt_no_wait;
static char **opt_prompts;

static const GOptionEntry entries[] = {
  { "picture", 0, 0, G_OPTION_ARG_FILENAME, &opt_picture, "Make it move", "FILE" },
  { "no-wait", 0, 0, G_OPTION_ARG_NONE, &opt_no_wait, "Only wait for the task ids", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt_prompts, NULL, "PROMPT…" },
  { NULL }
};

static void
take_result (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static gboolean
tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static YjJob *
add (YjSession  *session,
     const char *prompt)
{
  YjModel *model = yj_catalog_get_default (yj_session_get_catalog (session),
                                           opt_picture != NULL ? YJ_MODE_IMAGE_TO_VIDEO : YJ_MODE_TEXT_TO_VIDEO);
  g_autoptr(YjDraft) draft = yj_draft_new (model);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjJob *job;

  yj_draft_set_prompt (draft, prompt);
  if (opt_picture != NULL)
    {
      g_autoptr(GFile) file = g_file_new_for_commandline_arg (opt_picture);
      g_autoptr(YjDraftFile) picture = yj_draft_file_new (file, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
      yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, picture);
    }
  yj_job_queue_add_async (yj_session_get_queue (session), draft, FALSE, NULL, take_result, &result);
  job = yj_job_queue_add_finish (yj_session_get_queue (session), wait_for (&result), &error);
  if (job == NULL)
    g_error ("%s", error->message);

  return g_object_ref (job);
}

static gboolean
is_done (YjJob *job)
{
  return yj_job_state_is_final (yj_job_get_state (job)) || (opt_no_wait && yj_job_get_task_id (job) != NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(YjSession) session = NULL;
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GAsyncResult) opened = NULL;
  g_autoptr(GAsyncResult) closed = NULL;
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || opt_prompts == NULL)
    g_error ("%s", error != NULL ? error->message : "no prompt");

  session = yj_session_new (NULL, NULL);
  yj_session_open_async (session, TRUE, NULL, take_result, &opened);
  if (!yj_session_open_finish (session, wait_for (&opened), &error))
    g_error ("%s", error->message);
  for (guint i = 0; opt_prompts[i] != NULL; i++)
    g_ptr_array_add (jobs, add (session, opt_prompts[i]));

  g_timeout_add (100, tick, NULL);
  for (guint i = 0; i < jobs->len; i++)
    {
      while (!is_done (jobs->pdata[i]))
        g_main_context_iteration (NULL, TRUE);
      g_print ("%s %s\n", yj_job_state_to_string (yj_job_get_state (jobs->pdata[i])), yj_job_get_prompt (jobs->pdata[i]));
    }
  yj_session_close_async (session, take_result, &closed);
  if (!yj_session_close_finish (session, wait_for (&closed), &error))
    g_error ("%s", error->message);

  return 0;
}
